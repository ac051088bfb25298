import type { Problem } from '../api/types';
import type { Model } from '../state/model';
import { clock, count, plural } from './format';

export interface Verdict {
  level: 'ok' | 'warning' | 'error' | 'unknown';
  headline: string;
  /** Figures beside the headline; change every second. */
  detail: string;
  /** Errors first, then the oldest. A single one is the headline itself. */
  problems: Problem[];
}

/** The one line that says whether all is well. */
export function verdictOf(model: Model): Verdict {
  const before = knownVerdict(model);
  if (model.link.phase !== 'lost') return before;
  const since = clock(model.link.since / 1000);
  const shown = before.level === 'unknown' ? '' : `before: ${before.headline}, ${before.detail}`;
  return { ...before, level: 'unknown', headline: `Not known since ${since}`, detail: shown };
}

function knownVerdict({ summary, connections }: Model): Verdict {
  if (!summary) {
    return { level: 'unknown', headline: 'Waiting for the engine…', detail: '', problems: [] };
  }
  const problems = summary.verdict.problems
    .map((p) => ({ ...p, text: capitalized(p.text) }))
    .sort(
      (a, b) => Number(b.level === 'error') - Number(a.level === 'error') || a.since - b.since,
    );
  const enabled = connections.filter((c) => c.enabled).length;
  const perSecond = connections.reduce((sum, c) => sum + c.metrics.messages_per_second, 0);
  return {
    level: summary.verdict.level,
    headline: headlineOf(summary.verdict.level, problems),
    detail: `${summary.connected} of ${enabled} connected, ${count(perSecond)} ticks/s`,
    problems,
  };
}

/** But not where it begins with a name. */
function capitalized(text: string): string {
  return /^(no|the) /.test(text) ? text[0]!.toUpperCase() + text.slice(1) : text;
}

function headlineOf(level: 'ok' | 'warning' | 'error', problems: Problem[]): string {
  if (problems.length > 1) return plural(problems.length, 'problem');
  if (problems[0]) return problems[0].text;
  if (level === 'ok') return 'All well';
  return level === 'warning' ? 'Something needs attention' : 'Something is wrong';
}
