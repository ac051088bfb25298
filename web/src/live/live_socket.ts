import type { ClientMessage, ServerMessage } from '../api/types';
import { Backoff } from './backoff';

export type LinkState =
  | { phase: 'connecting' }
  | { phase: 'live' }
  /** `since`, `retryAt`: milliseconds of this machine's clock. */
  | { phase: 'lost'; since: number; attempt: number; retryAt: number };

export interface LiveSocketEvents {
  onMessage(message: ServerMessage): void;
  onLink(link: LinkState): void;
  /** After an attempt that never opened: a WebSocket hides why, so ask by HTTP. True: do not go on. */
  isSessionOver(): Promise<boolean>;
  onSessionOver(reason: string): void;
  /** The server has closed because of the size of what it was sent. */
  onTooLarge(): void;
}

/** The server sends at least every second; without anything for this long the socket is dead. */
const kSilenceMs = 5_000;
/** What closes sooner than that is no success: the next attempt waits longer. */
const kHealthyMs = 10_000;
const kCloseTooLarge = 1009;
const kCloseSessionEnded = 4401;
const kCloseForbidden = 4403;

/** The live WebSocket. Reconnects by itself until Stop, or until the session is over. */
export class LiveSocket {
  private socket: WebSocket | null = null;
  private retryTimer: ReturnType<typeof setTimeout> | undefined;
  private watchTimer: ReturnType<typeof setInterval> | undefined;
  private lastHeard = 0;
  private lostSince = 0;
  private liveSince = 0;
  private opened = false;
  private live = false;
  private endReason = '';
  private stopped = true;

  constructor(
    private readonly url: string,
    private readonly events: LiveSocketEvents,
    private readonly backoff = new Backoff(),
  ) {}

  start(): void {
    if (!this.stopped) return;
    this.stopped = false;
    this.lostSince = 0;
    this.backoff.reset();
    this.events.onLink({ phase: 'connecting' });
    this.watchTimer = setInterval(() => this.watch(), 1_000);
    this.open();
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.retryTimer);
    clearInterval(this.watchTimer);
    this.drop();
  }

  /** Tries at once instead of waiting for the backoff. */
  retryNow(): void {
    if (this.stopped || this.socket) return;
    clearTimeout(this.retryTimer);
    this.open();
  }

  /** Returns false if the socket is not open; the caller says it again when it is. */
  send(message: ClientMessage): boolean {
    if (this.socket?.readyState !== WebSocket.OPEN) return false;
    this.socket.send(JSON.stringify(message));
    return true;
  }

  private open(): void {
    const socket = new WebSocket(this.url);
    this.socket = socket;
    this.opened = false;
    this.endReason = '';
    this.liveSince = 0;
    this.lastHeard = Date.now();
    socket.onopen = () => {
      this.opened = true;
      this.lastHeard = Date.now();
    };
    socket.onmessage = (event) => this.receive(String(event.data));
    socket.onclose = (event) => this.closed(event.code, event.reason);
  }

  private receive(text: string): void {
    this.lastHeard = Date.now();
    let message: ServerMessage;
    try {
      message = JSON.parse(text) as ServerMessage;
    } catch {
      return; // nothing of ours; the silence watch ends a socket that speaks only nonsense
    }
    // Live from the first figures on, not from the handshake on: only then is what is shown new.
    if (message.event === 'metrics_update' && !this.live) this.becomeLive();
    if (message.event === 'session_ended') this.endReason = message.data.reason;
    this.events.onMessage(message);
  }

  private becomeLive(): void {
    this.live = true;
    this.lostSince = 0;
    this.liveSince = Date.now();
    this.events.onLink({ phase: 'live' });
  }

  private watch(): void {
    if (this.socket && Date.now() - this.lastHeard > kSilenceMs) {
      this.drop();
      this.closed(0, '');
    }
  }

  private drop(): void {
    const socket = this.socket;
    this.socket = null;
    this.live = false;
    if (!socket) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
  }

  private closed(code: number, reason: string): void {
    const neverOpened = !this.opened;
    if (this.liveSince && Date.now() - this.liveSince >= kHealthyMs) this.backoff.reset();
    this.socket = null;
    this.live = false;
    if (this.stopped) return;
    if (code === kCloseSessionEnded || code === kCloseForbidden) {
      this.stop();
      this.events.onSessionOver(this.endReason || reason || 'The session is over.');
      return;
    }
    if (code === kCloseTooLarge) this.events.onTooLarge();
    this.lostSince ||= Date.now();
    const delay = this.backoff.nextMs();
    this.events.onLink({
      phase: 'lost',
      since: this.lostSince,
      attempt: this.backoff.attempts,
      retryAt: Date.now() + delay,
    });
    this.retryTimer = setTimeout(() => this.open(), delay);
    if (neverOpened) void this.checkSession();
  }

  private async checkSession(): Promise<void> {
    if (!(await this.events.isSessionOver()) || this.stopped) return;
    this.stop();
    this.events.onSessionOver('The session is over.');
  }
}
