import { DataTable } from '../components/data_table';
import { Moment } from '../components/moment';
import { Empty, Panel } from '../components/panel';
import { useDashboard } from '../state/dashboard';
import { useStore } from '../state/store';

/** Who did what, from where, and how it went. */
export function AuditPanel() {
  const entries = useStore(useDashboard().model, (m) => m.audit);
  return (
    <Panel
      id="audit"
      title="Audit log"
      note={entries.length ? `last ${entries.length}` : undefined}
    >
      {entries.length === 0 ? (
        <Empty>Nobody has done anything.</Empty>
      ) : (
        <DataTable
          label="Audit log, newest first"
          rows={entries}
          rowKey={(e, i) => `${e.time} ${i}`}
          columns={[
            { head: 'Time', cell: (e) => <Moment at={e.time} /> },
            {
              head: 'User',
              name: true,
              cell: (e) => <strong>{e.user || '–'}</strong>,
              title: (e) => e.user,
            },
            { head: 'Action', cell: (e) => e.action },
            {
              head: 'Target',
              cell: (e) => <span class="wrap">{e.target}</span>,
              title: (e) => e.target,
            },
            { head: 'Result', cell: (e) => <span class="wrap">{e.result}</span> },
            { head: 'Address', cell: (e) => e.address },
          ]}
        />
      )}
    </Panel>
  );
}
