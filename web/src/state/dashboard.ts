import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { Api, ApiError, isNotLoggedIn } from '../api/http';
import type { ServerMessage, Session, StatusAnswer, TickUpdate, View } from '../api/types';
import { LiveSocket } from '../live/live_socket';
import { Activity } from './activity';
import type { DialogRequest } from './dialog_request';
import { Histories } from './histories';
import { kEmptyModel, type Model } from './model';
import { Notices } from './notices';
import { Pollers } from './pollers';
import { applyConnection, applyEvents, applyMetrics, applyStatus, isOutOfDate } from './reduce';
import { SessionWatch } from './session_watch';
import { Store } from './store';
import { matches, Tape } from './tape';
import { kNoFilter, ViewSync } from './view_sync';

const kSessionOver = 'The session is over.';

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
  private readonly viewSync: ViewSync;
  private readonly pollers: Pollers;
  private readonly activity = new Activity(() => void this.keepSession());
  private readonly sessionWatch = new SessionWatch(() => void this.lookForSession());
  private askingStatus = false;
  private askingSession = false;
  /** The last one. Its token tells it from another one of the same user. */
  private session: Session | null = null;

  constructor(socketUrl: string) {
    this.socket = new LiveSocket(socketUrl, {
      onMessage: (message) => this.receive(message),
      onLink: (link) => {
        this.model.update((m) => ({ ...m, link }));
        if (link.phase === 'live') void this.catchUp();
      },
      isSessionOver: () => this.isSessionOver(),
      onSessionOver: (reason) => void this.sessionOver(reason),
      onTooLarge: () => this.viewRefused('it is too large', this.viewSync.gaveUp()),
    });
    this.viewSync = new ViewSync((message) => this.socket.send(message));
    this.pollers = new Pollers(this);
    document.addEventListener('visibilitychange', () => this.sendView());
  }

  async start(): Promise<void> {
    try {
      this.enter(await this.api.session('user'));
    } catch (error) {
      if (isNotLoggedIn(error)) this.leave('');
      else this.leave((error as Error).message, true);
    }
  }

  async login(user: string, password: string): Promise<void> {
    this.enter(await this.api.login(user, password));
  }

  async logout(): Promise<void> {
    try {
      await this.post('/api/logout');
    } catch (error) {
      if (!isNotLoggedIn(error)) throw error;
    }
    this.leave('');
    this.forget();
  }

  retryNow = () => this.socket.retryNow();

  setFilter(view: View): void {
    this.showFilter(view);
    this.sendView();
  }

  private showFilter(view: View): void {
    this.view.update(() => view);
    this.tape.retain(view);
    this.tapeChanged();
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
  async act<T>(
    route: string,
    body: unknown,
    done: (answer: T) => string,
    timeoutMs?: number,
  ): Promise<T | undefined> {
    try {
      const answer = await this.post<T>(route, body, timeoutMs);
      this.notices.say('ok', done(answer));
      void this.pollers.refresh();
      return answer;
    } catch (error) {
      if (isNotLoggedIn(error)) this.leave(`${kSessionOver} What you asked for was not done.`);
      else this.failed(error);
      return undefined;
    }
  }

  /** Another tab may have logged in meanwhile: the browser has its session then, with another token. */
  private async post<T>(route: string, body?: unknown, timeoutMs?: number): Promise<T> {
    try {
      return await this.api.post<T>(route, body, timeoutMs);
    } catch (error) {
      if (!(error instanceof ApiError) || ![401, 403].includes(error.status)) throw error;
      const before = this.session;
      const session = await this.api.session('page');
      if (!before || !this.isAnother(session)) throw error;
      this.enter(session);
      if (session.user !== before.user) {
        throw new ApiError(403, `Not done: ${session.user} has logged in in this browser.`);
      }
      return await this.api.post<T>(route, body, timeoutMs);
    }
  }

  /** For answers of the API that are no success: the session may be over. */
  failed(error: unknown): void {
    if (isNotLoggedIn(error)) void this.sessionOver(kSessionOver);
    else this.notices.say('error', (error as Error).message);
  }

  private enter(session: Session): void {
    const { user } = session;
    // A stream belongs to a session: another one needs another stream.
    if (this.isAnother(session)) this.socket.stop();
    this.session = session;
    if (session.role === 'user') {
      this.pollers.stop();
      this.activity.stop();
      this.forget();
      this.model.update((m) => ({ ...m, access: { kind: 'forbidden', user } }));
      this.sessionWatch.start();
      return;
    }
    if (this.model.get().user !== user) this.forget();
    this.model.update((m) => ({ ...m, user, access: { kind: 'in', session } }));
    this.sessionWatch.stop();
    this.activity.start();
    this.socket.start();
    this.pollers.start();
  }

  /** What is shown stays, out of sight, for the same user's next log-in. */
  private leave(message: string, isOutage = false): void {
    this.socket.stop();
    this.pollers.stop();
    this.activity.stop();
    this.model.update((m) => ({ ...m, access: { kind: 'login', message, isOutage } }));
    this.sessionWatch.start();
  }

  /** The next one to log in starts anew. */
  private forget(): void {
    this.closeDialog();
    this.model.update((m) => ({ ...kEmptyModel, access: m.access }));
    this.view.update(() => kNoFilter);
    this.tape.clear();
    this.tape.paused = false;
    this.tapeChanged();
  }

  private async isSessionOver(): Promise<boolean> {
    try {
      await this.api.session('page');
      return false;
    } catch (error) {
      return error instanceof ApiError && (error.status === 401 || error.status === 403);
    }
  }

  /** The session has ended. If another tab has logged in since, the page goes on with that one's. */
  private async sessionOver(reason: string): Promise<void> {
    if (this.askingSession || this.model.get().access.kind !== 'in') return;
    this.askingSession = true;
    try {
      const session = await this.api.session('page');
      // The same one, and yet no stream for it: asking again at once would be asking for ever.
      if (this.isAnother(session) || session.role === 'user') this.enter(session);
      else this.leave(reason);
    } catch {
      this.leave(reason);
    } finally {
      this.askingSession = false;
    }
  }

  private isAnother(session: Session): boolean {
    return session.csrf_token !== this.session?.csrf_token;
  }

  private async keepSession(): Promise<void> {
    try {
      const session = await this.api.session('user');
      const { access } = this.model.get();
      if (access.kind === 'in' && this.isAnother(session)) this.enter(session);
    } catch (error) {
      if (isNotLoggedIn(error)) void this.sessionOver(kSessionOver);
    }
  }

  /** While somebody is asked to log in. */
  private async lookForSession(): Promise<void> {
    try {
      const session = await this.api.session('page');
      const { kind } = this.model.get().access;
      if (kind === 'login' || (kind === 'forbidden' && this.isAnother(session))) {
        this.enter(session);
      }
    } catch (error) {
      if (!isNotLoggedIn(error)) return;
      const { access } = this.model.get();
      if (access.kind === 'forbidden' || (access.kind === 'login' && access.isOutage)) {
        this.leave('');
      }
    }
  }

  /** After the socket opened, for the first time or again. */
  private async catchUp(): Promise<void> {
    this.viewSync.begin();
    this.sendView();
    await this.pollers.catchUp();
  }

  async askStatus(): Promise<void> {
    if (this.askingStatus) return;
    this.askingStatus = true;
    try {
      const answer = await this.api.get<StatusAnswer>(
        '/api/admin/websocket-status?tickers=0',
        'page',
      );
      this.model.update((m) => applyStatus(m, answer));
      const ids = new Set(answer.connections.map((c) => c.connection_id));
      this.tape.keepConnections(ids);
      this.histories.keepConnections(ids);
    } catch (error) {
      if (isNotLoggedIn(error)) void this.sessionOver(kSessionOver);
      // Else the live socket finds out, says so, and asks again when it is back.
    } finally {
      this.askingStatus = false;
    }
  }

  private sendView(): void {
    this.viewSync.say(this.view.get(), !document.hidden || this.tape.paused);
  }

  /** What is shown as the filter is the one that is in force. */
  private viewRefused(why: string, inForce: View | null): void {
    this.notices.say('error', `The filter was not taken: ${why}.`);
    if (inForce) this.showFilter(inForce);
  }

  private receive(message: ServerMessage): void {
    switch (message.event) {
      case 'metrics_update':
        if (isOutOfDate(this.model.get(), message.data)) void this.askStatus();
        this.histories.add(message.data);
        this.model.update((m) => applyMetrics(m, message.data));
        break;
      case 'tick_update':
        this.addTicks(message.data);
        break;
      case 'connection_status_update':
        this.model.update((m) => applyConnection(m, message.data));
        break;
      case 'event':
        this.model.update((m) => applyEvents(m, [message.data]));
        break;
      case 'error':
        this.viewRefused(message.data.error, this.viewSync.refused());
        break;
      case 'pong':
        this.viewSync.answered(message.data.t);
        break;
    }
  }

  /** Those that were under way when the filter was chosen come too late. */
  private addTicks(update: TickUpdate): void {
    const ticks = update.ticks.filter((tick) => matches(this.view.get(), tick));
    this.tape.add({ ...update, ticks });
    this.tapeChanged();
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
