import { useEffect, useState } from 'preact/hooks';
import { isNotLoggedIn, type AskedBy } from '../api/http';
import { useDashboard } from './dashboard';
import { useStore } from './store';

/** What the API answers: asked at once, anew after another log-in, and with a period (ms) by itself from
 *  then on. `error`: the last question was not answered, or "". */
export function useAnswer<T>(route: string, periodMs?: number): { answer: T | null; error: string } {
  const dashboard = useDashboard();
  const isIn = useStore(dashboard.model, (m) => m.access.kind === 'in');
  const [answer, setAnswer] = useState<T | null>(null);
  const [error, setError] = useState('');

  useEffect(() => {
    if (!isIn) return undefined;
    let isCurrent = true;
    const ask = (by: AskedBy) =>
      dashboard.api
        .get<T>(route, by)
        .then((a) => isCurrent && (setAnswer(() => a), setError('')))
        .catch((problem: Error) => {
          if (!isCurrent) return;
          if (isNotLoggedIn(problem)) dashboard.failed(problem);
          else setError(problem.message);
        });
    void ask('user');
    const timer = periodMs && setInterval(() => !document.hidden && void ask('page'), periodMs);
    return () => {
      isCurrent = false;
      clearInterval(timer || undefined);
    };
  }, [route, isIn]);
  return { answer, error };
}
