import { useState } from 'preact/hooks';
import { Icon } from '../components/icon';
import { compact, count } from '../logic/format';
import { useDashboard } from '../state/dashboard';
import { mayAct } from '../state/model';
import { useStore } from '../state/store';
import { StreamFilter } from './stream_filter';
import { useShortcut } from './use_shortcut';

/** Steers what ticks are shown; for those who may, the actions on all connections. */
export function StreamBar() {
  const dashboard = useDashboard();
  const { tape } = dashboard;
  useStore(dashboard.tapeVersion, (v) => v);
  const view = useStore(dashboard.view, (v) => v);
  const stream = useStore(dashboard.model, (m) => m.stream);
  const acts = useStore(dashboard.model, mayAct);
  const [filtering, setFiltering] = useState(false);
  const toggle = () => (tape.paused ? dashboard.resume() : dashboard.pause());
  useShortcut('p', toggle);

  const chosen = view.connections.length + view.symbols.length + view.kinds.length;
  return (
    <section class="stream" aria-label="Tick stream">
      <div class="stream-bar">
        <button
          type="button"
          class={tape.paused ? 'primary' : ''}
          aria-pressed={tape.paused}
          title="Shortcut: p"
          onClick={toggle}
        >
          <Icon name={tape.paused ? 'play' : 'pause'} size={14} />
          {tape.paused ? 'Resume ticks' : 'Pause ticks'}
        </button>
        <button
          type="button"
          aria-expanded={filtering}
          aria-controls="stream-filter"
          onClick={() => setFiltering(!filtering)}
        >
          <Icon name="filter" size={14} />
          Filter{chosen > 0 && <span class="chip-count">{chosen}</span>}
        </button>
        <button type="button" onClick={() => dashboard.clear()}>
          <Icon name="clear" size={14} />
          Clear
        </button>
        <span class="stream-note" data-testid="stream-note">
          {tape.paused ? (
            <strong class="tone-warning toned">
              Paused: {count(tape.heldCount)} buffered
              {tape.forgotten > 0 && `, ${count(tape.forgotten)} older ones let go`}
              <span class="stream-seen">, {compact(tape.seenWhilePaused)} came</span>
            </strong>
          ) : (
            <span
              class="muted"
              title="Since this page connected. The eye gets the newest tick of each of a connection's 20 latest symbols, ten times a second; the figures count every tick."
            >
              {compact(stream.shown)} shown of {compact(stream.seen)} ticks
              {chosen > 0 && ' that match'}
            </span>
          )}
        </span>
        {acts && (
          <div class="stream-actions">
            <button type="button" onClick={() => dashboard.open({ kind: 'subscribe' })}>
              <Icon name="plus" size={14} />
              Tickers…
            </button>
            <button type="button" onClick={() => dashboard.open({ kind: 'rebalance' })}>
              <Icon name="balance" size={14} />
              Rebalance…
            </button>
          </div>
        )}
      </div>
      {filtering && <StreamFilter />}
    </section>
  );
}
