// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Dashboard } from '../src/state/dashboard';
import { FakeSocket } from './fake_socket';
import { connection, metrics, metricsOf, status, tick } from './samples';

interface Asked {
  route: string;
  background: boolean;
  token: string | undefined;
}

let answers: Record<string, { status: number; body: unknown }>;
let asked: Asked[];
let dashboard: Dashboard;

beforeEach(() => {
  vi.useFakeTimers();
  FakeSocket.made = [];
  vi.stubGlobal('WebSocket', FakeSocket);
  answers = {
    '/api/session': sessionOf('ada', 't'),
    '/api/admin/websocket-status?tickers=0': { status: 200, body: status([connection(1)]) },
  };
  asked = [];
  vi.stubGlobal('fetch', (route: string, init: { headers: Record<string, string> }) => {
    const background = init.headers['X-Feedmux-Background'] === '1';
    const token = init.headers['X-CSRF-Token'];
    asked.push({ route, background, token });
    // As the server does: an action takes the token of the browser's session.
    const session = answers['/api/session']?.body as { csrf_token?: string };
    if (token && session.csrf_token && token !== session.csrf_token) {
      return Promise.resolve(new Response('{"error": "not that token"}', { status: 403 }));
    }
    const answer = answers[route] ?? { status: 404, body: { error: `no ${route}` } };
    return Promise.resolve(new Response(JSON.stringify(answer.body), { status: answer.status }));
  });
  dashboard = new Dashboard('ws://engine/admin-ws');
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const settle = () => vi.advanceTimersByTimeAsync(1);
const now = () => dashboard.model.get();

const kNobody = { status: 401, body: { error: 'not logged in' } };
const sessionOf = (user: string, token: string, role = 'admin') => ({
  status: 200,
  body: { user, role, csrf_token: token },
});

async function logOutElsewhere(): Promise<void> {
  answers['/api/session'] = kNobody;
  FakeSocket.last.closes(4401);
  await settle();
}

async function goLive(): Promise<void> {
  FakeSocket.last.opens();
  FakeSocket.last.says('metrics_update', metrics({ connections: [metricsOf(connection(1))] }));
  await settle();
}

test('without a session the page asks to log in', async () => {
  answers['/api/session'] = kNobody;
  await dashboard.start();
  expect(now().access).toMatchObject({ kind: 'login', message: '' });
  expect(FakeSocket.made).toEqual([]);
});

test('a role that may not see gets no socket', async () => {
  answers['/api/session'] = sessionOf('eve', 't', 'user');
  await dashboard.start();
  expect(now().access.kind).toBe('forbidden');
  expect(FakeSocket.made).toEqual([]);
});

test('once live it has the whole picture and has said what it wants to see', async () => {
  await dashboard.start();
  await goLive();
  expect(now().connections.map((c) => c.name)).toEqual(['primary']);
  expect(JSON.parse(FakeSocket.last.sent[0]!)).toEqual({
    event: 'view',
    data: { connections: [], symbols: [], kinds: [], ticks: true },
  });
});

test('keeps what it shows when the socket drops, and asks anew when it is back', async () => {
  await dashboard.start();
  await goLive();
  FakeSocket.last.says('tick_update', { ticks: [tick('AAPL')], seen: 1 });
  FakeSocket.last.closes();
  expect(now().link.phase).toBe('lost');
  expect(now().connections).toHaveLength(1);
  expect(dashboard.tape.ring('connection_1').length).toBe(1);
  answers['/api/admin/websocket-status?tickers=0'] = {
    status: 200,
    body: status([connection(1, { name: 'renamed' })]),
  };
  await vi.advanceTimersByTimeAsync(1_000);
  await goLive();
  expect(now().connections[0]!.name).toBe('renamed');
});

test('a filter is sent, and sent again over a new socket', async () => {
  await dashboard.start();
  await goLive();
  dashboard.setFilter({ connections: [], symbols: ['AAPL'], kinds: [] });
  FakeSocket.last.closes();
  await vi.advanceTimersByTimeAsync(1_000);
  await goLive();
  expect(JSON.parse(FakeSocket.last.sent[0]!).data.symbols).toEqual(['AAPL']);
});

test('ticks that were under way when a filter was chosen are not shown', async () => {
  await dashboard.start();
  await goLive();
  dashboard.setFilter({ connections: [], symbols: ['AAPL'], kinds: [] });
  FakeSocket.last.says('tick_update', { ticks: [tick('MSFT'), tick('AAPL')], seen: 2 });
  const shown = dashboard.tape.ring('connection_1').toArray();
  expect(shown.map((t) => t.symbol)).toEqual(['AAPL']);
});

test('a filter that the server refuses is not shown as if it were in force', async () => {
  await dashboard.start();
  await goLive();
  const filter = (symbol: string) => ({ connections: [], symbols: [symbol], kinds: [] });
  const lastPing = () => JSON.parse(FakeSocket.last.sent.at(-1)!).data;
  dashboard.setFilter(filter('AAPL'));
  FakeSocket.last.says('pong', lastPing());
  dashboard.setFilter(filter('NVDA'));
  FakeSocket.last.says('error', { error: 'symbols must be texts' });
  FakeSocket.last.says('pong', lastPing());
  expect(dashboard.view.get().symbols).toEqual(['AAPL']);
  expect(dashboard.notices.list.get().map((n) => n.text)).toEqual([
    'The filter was not taken: symbols must be texts.',
  ]);
});

test('a filter that is too large for the server is given up', async () => {
  await dashboard.start();
  await goLive();
  dashboard.setFilter({ connections: [], symbols: ['AAPL'], kinds: [] });
  FakeSocket.last.closes(1009);
  expect(dashboard.view.get().symbols).toEqual([]);
  await vi.advanceTimersByTimeAsync(1_000);
  await goLive();
  expect(JSON.parse(FakeSocket.last.sent[0]!).data.symbols).toEqual([]);
});

test('the end of the session leads to the log-in with its reason', async () => {
  await dashboard.start();
  await goLive();
  FakeSocket.last.says('session_ended', { reason: 'logged out elsewhere' });
  answers['/api/session'] = kNobody;
  FakeSocket.last.closes(4401);
  await settle();
  expect(now().access).toMatchObject({ kind: 'login', message: 'logged out elsewhere' });
});

test('a refused action says why, a successful one what it did', async () => {
  answers['/yes'] = { status: 200, body: { added: ['AAPL'] } };
  answers['/no'] = { status: 409, body: { error: 'no room' } };
  await dashboard.act<{ added: string[] }>('/yes', {}, (a) => `${a.added.length} added.`);
  await dashboard.act('/no', {}, () => '');
  expect(dashboard.notices.list.get().map((n) => [n.tone, n.text])).toEqual([
    ['ok', '1 added.'],
    ['error', 'no room'],
  ]);
});

test('figures of unknown connections make it ask for the whole picture', async () => {
  await dashboard.start();
  await goLive();
  const both = [connection(1), connection(2)];
  answers['/api/admin/websocket-status?tickers=0'] = { status: 200, body: status(both) };
  FakeSocket.last.says(
    'metrics_update',
    metrics({ time: 1002, connections: both.map((c) => metricsOf(c)) }),
  );
  await settle();
  expect(now().connections).toHaveLength(2);
});

test('another user starts anew', async () => {
  await dashboard.start();
  await goLive();
  FakeSocket.last.says('tick_update', { ticks: [tick('AAPL')], seen: 1 });
  await logOutElsewhere();
  answers['/api/login'] = sessionOf('bob', 'u', 'viewer');
  await dashboard.login('bob', 'secret');
  expect(now().connections).toEqual([]);
  expect(dashboard.tape.ring('connection_1').length).toBe(0);
});

test('the same user finds everything as it was', async () => {
  await dashboard.start();
  await goLive();
  dashboard.setFilter({ connections: [], symbols: ['AAPL'], kinds: [] });
  dashboard.open({ kind: 'subscribe' });
  await logOutElsewhere();
  expect(now().access.kind).toBe('login');
  answers['/api/login'] = sessionOf('ada', 'another');
  await dashboard.login('ada', 'secret');
  expect(now().connections).toHaveLength(1);
  expect(dashboard.view.get().symbols).toEqual(['AAPL']);
  expect(dashboard.dialog.get()).toEqual({ kind: 'subscribe' });
});

test('a restarted engine replaces the events of the old one', async () => {
  const events = (text: string) => ({
    status: 200,
    body: { events: [{ id: 1, time: 1, level: 'info', component: 'engine', text }], last_id: 1 },
  });
  answers['/api/admin/events?after=0'] = events('old');
  await dashboard.start();
  await goLive();
  expect(now().events.map((e) => e.text)).toEqual(['old']);
  FakeSocket.last.closes();
  answers['/api/admin/events?after=0'] = events('new');
  answers['/api/admin/websocket-status?tickers=0'] = {
    status: 200,
    body: status([connection(1)], { engine: { version: '0.1.0', started: 2000, now: 2001 } }),
  };
  await vi.advanceTimersByTimeAsync(1_000);
  await goLive();
  expect(now().events.map((e) => e.text)).toEqual(['new']);
});

test('what it asks for by itself is marked as such, but for the first look', async () => {
  await dashboard.start();
  await goLive();
  await vi.advanceTimersByTimeAsync(6_000);
  FakeSocket.last.closes();
  await vi.advanceTimersByTimeAsync(1_000);
  FakeSocket.last.closes(); // never opened: asks by HTTP whether the session is over
  await settle();
  expect(asked.filter((a) => a.route === '/api/admin/gaps').length).toBeGreaterThan(1);
  expect(asked.at(-1)!.route).toBe('/api/session');
  expect(asked.filter((a) => !a.background).map((a) => a.route)).toEqual(['/api/session']);
});

test('who comes back to the page gets what it shows anew at once', async () => {
  await dashboard.start();
  await goLive();
  asked = [];
  document.dispatchEvent(new Event('visibilitychange'));
  await settle();
  expect(asked.map((a) => a.route)).toContain('/api/admin/gaps');
});

test('an action is not marked, what the page asks because of it is', async () => {
  await dashboard.start();
  await goLive();
  answers['/do'] = { status: 200, body: {} };
  asked = [];
  await dashboard.act('/do', {}, () => 'done');
  await settle();
  expect(asked.length).toBeGreaterThan(1);
  expect(asked.filter((a) => !a.background).map((a) => a.route)).toEqual(['/do']);
});

test('who chooses ticks uses the session, though the stream carries his choice', async () => {
  await dashboard.start();
  await goLive();
  asked = [];
  document.dispatchEvent(new Event('pointerdown'));
  await settle();
  expect(asked).toContainEqual({ route: '/api/session', background: false, token: undefined });
});

test('who is asked to log in is let in once another tab has logged in', async () => {
  answers['/api/session'] = kNobody;
  await dashboard.start();
  await vi.advanceTimersByTimeAsync(7_000);
  expect(now().access.kind).toBe('login');
  answers['/api/session'] = sessionOf('ada', 'u');
  await vi.advanceTimersByTimeAsync(3_000);
  expect(now().access.kind).toBe('in');
  await goLive();
  asked = [];
  await vi.advanceTimersByTimeAsync(4_000);
  expect(asked.filter((a) => a.route === '/api/session')).toEqual([]);
});

test('why nobody could be asked is no longer said when it is over', async () => {
  answers['/api/session'] = { status: 503, body: { error: 'the users file cannot be read' } };
  await dashboard.start();
  expect(now().access).toMatchObject({ message: 'the users file cannot be read' });
  answers['/api/session'] = kNobody;
  await vi.advanceTimersByTimeAsync(3_000);
  expect(now().access).toMatchObject({ kind: 'login', message: '' });
});

test("the end of its stream's session is none where another tab has logged in since", async () => {
  await dashboard.start();
  await goLive();
  answers['/api/session'] = sessionOf('ada', 'u');
  FakeSocket.last.closes(4401);
  await settle();
  expect(now().access.kind).toBe('in');
  await goLive();
  expect(FakeSocket.made).toHaveLength(2);
  expect(now().link.phase).toBe('live');
});

test('a session that gets no stream is not tried for ever', async () => {
  await dashboard.start();
  await goLive();
  FakeSocket.last.closes(4401, 'not you');
  await settle();
  expect(now().access).toMatchObject({ kind: 'login', message: 'not you' });
  expect(FakeSocket.made).toHaveLength(1);
});

test("an action with a former session's token is done with the present one's", async () => {
  await dashboard.start();
  await goLive();
  answers['/api/session'] = sessionOf('ada', 'u');
  answers['/do'] = { status: 200, body: {} };
  await dashboard.act('/do', {}, () => 'done');
  expect(asked.filter((a) => a.route === '/do').map((a) => a.token)).toEqual(['t', 'u']);
  expect(dashboard.notices.list.get().map((n) => n.text)).toEqual(['done']);
});

test('an action that is refused for another reason is not repeated', async () => {
  await dashboard.start();
  await goLive();
  answers['/do'] = { status: 403, body: { error: 'not for you' } };
  await dashboard.act('/do', {}, () => 'done');
  expect(asked.filter((a) => a.route === '/do')).toHaveLength(1);
  expect(dashboard.notices.list.get().map((n) => n.text)).toEqual(['not for you']);
});

test('what one asked for is not done in the name of another', async () => {
  await dashboard.start();
  await goLive();
  answers['/api/session'] = sessionOf('bob', 'u');
  answers['/do'] = { status: 200, body: {} };
  await dashboard.act('/do', {}, () => 'done');
  expect(asked.filter((a) => a.route === '/do')).toHaveLength(1);
  expect(now().user).toBe('bob');
  expect(dashboard.notices.list.get().map((n) => n.text)).toEqual([
    'Not done: bob has logged in in this browser.',
  ]);
});

test('who acts after the end of the session is told that it was not done', async () => {
  await dashboard.start();
  await goLive();
  answers['/api/session'] = answers['/do'] = kNobody;
  await dashboard.act('/do', {}, () => 'done');
  expect(now().access).toMatchObject({
    kind: 'login',
    message: 'The session is over. What you asked for was not done.',
  });
  expect(now().connections).toHaveLength(1);
});
