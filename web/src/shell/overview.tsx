import { Figure } from '../components/figure';
import { Sparkline } from '../components/sparkline';
import { compact, count, milliseconds, rate } from '../logic/format';
import { useDashboard } from '../state/dashboard';
import { useStore } from '../state/store';
import { VerdictLine } from './verdict_line';

/** Is all well? And the figures of the whole engine. */
export function Overview() {
  return (
    <section class="overview" aria-label="Overview">
      <VerdictLine />
      <Totals />
    </section>
  );
}

function Totals() {
  const { model, histories } = useDashboard();
  const { connections, summary, now } = useStore(model, (m) => m);
  if (!summary) return null;
  const perSecond = connections.reduce((sum, c) => sum + c.metrics.messages_per_second, 0);
  const tickers = connections.reduce((sum, c) => sum + c.config.ticker_count, 0);
  const p99 = Math.max(...connections.map((c) => c.latency_p99_ms ?? -1));
  return (
    <div class="totals">
      <div class="totals-plot">
        <Sparkline
          series={histories.total}
          now={now}
          label="Ticks a second, all connections"
          height={40}
        />
      </div>
      <dl class="figures totals-figures">
        <Figure label="Ticks/s">{rate(perSecond)}</Figure>
        <Figure label="Ticks" title={count(summary.ticks_total)}>
          {compact(summary.ticks_total)}
        </Figure>
        <Figure label="Tickers">{count(tickers)}</Figure>
        <Figure label="Worst p99">{milliseconds(p99 < 0 ? null : p99)}</Figure>
        <Figure label="Errors" tone={summary.errors_total ? 'warning' : undefined}>
          {count(summary.errors_total)}
        </Figure>
        <Figure label="Imbalance" tone={summary.imbalance ? 'error' : undefined}>
          {count(summary.imbalance)}
        </Figure>
      </dl>
    </div>
  );
}
