import { useDashboard } from './state/dashboard';
import { useStore } from './state/store';
import { Console } from './console';
import { Login } from './login';
import { NoticeList } from './components/notice_list';

export function App() {
  const dashboard = useDashboard();
  const access = useStore(dashboard.model, (m) => m.access);
  return (
    <>
      {access.kind === 'asking' && <p class="asking">Asking the engine…</p>}
      {access.kind === 'login' && <Login message={access.message} />}
      {access.kind === 'forbidden' && <Forbidden user={access.user} />}
      {access.kind === 'in' && <Console />}
      <NoticeList />
    </>
  );
}

function Forbidden({ user }: { user: string }) {
  const dashboard = useDashboard();
  return (
    <main class="gate">
      <div class="gate-box">
        <h1>Not for this account</h1>
        <p>
          {user} has the role <em>user</em>, which does not see the engine. An admin can give it
          another role with <code>feedmux user</code>.
        </p>
        <button type="button" onClick={() => dashboard.logout().catch((e) => dashboard.failed(e))}>
          Log out
        </button>
      </div>
    </main>
  );
}
