import { useEffect, useReducer } from 'preact/hooks';
import { Icon } from '../components/icon';
import { clock, duration } from '../logic/format';
import { useDashboard } from '../state/dashboard';
import { useStore } from '../state/store';

/** Says that what is shown is old, since when, and when it is tried again. */
export function LinkBanner() {
  const dashboard = useDashboard();
  const link = useStore(dashboard.model, (m) => m.link);
  const [, redraw] = useReducer((n: number) => n + 1, 0);
  const lost = link.phase === 'lost';
  useEffect(() => {
    if (!lost) return undefined;
    const timer = setInterval(() => redraw(undefined), 500);
    return () => clearInterval(timer);
  }, [lost]);

  return (
    <div role="status">
      {link.phase === 'lost' && (
        <div class="link-banner tone-error">
          <Icon name="warning" size={18} />
          <p>
            <strong>No connection to the engine since {clock(link.since / 1000)}.</strong> What is
            shown is old and stands still.{' '}
            <span aria-hidden="true" class="link-wait">
              It is {duration((Date.now() - link.since) / 1000, true)} old;{' '}
              {link.retryAt > Date.now()
                ? `attempt ${link.attempt + 1} in ${Math.ceil((link.retryAt - Date.now()) / 1000)} s.`
                : `attempt ${link.attempt + 1} is under way.`}
            </span>
          </p>
          <button type="button" onClick={dashboard.retryNow}>
            Try now
          </button>
        </div>
      )}
    </div>
  );
}
