import type { Model } from '../state/model';
import type { Problem } from '../api/types';
import { count, plural } from './format';

export interface Verdict {
  level: 'ok' | 'warning' | 'error' | 'unknown';
  headline: string;
  /** What is in order, beside the headline; changes every second. */
  detail: string;
  /** Errors first, then the oldest. */
  problems: Problem[];
}

/** The one line that says whether all is well. */
export function verdictOf(model: Model): Verdict {
  const summary = model.summary;
  if (!summary) return { level: 'unknown', headline: 'Waiting for the engine…', detail: '', problems: [] };
  const { level } = summary.verdict;
  const problems = [...summary.verdict.problems].sort(
    (a, b) => Number(b.level === 'error') - Number(a.level === 'error') || a.since - b.since,
  );
  const active = model.connections.filter((c) => c.enabled).length;
  const connected = `${summary.connected} of ${active} connected`;
  const perSecond = model.connections.reduce((sum, c) => sum + c.metrics.messages_per_second, 0);
  const detail = `${connected}, ${count(perSecond)} ticks/s`;
  if (level === 'ok' && problems.length === 0) return { level, headline: 'All well', detail, problems };
  const first = problems[0]?.text;
  const more = problems.length - 1;
  const headline = !first
    ? level === 'error'
      ? 'Something is wrong'
      : 'Something needs attention'
    : more > 0
      ? `${plural(problems.length, 'problem')}`
      : first;
  return { level: level === 'ok' ? 'warning' : level, headline, detail, problems };
}
