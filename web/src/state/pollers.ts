import type { AuditEntry, Gap, Ledger, LogEvent, PluginInfo, Universe } from '../api/types';
import { isNotLoggedIn } from '../api/http';
import type { Dashboard } from './dashboard';
import { mayAct, type Model } from './model';
import { applyEvents } from './reduce';

const kPeriodMs = 5_000;

/** Asks every few seconds for what the live socket does not bring. Not while nobody looks, but at once when
 *  somebody comes back to the page. */
export class Pollers {
  private timer: ReturnType<typeof setInterval> | undefined;

  constructor(private readonly dashboard: Dashboard) {}

  start(): void {
    this.stop();
    this.timer = setInterval(this.refreshIfSeen, kPeriodMs);
    document.addEventListener('visibilitychange', this.refreshIfSeen);
  }

  stop(): void {
    clearInterval(this.timer);
    document.removeEventListener('visibilitychange', this.refreshIfSeen);
  }

  private refreshIfSeen = () => {
    if (!document.hidden && this.dashboard.model.get().link.phase === 'live') void this.refresh();
  };

  async refresh(): Promise<void> {
    await Promise.all([
      this.dashboard.askStatus(),
      this.ask<Ledger>('ledger', (m, ledger) => ({ ...m, ledger })),
      this.ask<{ gaps: Gap[] }>('gaps', (m, a) => ({ ...m, gaps: a.gaps })),
      this.ask<{ universes: Universe[] }>('universes', (m, a) => ({
        ...m,
        universes: a.universes,
      })),
      mayAct(this.dashboard.model.get()) &&
        this.ask<{ entries: AuditEntry[] }>('audit?limit=100', (m, a) => ({
          ...m,
          audit: a.entries,
        })),
    ]);
  }

  /** What only changes with another engine, and the events of the time without a socket. */
  async catchUp(): Promise<void> {
    // First of all: it tells whether this is the engine whose events are shown.
    await this.refresh();
    await Promise.all([
      this.ask<{ plugins: PluginInfo[] }>('plugins', (m, a) => ({ ...m, plugins: a.plugins })),
      this.ask<{ events: LogEvent[] }>('events?after=0', (m, a) => applyEvents(m, a.events)),
    ]);
  }

  private async ask<T>(route: string, apply: (model: Model, answer: T) => Model): Promise<void> {
    try {
      const answer = await this.dashboard.api.get<T>(`/api/admin/${route}`, 'page');
      this.dashboard.model.update((m) => apply(m, answer));
    } catch (error) {
      // Unreachable: the live socket says so. Other answers would come again every few seconds.
      if (isNotLoggedIn(error)) this.dashboard.failed(error);
    }
  }
}
