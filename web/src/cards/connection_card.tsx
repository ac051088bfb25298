import { memo } from '../components/memo';
import { Badge } from '../components/badge';
import { Figure } from '../components/figure';
import { Icon } from '../components/icon';
import { Moment } from '../components/moment';
import { Sparkline } from '../components/sparkline';
import type { Connection } from '../api/types';
import { nextTry, sinceOf, stateOf, whyNot } from '../logic/connection_state';
import { age, bytes, compact, count, milliseconds, plural, rate, utc } from '../logic/format';
import { useDashboard } from '../state/dashboard';
import { mayAct } from '../state/model';
import { useStore } from '../state/store';
import { ConnectionActions } from './connection_actions';
import { TickList } from './tick_list';

interface Props {
  connection: Connection;
  /** Which of the colours is this connection's. */
  accent: number;
}

export const ConnectionCard = memo(({ connection: c, accent }: Props) => {
  const dashboard = useDashboard();
  const acts = useStore(dashboard.model, mayAct);
  const state = stateOf(c);
  return (
    <article
      id={c.connection_id}
      class={`card accent-${accent} tone-${state.tone}`}
      aria-labelledby={`${c.connection_id}-name`}
      data-status={state.word}
      tabIndex={-1}
    >
      <header class="card-head">
        <div class="card-names">
          <h2 id={`${c.connection_id}-name`} title={c.name}>
            {c.name}
          </h2>
          <span class="muted card-id">{c.connection_id}</span>
        </div>
        <Badge tone={state.tone} word={state.word} />
      </header>
      <StateNote connection={c} />
      <div class="card-origin">
        <span class="card-source" title={`Source ${c.source}`}>
          {c.source}
        </span>
        {c.universe && (
          <>
            <Icon name="right" size={10} />
            <span class="card-universe" title={`Universe ${c.universe}`}>
              {c.universe}
            </span>
          </>
        )}
        <button
          type="button"
          class="link-button card-tickers"
          onClick={() => dashboard.open({ kind: 'tickers', connectionId: c.connection_id })}
        >
          <Icon name="list" size={13} />
          {plural(c.config.ticker_count, 'ticker')}
          {c.borrowed_tickers > 0 && (
            <span class="muted"> ({count(c.borrowed_tickers)} borrowed)</span>
          )}
        </button>
      </div>
      <CardRate connection={c} />
      <CardFigures connection={c} />
      <TickList connection={c} />
      {acts && <ConnectionActions connection={c} />}
    </article>
  );
});

function StateNote({ connection: c }: { connection: Connection }) {
  const now = useStore(useDashboard().model, (m) => m.now);
  const why = whyNot(c);
  const next = nextTry(c, now);
  const since = sinceOf(c);
  return (
    <p class="state-note">
      {since > 0 && (
        <span class="state-since">
          since <Moment at={since} now={now} /> ({age(since, now)})
        </span>
      )}
      {why && (
        <span class="state-why" title={why}>
          {why}
        </span>
      )}
      {next && <span class="state-next">{next}</span>}
    </p>
  );
}

function CardRate({ connection: c }: { connection: Connection }) {
  const { model, histories } = useDashboard();
  const now = useStore(model, (m) => m.now);
  return (
    <div class="card-rate">
      <dl class="card-rate-figure">
        <dt>Messages/s</dt>
        <dd>{rate(c.metrics.messages_per_second)}</dd>
      </dl>
      <Sparkline
        series={histories.of(c.connection_id)}
        now={now}
        label={`Messages a second of ${c.name}`}
        height={46}
      />
    </div>
  );
}

function CardFigures({ connection: c }: { connection: Connection }) {
  const now = useStore(useDashboard().model, (m) => m.now);
  const { error_count: errors, last_update: last } = c.metrics;
  return (
    <dl class="figures card-figures">
      <Figure label="Total" title={count(c.message_count)}>
        {compact(c.message_count)}
      </Figure>
      <Figure label="Last message" title={last ? `at ${utc(last)}` : 'none yet'}>
        {age(last, now)}
      </Figure>
      <Figure label="Latency p50" title="From the vendor's stamp to arrival, last minute">
        {milliseconds(c.latency_p50_ms)}
      </Figure>
      <Figure label="Latency p99" title="From the vendor's stamp to arrival, last minute">
        {milliseconds(c.latency_p99_ms)}
      </Figure>
      <Figure
        label="Errors"
        tone={errors > 0 ? 'warning' : undefined}
        title={c.last_error ? `${c.last_error} (${utc(c.last_error_time)})` : 'none yet'}
      >
        {count(errors)}
      </Figure>
      <Figure label="Reconnects">{count(c.reconnects)}</Figure>
      <Figure label="Open gaps" tone={c.open_gaps > 0 ? 'warning' : undefined}>
        {count(c.open_gaps)}
      </Figure>
      <Figure label="Received" title={`${count(c.bytes)} bytes`}>
        {bytes(c.bytes)}
      </Figure>
    </dl>
  );
}
