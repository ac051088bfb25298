import { Figure } from '../components/figure';
import { Icon } from '../components/icon';
import { Moment } from '../components/moment';
import { Sparkline } from '../components/sparkline';
import { age, compact, count, milliseconds, rate } from '../logic/format';
import { verdictOf } from '../logic/verdict';
import type { Problem } from '../api/types';
import { useDashboard } from '../state/dashboard';
import { useStore } from '../state/store';

/** Is all well? And the figures of the whole engine. */
export function Overview() {
  return (
    <section class="overview" aria-label="Overview">
      <VerdictLine />
      <Totals />
    </section>
  );
}

export function VerdictLine() {
  const model = useStore(useDashboard().model, (m) => m);
  const { level, headline, detail, problems } = verdictOf(model);
  const tone = level === 'unknown' ? 'off' : level;
  return (
    <div class={`verdict tone-${tone}`} data-level={level}>
      <h1 class="verdict-line">
        <Icon name={tone} size={22} />
        <span class="verdict-headline">{headline}</span>
        {detail && <span class="verdict-detail">{detail}</span>}
      </h1>
      {problems.length > 0 && (
        <ul class="problems">
          {problems.map((p) => (
            <ProblemLine key={`${p.since} ${p.text}`} problem={p} now={model.now} />
          ))}
        </ul>
      )}
      {/* Read aloud when the verdict changes, not with every figure. */}
      <p class="only-spoken" role="status">
        {headline}. {problems.map((p) => p.text).join('. ')}
      </p>
    </div>
  );
}

function ProblemLine({ problem, now }: { problem: Problem; now: number }) {
  const place = problem.connection_id ? problem.connection_id : problem.sink ? 'sinks-title' : null;
  return (
    <li class={`tone-${problem.level}`}>
      <Icon name={problem.level} size={13} />
      <span class="problem-text">
        {place ? <a href={`#${place}`}>{problem.text}</a> : problem.text}
      </span>
      {problem.since > 0 && (
        <span class="problem-since">
          since <Moment at={problem.since} now={now} /> ({age(problem.since, now)})
        </span>
      )}
    </li>
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
        <Sparkline series={histories.total} now={now} label="Ticks a second, all connections" height={40} />
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
