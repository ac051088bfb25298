import { useDashboard } from './state/dashboard';
import { useStore } from './state/store';
import { Console } from './console';
import { Login, LoginAgain } from './login';
import { NoticeList } from './components/notice_list';

export function App() {
  const { model } = useDashboard();
  const access = useStore(model, (m) => m.access);
  const user = useStore(model, (m) => m.user);
  return (
    <>
      {access.kind === 'asking' && <p class="asking">Asking the engine…</p>}
      {access.kind === 'forbidden' && <Forbidden user={access.user} />}
      {user && <Console key={user} />}
      {access.kind === 'login' &&
        (user ? <LoginAgain message={access.message} /> : <Login message={access.message} />)}
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
          {user} has the role <em>user</em>, which does not see the engine. An admin can remove
          it and add it again with another one: <code>feedmux user remove {user}</code>, then{' '}
          <code>feedmux user add {user} --role viewer</code>.
        </p>
        <button type="button" onClick={() => dashboard.logout().catch((e) => dashboard.failed(e))}>
          Log out
        </button>
      </div>
    </main>
  );
}
