import { ConnectionCards } from './cards/connection_cards';
import { OpenDialog } from './dialogs/open_dialog';
import { AuditPanel } from './panels/audit_panel';
import { EventsPanel } from './panels/events_panel';
import { GapsPanel } from './panels/gaps_panel';
import { LedgerPanel } from './panels/ledger_panel';
import { PluginsPanel } from './panels/plugins_panel';
import { SinksPanel } from './panels/sinks_panel';
import { UniversesPanel } from './panels/universes_panel';
import { LinkBanner } from './shell/link_banner';
import { Overview } from './shell/overview';
import { StreamBar } from './shell/stream_bar';
import { TopBar } from './shell/top_bar';
import { useDashboard } from './state/dashboard';
import { mayAct } from './state/model';
import { useStore } from './state/store';

const kZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** The page of somebody who is logged in. */
export function Console() {
  const { model } = useDashboard();
  const isOld = useStore(model, (m) => m.link.phase === 'lost');
  const acts = useStore(model, mayAct);
  return (
    <>
      <a class="skip-link" href="#main">
        Skip to the figures
      </a>
      <TopBar />
      <LinkBanner />
      <main id="main" class={isOld ? 'console is-old' : 'console'}>
        <Overview />
        <StreamBar />
        <ConnectionCards />
        <div class="panels">
          <div class="panel-column">
            <SinksPanel />
            <EventsPanel />
            {acts && <AuditPanel />}
          </div>
          <div class="panel-column">
            <LedgerPanel />
            <GapsPanel />
            <UniversesPanel />
            <PluginsPanel />
          </div>
        </div>
        <footer class="page-foot muted">
          {kZone === 'UTC'
            ? 'Times are UTC.'
            : `Times are those of ${kZone}; pointing at one shows it in UTC.`}{' '}
          Keys: <kbd>/</kbd> finds a symbol, <kbd>p</kbd> pauses the ticks.
        </footer>
      </main>
      <OpenDialog />
    </>
  );
}
