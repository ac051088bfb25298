import type { SymbolAnswer, Tick } from '../api/types';
import { Badge } from '../components/badge';
import { Figure } from '../components/figure';
import { Icon } from '../components/icon';
import { Modal } from '../components/modal';
import { stateOf } from '../logic/connection_state';
import { age, count, price } from '../logic/format';
import { tickClock } from '../logic/tick_clock';
import { whyQuiet } from '../logic/why_quiet';
import { useDashboard } from '../state/dashboard';
import { mayAct } from '../state/model';
import { useStore } from '../state/store';
import { useAnswer } from '../state/use_answer';

const kPeriodMs = 1_000;

/** Which connection has the symbol, its last tick, and why it may be quiet. Kept up to date while open. */
export function SymbolDialog({ symbol }: { symbol: string }) {
  const dashboard = useDashboard();
  const model = useStore(dashboard.model, (m) => m);
  const { answer, error } = useAnswer<SymbolAnswer>(
    `/api/admin/symbols/${encodeURIComponent(symbol)}`,
    kPeriodMs,
  );

  const find = (id?: string | null) => model.connections.find((c) => c.connection_id === id);
  const connection = find(answer?.connection_id);
  const former = find(answer?.last_tick?.connection_id);
  return (
    <Modal title={symbol} class="modal-symbol" onClose={dashboard.closeDialog}>
      {error && (
        <p class="tone-error toned" role="alert">
          {error}
        </p>
      )}
      {!answer && !error && <p class="muted">Asking the engine…</p>}
      {answer && (
        <>
          <p class="symbol-place">
            {connection ? (
              <>
                On <strong>{connection.name}</strong>{' '}
                <span class="muted">{connection.connection_id}</span>{' '}
                <Badge {...stateOf(connection)} />
              </>
            ) : (
              <Badge tone="error" word="on no connection" />
            )}
          </p>
          <ul class="findings">
            {whyQuiet(model, answer).map((finding) => (
              <li key={finding.text} class={`tone-${finding.tone}`}>
                <Icon name={finding.tone} size={15} />
                <span>{finding.text}</span>
              </li>
            ))}
          </ul>
          {answer.last_tick && <LastTick tick={answer.last_tick} now={model.now} />}
          <div class="modal-buttons">
            {mayAct(model) && (
              <button
                type="button"
                onClick={() =>
                  dashboard.open({
                    kind: 'subscribe',
                    symbols: symbol,
                    source: (connection ?? former)?.source,
                    adds: !answer.connection_id,
                  })
                }
              >
                {answer.connection_id ? `Unsubscribe ${symbol}…` : `Subscribe to ${symbol}…`}
              </button>
            )}
            <button
              type="button"
              class="primary"
              disabled={!answer.connection_id}
              onClick={() => {
                dashboard.setFilter({ connections: [], kinds: [], symbols: [symbol] });
                dashboard.closeDialog();
              }}
            >
              Show only its ticks
            </button>
          </div>
        </>
      )}
    </Modal>
  );
}

function LastTick({ tick, now }: { tick: Tick; now: number }) {
  const isQuote = tick.bid != null || tick.ask != null;
  return (
    <section aria-label="Last tick">
      <h3>
        Last tick <span class="muted">{tick.kind}</span>
      </h3>
      <dl class="figures symbol-figures">
        {isQuote ? (
          <>
            <Figure label="Bid">{price(tick.bid)}</Figure>
            <Figure label="Ask">{price(tick.ask)}</Figure>
            <Figure label="Sizes">
              {count(tick.bid_size)} × {count(tick.ask_size)}
            </Figure>
          </>
        ) : (
          <>
            <Figure label="Price">{price(tick.price)}</Figure>
            <Figure label="Size">{count(tick.size)}</Figure>
          </>
        )}
        <Figure label="At" title="The vendor's stamp">
          {tickClock(tick.time)}
        </Figure>
        <Figure label="Age" title="Since the vendor's stamp">
          {age(tick.time, now)}
        </Figure>
      </dl>
    </section>
  );
}
