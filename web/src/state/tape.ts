import type { Tick, TickUpdate, View } from '../api/types';
import { Ring } from './ring';

export interface TapeTick extends Tick {
  /** Numbers the ticks in the order of arrival, over all connections. */
  key: number;
}

export const kTicksPerConnection = 200;
export const kTicksHeld = 2_000;

/** The ticks on show: a ring per connection. While it is paused they are held back, up to a bound. */
export class Tape {
  private readonly rings = new Map<string, Ring<TapeTick>>();
  private readonly held = new Ring<TapeTick>(kTicksHeld);
  private nextKey = 1;

  paused = false;
  /** Ticks that matched since the pause began, whether they were sent or not. */
  seenWhilePaused = 0;
  /** Held ticks that had to go because too many came. */
  forgotten = 0;
  /** Changes with every change, for who draws. */
  version = 0;

  get heldCount(): number {
    return this.held.length;
  }

  add(update: TickUpdate): void {
    if (this.paused) this.seenWhilePaused += update.seen;
    for (const tick of [...update.ticks].sort((a, b) => a.time - b.time)) {
      const numbered = { ...tick, key: this.nextKey++ };
      if (!this.paused) this.ring(tick.connection_id).push(numbered);
      else if (this.held.push(numbered)) this.forgotten += 1;
    }
    this.version += 1;
  }

  pause(): void {
    this.paused = true;
    this.version += 1;
  }

  /** Shows what was held. */
  resume(): void {
    this.paused = false;
    for (const tick of this.held.toArray()) this.ring(tick.connection_id).push(tick);
    this.forgetHeld();
  }

  clear(): void {
    for (const ring of this.rings.values()) ring.clear();
    this.forgetHeld();
  }

  /** Drops what does not fit the choice any more. */
  retain(view: View): void {
    const fits = (tick: Tick) => matches(view, tick);
    for (const ring of this.rings.values()) ring.retain(fits);
    this.held.retain(fits);
    this.version += 1;
  }

  /** Rings of connections that are gone would stay for ever. */
  keepConnections(ids: ReadonlySet<string>): void {
    for (const id of [...this.rings.keys()]) {
      if (!ids.has(id)) this.rings.delete(id);
    }
  }

  ring(connectionId: string): Ring<TapeTick> {
    let ring = this.rings.get(connectionId);
    if (!ring) this.rings.set(connectionId, (ring = new Ring(kTicksPerConnection)));
    return ring;
  }

  private forgetHeld(): void {
    this.held.clear();
    this.seenWhilePaused = 0;
    this.forgotten = 0;
    this.version += 1;
  }
}

export function matches(view: View, tick: Tick): boolean {
  return (
    (view.connections.length === 0 || view.connections.includes(tick.connection_id)) &&
    (view.symbols.length === 0 || view.symbols.includes(tick.symbol)) &&
    (view.kinds.length === 0 || view.kinds.includes(tick.kind))
  );
}
