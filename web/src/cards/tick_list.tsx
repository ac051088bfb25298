import { useRef, useState } from 'preact/hooks';
import type { Connection } from '../api/types';
import { Icon } from '../components/icon';
import { memo } from '../components/memo';
import { VirtualList } from '../components/virtual_list';
import { compact, count, kNone, price, short } from '../logic/format';
import { whyNoTicks } from '../logic/why_no_ticks';
import { tickClock } from '../logic/tick_clock';
import { useDashboard } from '../state/dashboard';
import { useStore } from '../state/store';
import type { TapeTick } from '../state/tape';
import { useHeldRows } from './use_held_rows';

const kRowHeight = 20;

/** A connection's ticks, the newest on top. Who scrolls down keeps what he reads until he is back. */
export function TickList({ connection: c }: { connection: Connection }) {
  const dashboard = useDashboard();
  useStore(dashboard.tapeVersion, (v) => v);
  const view = useStore(dashboard.view, (v) => v);
  const [isReading, setReading] = useState(false);
  const scroller = useRef<HTMLDivElement>(null);
  const ticks = useHeldRows(dashboard.tape.ring(c.connection_id), isReading);
  const toTop = () => {
    scroller.current!.scrollTop = 0;
    setReading(false);
    // The button goes, and with it the focus.
    scroller.current!.focus();
  };
  return (
    <div class="ticks">
      <VirtualList
        label={`Ticks of ${c.name}, newest first`}
        class="tick-list"
        rowCount={ticks.count}
        rowHeight={kRowHeight}
        onAway={setReading}
        scroller={scroller}
        head={<TickHead />}
        row={(i) => {
          const tick = ticks.row(i);
          return <TickRow key={tick.key} tick={tick} />;
        }}
      />
      {ticks.fresh > 0 && (
        <button
          type="button"
          class="ticks-fresh"
          aria-label={`${ticks.fresh} new: back to the newest ticks of ${c.name}`}
          onClick={toTop}
        >
          <Icon name="up" size={12} />
          {count(ticks.fresh)} new
        </button>
      )}
      {ticks.count === 0 && (
        <p class="ticks-none">{whyNoTicks(c, view, dashboard.tape.paused)}</p>
      )}
    </div>
  );
}

function TickHead() {
  return (
    <div class="tick tick-head" aria-hidden="true">
      <span class="tick-time">Time</span>
      <span class="tick-symbol">Symbol</span>
      <span class="tick-kind">Kind</span>
      <span class="tick-price">Price</span>
      <span class="tick-size">Size</span>
      <span class="tick-count" title="Ticks of that symbol since it was shown last">
        ×
      </span>
    </div>
  );
}

const TickRow = memo(({ tick }: { tick: TapeTick }) => {
  const isQuote = tick.kind === 'quote' && (tick.bid != null || tick.ask != null);
  const shownPrice = isQuote ? `${price(tick.bid)} / ${price(tick.ask)}` : price(tick.price);
  const time = tickClock(tick.time);
  const sizes = isQuote ? [tick.bid_size, tick.ask_size] : [tick.size];
  return (
    <div class={`tick tick-${tick.kind}`} role="listitem">
      <span class="tick-time">
        {time.slice(0, -4)}
        <span class="tick-milliseconds">{time.slice(-4)}</span>
      </span>
      <span class="tick-symbol" title={tick.symbol}>
        {tick.symbol}
      </span>
      <span class="tick-kind" title={tick.kind}>
        {tick.kind}
      </span>
      <span class="tick-price" title={shownPrice}>
        {shownPrice}
      </span>
      <span class="tick-size" title={sizes.map(count).join(' × ')}>
        {sizes.map((size) => (size == null ? kNone : short(size))).join('×')}
      </span>
      <span class="tick-count">{tick.count > 1 ? compact(tick.count) : ''}</span>
    </div>
  );
});
