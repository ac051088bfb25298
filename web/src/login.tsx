import { useEffect, useRef, useState } from 'preact/hooks';
import { ApiError } from './api/http';
import { Brand } from './components/brand';
import { Icon } from './components/icon';
import { useModalDialog } from './components/use_modal_dialog';
import { sentence } from './logic/connection_state';
import { plural } from './logic/format';
import { useDashboard } from './state/dashboard';

interface Props {
  message: string;
}

export function Login({ message }: Props) {
  return (
    <main class="gate">
      <LoginForm message={message} />
    </main>
  );
}

/** Covers the page of somebody whose session is over, and leaves it and its open dialog as they are. */
export function LoginAgain({ message }: Props) {
  const dialog = useModalDialog();
  return (
    <dialog
      ref={dialog}
      class="gate gate-cover"
      aria-label="Log in again"
      onCancel={(event) => event.preventDefault()}
      // Some browsers let a second Escape through.
      onClose={() => dialog.current?.isConnected && dialog.current.showModal()}
    >
      <LoginForm message={message} />
    </dialog>
  );
}

function LoginForm({ message }: Props) {
  const dashboard = useDashboard();
  const [error, setError] = useState('');
  const [busy, setBusy] = useState(false);
  const user = useRef<HTMLInputElement>(null);
  const password = useRef<HTMLInputElement>(null);
  useEffect(() => user.current?.focus(), []);
  useEffect(() => {
    // The verdict in it is not kept up to date now.
    const title = document.title;
    document.title = 'Log in · feedmux';
    return () => void (document.title = title);
  }, []);

  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    setBusy(true);
    setError('');
    try {
      await dashboard.login(user.current!.value, password.current!.value);
    } catch (problem) {
      setError(textOf(problem as Error));
      password.current?.focus();
      password.current?.select();
    } finally {
      setBusy(false);
    }
  };

  const shown = error || sentence(message);
  return (
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
        <input ref={user} name="user" autocomplete="username" autocapitalize="none" required />
      </label>
      <label>
        Password
        <input
          ref={password}
          name="password"
          type="password"
          autocomplete="current-password"
          required
        />
      </label>
      <button type="submit" class="primary" disabled={busy}>
        {busy ? 'Logging in…' : 'Log in'}
      </button>
    </form>
  );
}

function textOf(error: Error): string {
  if (error instanceof ApiError && error.status === 429 && error.retryAfter > 0) {
    return `Too many failed log-ins. Try again in ${plural(error.retryAfter, 'second')}.`;
  }
  return sentence(error.message);
}
