import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { Api, ApiError } from '../api/http';
import type { ServerMessage, Session, StatusAnswer, View } from '../api/types';
import { LiveSocket } from '../live/live_socket';
import type { DialogRequest } from './dialog_request';
import { Histories } from './histories';
import { kEmptyModel, type Model } from './model';
import { Notices } from './notices';
import { Pollers } from './pollers';
import { applyConnection, applyEvents, applyMetrics, applyStatus, isOutOfDate } from './reduce';
import { Store } from './store';
import { Tape } from './tape';

const kNoFilter: View = { connections: [], symbols: [], kinds: [] };

/** What the page knows and does: joins the API, the live socket and the state. */
export class Dashboard {
  readonly api = new Api();
  readonly model = new Store<Model>(kEmptyModel);
  readonly view = new Store<View>(kNoFilter);
  readonly notices = new Notices();
  readonly dialog = new Store<DialogRequest | null>(null);
  readonly tape = new Tape();
  /** Tells who draws ticks or plots that they have changed. */
  readonly tapeVersion = new Store(0);
  readonly histories = new Histories();
  private readonly socket: LiveSocket;
  private readonly pollers: Pollers;
  private askingStatus = false;
  /** Whose figures these are. */
  private user = '';

  constructor(socketUrl: string) {
    this.socket = new LiveSocket(socketUrl, {
      onMessage: (message) => this.receive(message),
      onLink: (link) => {
        this.model.update((m) => ({ ...m, link }));
        if (link.phase === 'live') void this.catchUp();
      },
      isSessionOver: () => this.isSessionOver(),
      onSessionOver: (reason) => this.leave(reason),
    });
    this.pollers = new Pollers(this);
    document.addEventListener('visibilitychange', () => this.sendView());
  }

  async start(): Promise<void> {
    try {
      this.enter(await this.api.session());
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) this.leave('');
      else this.leave((error as Error).message);
    }
  }

  async login(user: string, password: string): Promise<void> {
    this.enter(await this.api.login(user, password));
  }

  async logout(): Promise<void> {
    await this.api.logout();
    this.leave('');
    this.forget();
  }

  retryNow = () => this.socket.retryNow();

  setFilter(view: View): void {
    this.view.update(() => view);
    this.tape.retain(view);
    this.tapeChanged();
    this.sendView();
  }

  open = (request: DialogRequest) => this.dialog.update(() => request);

  closeDialog = () => this.dialog.update(() => null);

  pause(): void {
    this.tape.pause();
    this.tapeChanged();
  }

  resume(): void {
    this.tape.resume();
    this.tapeChanged();
  }

  clear(): void {
    this.tape.clear();
    this.tapeChanged();
  }

  /** Does what somebody asked for, says how it went, and asks for what may have changed. Returns undefined if it failed. */
  async act<T>(route: string, body: unknown, done: (answer: T) => string): Promise<T | undefined> {
    try {
      const answer = await this.api.post<T>(route, body);
      this.notices.say('ok', done(answer));
      void this.pollers.refresh();
      return answer;
    } catch (error) {
      this.failed(error);
      return undefined;
    }
  }

  /** For answers of the API that are no success: the session may be over. */
  failed(error: unknown): void {
    if (error instanceof ApiError && error.status === 401) this.leave('The session is over.');
    else this.notices.say('error', (error as Error).message);
  }

  private enter(session: Session): void {
    if (this.user && this.user !== session.user) this.forget();
    this.user = session.user;
    if (session.role === 'user') {
      this.model.update((m) => ({ ...m, access: { kind: 'forbidden', user: session.user } }));
      return;
    }
    this.model.update((m) => ({ ...m, access: { kind: 'in', session } }));
    this.socket.start();
    this.pollers.start();
  }

  private leave(message: string): void {
    this.socket.stop();
    this.pollers.stop();
    this.closeDialog();
    this.model.update((m) => ({ ...m, access: { kind: 'login', message } }));
  }

  /** The next one to log in starts anew. */
  private forget(): void {
    this.model.update((m) => ({ ...kEmptyModel, access: m.access }));
    this.view.update(() => kNoFilter);
    this.tape.clear();
    this.tape.paused = false;
    this.tapeChanged();
  }

  private async isSessionOver(): Promise<boolean> {
    try {
      await this.api.session();
      return false;
    } catch (error) {
      return error instanceof ApiError && (error.status === 401 || error.status === 403);
    }
  }

  /** After the socket opened, for the first time or again. */
  private async catchUp(): Promise<void> {
    this.sendView();
    await this.pollers.catchUp();
  }

  async askStatus(): Promise<void> {
    if (this.askingStatus) return;
    this.askingStatus = true;
    try {
      const answer = await this.api.get<StatusAnswer>('/api/admin/websocket-status?tickers=0');
      this.model.update((m) => applyStatus(m, answer));
      const ids = new Set(answer.connections.map((c) => c.connection_id));
      this.tape.keepConnections(ids);
      this.histories.keepConnections(ids);
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) this.leave('The session is over.');
      // Else the live socket finds out, says so, and asks again when it is back.
    } finally {
      this.askingStatus = false;
    }
  }

  private sendView(): void {
    this.socket.send({
      event: 'view',
      data: { ...this.view.get(), ticks: !document.hidden || this.tape.paused },
    });
  }

  private receive(message: ServerMessage): void {
    switch (message.event) {
      case 'metrics_update':
        if (isOutOfDate(this.model.get(), message.data)) void this.askStatus();
        this.histories.add(message.data);
        this.model.update((m) => applyMetrics(m, message.data));
        break;
      case 'tick_update':
        this.tape.add(message.data);
        this.tapeChanged();
        break;
      case 'connection_status_update':
        this.model.update((m) => applyConnection(m, message.data));
        break;
      case 'event':
        this.model.update((m) => applyEvents(m, [message.data]));
        break;
      case 'error':
        this.notices.say('error', message.data.error);
        break;
    }
  }

  private tapeChanged(): void {
    this.tapeVersion.update(() => this.tape.version);
  }
}

export const DashboardContext = createContext<Dashboard | null>(null);

export function useDashboard(): Dashboard {
  const dashboard = useContext(DashboardContext);
  if (!dashboard) throw new Error('no DashboardContext above this component');
  return dashboard;
}
