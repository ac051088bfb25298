import type { LedgerConnection } from '../api/types';
import { Badge } from '../components/badge';
import { DataTable } from '../components/data_table';
import { Empty, Panel } from '../components/panel';
import { compact, count } from '../logic/format';
import { useDashboard } from '../state/dashboard';
import { useStore } from '../state/store';

type Row = LedgerConnection & { name: string };

/** The account of every tick: what came equals what became of it, or the imbalance says by how much not. */
export function LedgerPanel() {
  const { model } = useDashboard();
  const ledger = useStore(model, (m) => m.ledger);
  const connections = useStore(model, (m) => m.connections);
  const imbalance = useStore(model, (m) => m.summary?.imbalance ?? 0);
  if (!ledger) {
    return (
      <Panel id="ledger" title="Ledger">
        <Empty>Not read yet.</Empty>
      </Panel>
    );
  }
  const rows: Row[] = Object.entries(ledger.connections).map(([id, entry]) => ({
    ...entry,
    name: connections.find((c) => c.connection_id === id)?.name ?? id,
  }));
  return (
    <Panel
      id="ledger"
      title="Ledger"
      note={
        imbalance === 0 ? (
          <Badge tone="ok" word="balanced" />
        ) : (
          <Badge tone="error" word={`imbalance ${count(imbalance)}`} />
        )
      }
    >
      <DataTable
        label="Ledger by connection"
        rows={rows}
        rowKey={(r) => r.name}
        columns={[
          { head: 'Connection', name: true, cell: (r) => r.name, title: (r) => r.name },
          figure('Events', (r) => r.events),
          figure('Ticks', (r) => r.ticks),
          figure('Status', (r) => r.status_events),
          figure('Duplicate', (r) => r.duplicates),
          figure('Withheld', (r) => r.withheld),
          {
            ...figure('Rejected', (r) => r.rejected),
            title: (r) =>
              Object.entries(r.rejected_by_reason)
                .filter(([, n]) => n > 0)
                .map(([reason, n]) => `${reason.replace(/_/g, ' ')}: ${count(n)}`)
                .join(', '),
          },
        ]}
      />
      <p class="panel-foot muted">
        {compact(ledger.published)} published, {compact(ledger.gap_ticks)} of them about gaps.
      </p>
    </Panel>
  );
}

function figure(head: string, value: (row: Row) => number) {
  return {
    head,
    figure: true,
    cell: (row: Row) => compact(value(row)),
    title: (row: Row) => count(value(row)),
  };
}
