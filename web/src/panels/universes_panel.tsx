import { useState } from 'preact/hooks';
import { kSlowTimeoutMs } from '../api/http';
import type { Universe } from '../api/types';
import { Badge } from '../components/badge';
import { DataTable } from '../components/data_table';
import { Icon } from '../components/icon';
import { Moment } from '../components/moment';
import { Empty, Panel } from '../components/panel';
import { count, plural } from '../logic/format';
import { useDashboard } from '../state/dashboard';
import { mayAct } from '../state/model';
import { useStore } from '../state/store';

export function UniversesPanel() {
  const dashboard = useDashboard();
  const universes = useStore(dashboard.model, (m) => m.universes);
  const acts = useStore(dashboard.model, mayAct);
  const [isRefreshing, setRefreshing] = useState(false);
  const refresh = async () => {
    setRefreshing(true);
    await dashboard.act<{ universes: Universe[] }>(
      '/api/admin/universes/refresh',
      {},
      (answer) => `${plural(answer.universes.length, 'universe')} resolved.`,
      kSlowTimeoutMs,
    );
    setRefreshing(false);
  };
  const askToRefresh = () =>
    dashboard.open({
      kind: 'confirm',
      title: 'Refresh the universes?',
      text: 'Every universe is resolved again, and connections take up or drop tickers that changed.',
      verb: 'Refresh',
      onConfirm: () => void refresh(),
    });
  return (
    <Panel
      id="universes"
      title="Universes"
      note={universes.length || undefined}
      actions={
        acts && (
          <button
            type="button"
            onClick={askToRefresh}
            disabled={universes.length === 0 || isRefreshing}
          >
            <Icon name="refresh" size={13} />
            {isRefreshing ? 'Resolving, may take minutes…' : 'Refresh…'}
          </button>
        )
      }
    >
      {universes.length === 0 ? (
        <Empty>No connection uses one.</Empty>
      ) : (
        <DataTable
          label="Universes"
          rows={universes}
          rowKey={(u) => u.key}
          columns={[
            {
              head: 'Universe',
              name: true,
              cell: (u) => <strong>{u.key}</strong>,
              title: (u) => u.key,
            },
            {
              head: 'State',
              cell: (u) =>
                u.stale ? (
                  <Badge tone="warning" word="old set" />
                ) : (
                  <Badge tone="ok" word="fresh" />
                ),
              title: (u) => u.last_error,
            },
            { head: 'Tickers', figure: true, cell: (u) => count(u.count) },
            { head: 'Resolver', cell: (u) => u.resolver },
            { head: 'Resolved', cell: (u) => <Moment at={u.resolved_at} /> },
            {
              head: 'Hash',
              minor: true,
              cell: (u) => <code>{u.content_hash.slice(0, 8)}</code>,
              title: (u) => u.content_hash,
            },
          ]}
        />
      )}
    </Panel>
  );
}
