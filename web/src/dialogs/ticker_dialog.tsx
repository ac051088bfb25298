import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { Modal } from '../components/modal';
import { VirtualList } from '../components/virtual_list';
import { count, plural } from '../logic/format';
import { searchSymbols } from '../logic/symbols';
import { useDashboard } from '../state/dashboard';
import { useStore } from '../state/store';
import { useAnswer } from '../state/use_answer';

const kRowHeight = 28;
// Pixels.
const kLeastCellWidth = 96;
const kCharacterWidth = 9;
const kCellPadding = 24;

/** A connection's tickers: searchable, as many to a row as fit. */
export function TickerDialog({ connectionId }: { connectionId: string }) {
  const dashboard = useDashboard();
  const name = useStore(
    dashboard.model,
    (m) => m.connections.find((c) => c.connection_id === connectionId)?.name ?? connectionId,
  );
  const { answer, error } = useAnswer<{ tickers: string[] }>(
    `/api/admin/connections/${connectionId}/tickers`,
  );
  const tickers = answer?.tickers;
  const [search, setSearch] = useState('');
  const [width, setWidth] = useState(0);
  const place = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const measure = () => setWidth(place.current!.clientWidth);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(place.current!);
    return () => observer.disconnect();
  }, []);

  const cellWidth = useMemo(() => {
    const longest = tickers?.reduce((most, symbol) => Math.max(most, symbol.length), 0) ?? 0;
    return Math.max(kLeastCellWidth, kCellPadding + longest * kCharacterWidth);
  }, [tickers]);
  const columns = Math.max(1, Math.floor(width / cellWidth));
  const found = useMemo(() => searchSymbols(tickers ?? [], search), [tickers, search]);
  const open = (symbol: string) => dashboard.open({ kind: 'symbol', symbol });
  return (
    <Modal title={`Tickers of ${name}`} class="modal-tickers" onClose={dashboard.closeDialog}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (found[0]) open(found[0]);
        }}
      >
        <input
          type="search"
          aria-label="Search the tickers"
          placeholder="Search"
          autocomplete="off"
          spellcheck={false}
          value={search}
          onInput={(event) => setSearch(event.currentTarget.value)}
        />
      </form>
      <p class="muted" role="status">
        {error ||
          (!tickers
            ? 'Asking the engine…'
            : search
              ? `${count(found.length)} of ${plural(tickers.length, 'ticker')}`
              : tickers.length > 0
                ? plural(tickers.length, 'ticker')
                : 'It has no tickers.')}
      </p>
      <div ref={place}>
        <VirtualList
          key={search}
          label="Tickers"
          class="ticker-list"
          rowCount={Math.ceil(found.length / columns)}
          rowHeight={kRowHeight}
          row={(i) => (
            <div
              key={i}
              class="ticker-row"
              role="presentation"
              style={{ gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }}
            >
              {found.slice(i * columns, (i + 1) * columns).map((symbol, column) => (
                <span
                  key={symbol}
                  role="listitem"
                  aria-setsize={found.length}
                  aria-posinset={i * columns + column + 1}
                >
                  <button
                    type="button"
                    class="ticker"
                    title={symbol}
                    onClick={() => open(symbol)}
                  >
                    {symbol}
                  </button>
                </span>
              ))}
            </div>
          )}
        />
      </div>
    </Modal>
  );
}
