import type { ClientMessage, View } from '../api/types';

export const kNoFilter: View = { connections: [], symbols: [], kinds: [] };

interface Sent {
  number: number;
  view: View;
  isRefused: boolean;
}

/** Knows which view is in force at the server. Behind each view goes a ping: the server answers in order,
 *  so a pong without an error before it says that the view was taken. */
export class ViewSync {
  private inForce = kNoFilter;
  private unanswered: Sent[] = [];
  private number = 0;

  constructor(private readonly send: (message: ClientMessage) => boolean) {}

  /** A new socket: its viewer begins with everything. */
  begin(): void {
    this.inForce = kNoFilter;
    this.unanswered = [];
  }

  say(view: View, ticks: boolean): void {
    if (!this.send({ event: 'view', data: { ...view, ticks } })) return;
    this.number += 1;
    this.unanswered.push({ number: this.number, view, isRefused: false });
    this.send({ event: 'ping', data: { t: this.number } });
  }

  answered(number: number): void {
    for (const sent of this.unanswered) {
      if (sent.number <= number && !sent.isRefused) this.inForce = sent.view;
    }
    this.unanswered = this.unanswered.filter((sent) => sent.number > number);
  }

  /** The socket closed because of what was sent. Returns what to show and to say to the next one. */
  gaveUp(): View {
    this.unanswered = [];
    return this.inForce;
  }

  /** The server does not take the first view that it has not answered. Returns the one to show from now
   *  on; null: a later one is under way. */
  refused(): View | null {
    const refused = this.unanswered.find((sent) => !sent.isRefused);
    if (refused) refused.isRefused = true;
    return this.unanswered.every((sent) => sent.isRefused) ? this.inForce : null;
  }
}
