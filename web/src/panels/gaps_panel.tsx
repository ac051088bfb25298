import type { Gap } from '../api/types';
import { Badge } from '../components/badge';
import { Moment } from '../components/moment';
import { Empty, Panel } from '../components/panel';
import { duration, plural } from '../logic/format';
import { useDashboard } from '../state/dashboard';
import { useStore } from '../state/store';

/** Outages: between the two times, ticks of these symbols may be missing. */
export function GapsPanel() {
  const { model } = useDashboard();
  const gaps = useStore(model, (m) => m.gaps);
  const open = gaps.filter((g) => g.to === null).length;
  return (
    <Panel
      id="gaps"
      title="Gap records"
      note={open > 0 ? <Badge tone="warning" word={`${open} open`} /> : gaps.length || undefined}
    >
      {gaps.length === 0 ? (
        <Empty>None: no tick has been missed as far as is known.</Empty>
      ) : (
        <ul class="gaps" tabIndex={0} aria-label="Gap records, newest first">
          {gaps.map((g) => (
            <GapLine key={`${g.connection_id} ${g.from} ${g.symbols[0] ?? ''}`} gap={g} />
          ))}
        </ul>
      )}
    </Panel>
  );
}

function GapLine({ gap }: { gap: Gap }) {
  const now = useStore(useDashboard().model, (m) => m.now);
  const hidden = gap.symbol_count - gap.symbols.length;
  return (
    <li class="gap">
      <div class="gap-line">
        <strong>{gap.connection_name}</strong>
        <span>
          <Moment at={gap.from} now={now} /> –{' '}
          {gap.to === null ? 'open' : <Moment at={gap.to} now={now} />}
        </span>
        <span class={gap.to === null ? 'tone-warning toned' : 'muted'}>
          {duration((gap.to ?? now) - gap.from)}
        </span>
      </div>
      <div class="gap-reason">{gap.reason}</div>
      <details>
        <summary>{plural(gap.symbol_count, 'symbol')}</summary>
        <p>
          {gap.symbols.join(' ')}
          {hidden > 0 && ` and ${plural(hidden, 'other')}`}
        </p>
      </details>
    </li>
  );
}
