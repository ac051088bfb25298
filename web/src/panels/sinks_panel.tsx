import { Badge } from '../components/badge';
import { DataTable } from '../components/data_table';
import { Meter } from '../components/meter';
import { Empty, Panel } from '../components/panel';
import { compact, count, rate } from '../logic/format';
import { useDashboard } from '../state/dashboard';
import type { SinkRow } from '../state/model';
import { useStore } from '../state/store';

export function SinksPanel() {
  const sinks = useStore(useDashboard().model, (m) => m.sinks);
  return (
    <Panel id="sinks" title="Sinks" note={sinks.length || undefined}>
      {sinks.length === 0 ? (
        <Empty>No sinks.</Empty>
      ) : (
        <DataTable
          label="Sinks"
          rows={sinks}
          rowKey={(s) => s.name}
          columns={[
            { head: 'Sink', name: true, cell: (s) => <strong>{s.name}</strong>, title: (s) => s.name },
            { head: 'State', cell: (s) => <SinkState sink={s} /> },
            {
              head: 'Queue',
              cell: (s) => <Queue sink={s} />,
              title: (s) => `${count(s.queued)} of ${count(s.queue_capacity)} ticks`,
            },
            { head: 'Ticks/s', figure: true, cell: (s) => rate(Math.round(s.rate)) },
            total('Delivered', (s) => s.delivered),
            total('Dropped', (s) => s.dropped, true),
            total('Conflated', (s) => s.conflated),
            total('Filtered', (s) => s.filtered),
            total('Failed', (s) => s.failed, true),
            {
              head: 'Errors',
              figure: true,
              cell: (s) => (
                <span class={s.error_count ? 'tone-warning toned' : ''}>
                  {count(s.error_count)}
                </span>
              ),
              title: (s) => s.last_error,
            },
          ]}
        />
      )}
    </Panel>
  );
}

function total(head: string, value: (sink: SinkRow) => number, isLoss = false) {
  return {
    head,
    figure: true,
    cell: (s: SinkRow) => (
      <span class={isLoss && value(s) > 0 ? 'tone-error toned' : ''}>{compact(value(s))}</span>
    ),
    title: (s: SinkRow) => count(value(s)),
  };
}

function SinkState({ sink }: { sink: SinkRow }) {
  return (
    <span title={sink.last_error}>
      {sink.available ? (
        <Badge tone="ok" word="available" />
      ) : (
        <Badge tone="error" word="retried" />
      )}
    </span>
  );
}

function Queue({ sink }: { sink: SinkRow }) {
  return (
    <>
      <span class="queue">
        <Meter value={sink.queued} capacity={sink.queue_capacity} label={`Queue of ${sink.name}`} />
        <span class="queue-figure">{compact(sink.queued)}</span>
      </span>
      <div class="when-full">full: {sink.when_full.replace(/_/g, ' ')}</div>
    </>
  );
}
