import type { Problem } from '../api/types';
import { useEffect } from 'preact/hooks';
import { Icon } from '../components/icon';
import { Moment } from '../components/moment';
import { panelAnchor } from '../components/panel';
import { age } from '../logic/format';
import { verdictOf } from '../logic/verdict';
import { useDashboard } from '../state/dashboard';
import { useStore } from '../state/store';

export function VerdictLine() {
  const model = useStore(useDashboard().model, (m) => m);
  const { level, headline, detail, problems } = verdictOf(model);
  const tone = level === 'unknown' ? 'off' : level;
  const only = problems.length === 1 ? problems[0] : undefined;
  const isKnown = level !== 'unknown';
  useEffect(() => {
    document.title = `${headline} · feedmux`;
  }, [headline]);
  return (
    <div class={`verdict tone-${tone}`} data-level={level}>
      <h1 class="verdict-line">
        <Icon name={tone} size={22} />
        <span class="verdict-headline" title={headline}>
          {only && isKnown ? <ProblemText problem={only} /> : headline}
        </span>
        <span class="verdict-detail">
          {only && isKnown && only.since > 0 && (
            <>
              <Since at={only.since} now={model.now} /> ·{' '}
            </>
          )}
          {detail}
        </span>
      </h1>
      {problems.length > 0 && !only && (
        <ul class="problems">
          {problems.map((p) => (
            <li key={`${p.since} ${p.text}`} class={`tone-${p.level}`}>
              <Icon name={p.level} size={13} />
              <span class="problem-text">
                <ProblemText problem={p} />
              </span>
              {p.since > 0 && (
                <span class="problem-since">
                  <Since at={p.since} now={model.now} />
                </span>
              )}
            </li>
          ))}
        </ul>
      )}
      {/* Read aloud when the verdict changes, not with every figure. */}
      <p class="only-spoken" role="status">
        {headline}. {!only && problems.map((p) => p.text).join('. ')}
      </p>
    </div>
  );
}

/** Leads to the card or panel that it is about. */
function ProblemText({ problem }: { problem: Problem }) {
  return <a href={`#${problem.connection_id || panelAnchor(problem.panel)}`}>{problem.text}</a>;
}

function Since({ at, now }: { at: number; now: number }) {
  return (
    <>
      since <Moment at={at} now={now} /> ({age(at, now)})
    </>
  );
}
