import { useEffect, useRef, useState } from 'preact/hooks';
import { ApiError } from './api/http';
import { Brand } from './components/brand';
import { Icon } from './components/icon';
import { plural } from './logic/format';
import { useDashboard } from './state/dashboard';

export function Login({ message }: { message: string }) {
  const dashboard = useDashboard();
  const [error, setError] = useState('');
  const [busy, setBusy] = useState(false);
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => first.current?.focus(), []);

  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    setBusy(true);
    setError('');
    try {
      await dashboard.login(String(form.get('user')), String(form.get('password')));
    } catch (problem) {
      setError(textOf(problem as Error));
    } finally {
      setBusy(false);
    }
  };

  const shown = error || message;
  return (
    <main class="gate">
      <form class="gate-box" onSubmit={submit}>
        <h1>
          <Brand />
        </h1>
        <p class="gate-note">Log in to see the engine's connections and ticks.</p>
        {shown && (
          <p class="gate-error tone-error" role="alert">
            <Icon name="error" />
            <span>{shown}</span>
          </p>
        )}
        <label>
          User
          <input ref={first} name="user" autocomplete="username" autocapitalize="none" required />
        </label>
        <label>
          Password
          <input name="password" type="password" autocomplete="current-password" required />
        </label>
        <button type="submit" class="primary" disabled={busy}>
          {busy ? 'Logging in…' : 'Log in'}
        </button>
      </form>
    </main>
  );
}

function textOf(error: Error): string {
  if (error instanceof ApiError && error.status === 429 && error.retryAfter > 0) {
    return `Too many failed log-ins. Try again in ${plural(error.retryAfter, 'second')}.`;
  }
  return error.message;
}
