// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Dashboard } from '../src/state/dashboard';
import { FakeSocket } from './fake_socket';
import { connection, metrics, metricsOf, status, tick } from './samples';

let answers: Record<string, { status: number; body: unknown }>;
let dashboard: Dashboard;

beforeEach(() => {
  vi.useFakeTimers();
  FakeSocket.made = [];
  vi.stubGlobal('WebSocket', FakeSocket);
  answers = {
    '/api/session': { status: 200, body: { user: 'ada', role: 'admin', csrf_token: 't' } },
    '/api/admin/websocket-status?tickers=0': { status: 200, body: status([connection(1)]) },
  };
  vi.stubGlobal('fetch', (route: string) => {
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

async function goLive(): Promise<void> {
  FakeSocket.last.opens();
  FakeSocket.last.says('metrics_update', metrics({ connections: [metricsOf(connection(1))] }));
  await settle();
}

test('without a session the page asks to log in', async () => {
  answers['/api/session'] = { status: 401, body: { error: 'not logged in' } };
  await dashboard.start();
  expect(now().access).toEqual({ kind: 'login', message: '' });
  expect(FakeSocket.made).toEqual([]);
});

test('a role that may not see gets no socket', async () => {
  answers['/api/session'] = { status: 200, body: { user: 'eve', role: 'user', csrf_token: 't' } };
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

test('the end of the session leads to the log-in with its reason', async () => {
  await dashboard.start();
  await goLive();
  FakeSocket.last.says('session_ended', { reason: 'logged out elsewhere' });
  FakeSocket.last.closes(4401);
  expect(now().access).toEqual({ kind: 'login', message: 'logged out elsewhere' });
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
  FakeSocket.last.closes(4401);
  answers['/api/login'] = { status: 200, body: { user: 'bob', role: 'viewer', csrf_token: 'u' } };
  await dashboard.login('bob', 'secret');
  expect(now().connections).toEqual([]);
  expect(dashboard.tape.ring('connection_1').length).toBe(0);
});

test('the same user finds everything as it was', async () => {
  await dashboard.start();
  await goLive();
  FakeSocket.last.closes(4401);
  answers['/api/login'] = answers['/api/session']!;
  await dashboard.login('ada', 'secret');
  expect(now().connections).toHaveLength(1);
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
