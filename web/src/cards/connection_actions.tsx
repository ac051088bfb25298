import type { Connection } from '../api/types';
import { Icon } from '../components/icon';
import { plural } from '../logic/format';
import { useDashboard } from '../state/dashboard';

/** What admins may do to one connection; each asks first. */
export function ConnectionActions({ connection: c }: { connection: Connection }) {
  const dashboard = useDashboard();
  const tickers = c.config.ticker_count;
  const post = (action: 'reconnect' | 'pause' | 'resume', done: string) =>
    void dashboard.act(`/api/admin/connections/${c.connection_id}/${action}`, {}, () => done);

  const reconnect = () =>
    dashboard.open({
      kind: 'confirm',
      title: `Reconnect ${c.name}?`,
      text: `Its session is closed and opened again.${tickers === 0 ? '' : ` Ticks of ${plural(tickers, 'ticker')} may be missed meanwhile; a gap record says which.`}`,
      verb: 'Reconnect',
      onConfirm: () => post('reconnect', `${c.name} reconnects.`),
    });
  const pause = () =>
    dashboard.open({
      kind: 'confirm',
      title: `Pause ${c.name}?`,
      text: `Its session is closed and stays so until somebody resumes it.${tickers === 0 ? '' : ` ${plural(tickers, 'ticker')} may go to other connections, or stay without ticks.`}`,
      verb: 'Pause the connection',
      danger: true,
      onConfirm: () => post('pause', `${c.name} pauses.`),
    });
  const resume = () =>
    dashboard.open({
      kind: 'confirm',
      title: `Resume ${c.name}?`,
      text: 'It connects again and takes its tickers back.',
      verb: 'Resume the connection',
      onConfirm: () => post('resume', `${c.name} resumes.`),
    });

  return (
    <footer class="card-actions">
      <button type="button" disabled={!c.enabled || c.paused} onClick={reconnect}>
        <Icon name="refresh" size={13} />
        Reconnect
      </button>
      {c.paused ? (
        <button type="button" disabled={!c.enabled} onClick={resume}>
          <Icon name="play" size={13} />
          Resume
        </button>
      ) : (
        <button type="button" disabled={!c.enabled} onClick={pause}>
          <Icon name="pause" size={13} />
          Pause
        </button>
      )}
    </footer>
  );
}
