import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Backoff } from '../src/live/backoff';
import { LiveSocket, type LinkState } from '../src/live/live_socket';
import { FakeSocket } from './fake_socket';
import { metrics } from './samples';

let links: LinkState[];
let over: string[];
let messages: string[];
let sessionIsOver: boolean;
let tooLarge: number;
let socket: LiveSocket;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('WebSocket', FakeSocket);
  FakeSocket.made = [];
  links = [];
  over = [];
  messages = [];
  sessionIsOver = false;
  tooLarge = 0;
  socket = new LiveSocket(
    'ws://engine/admin-ws',
    {
      onMessage: (message) => messages.push(message.event),
      onLink: (link) => links.push(link),
      isSessionOver: () => Promise.resolve(sessionIsOver),
      onSessionOver: (reason) => over.push(reason),
      onTooLarge: () => (tooLarge += 1),
    },
    new Backoff(500, 10_000, () => 1),
  );
  socket.start();
});

afterEach(() => {
  socket.stop();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const phases = () => links.map((l) => l.phase);
const goLive = () => {
  FakeSocket.last.opens();
  FakeSocket.last.says('metrics_update', metrics());
};

test('is live from the first figures on, not from the handshake on', () => {
  FakeSocket.last.opens();
  expect(phases()).toEqual(['connecting']);
  FakeSocket.last.says('metrics_update', metrics());
  expect(phases()).toEqual(['connecting', 'live']);
});

test('a lost socket is opened again after the backoff, and is live again', () => {
  goLive();
  FakeSocket.last.closes();
  expect(links.at(-1)).toMatchObject({ phase: 'lost', attempt: 1, retryAt: Date.now() + 500 });
  vi.advanceTimersByTime(499);
  expect(FakeSocket.made).toHaveLength(1);
  vi.advanceTimersByTime(1);
  expect(FakeSocket.made).toHaveLength(2);
  goLive();
  expect(phases()).toEqual(['connecting', 'live', 'lost', 'live']);
});

test('waits longer with every attempt, and remembers since when it is lost', () => {
  goLive();
  const lostAt = Date.now();
  for (const wait of [500, 1000, 2000]) {
    FakeSocket.last.closes();
    expect(links.at(-1)).toMatchObject({ since: lostAt, retryAt: Date.now() + wait });
    vi.advanceTimersByTime(wait);
  }
});

/** The figures of as many seconds. */
const goOn = (seconds: number) => {
  for (let i = 0; i < seconds; i++) {
    vi.advanceTimersByTime(1_000);
    FakeSocket.last.says('metrics_update', metrics());
  }
};

test('once it was live again for a while, the waits begin anew', () => {
  goLive();
  for (const wait of [500, 1000, 2000]) {
    FakeSocket.last.closes();
    vi.advanceTimersByTime(wait);
  }
  goLive();
  goOn(10);
  FakeSocket.last.closes();
  expect(links.at(-1)).toMatchObject({ attempt: 1, since: Date.now(), retryAt: Date.now() + 500 });
});

test('a server that closes again and again is asked less and less often', () => {
  for (const wait of [500, 1000, 2000, 4000, 8000, 10_000, 10_000]) {
    goLive();
    FakeSocket.last.closes(1009);
    expect(links.at(-1)).toMatchObject({ phase: 'lost', retryAt: Date.now() + wait });
    vi.advanceTimersByTime(wait);
  }
  expect(tooLarge).toBe(7);
});

test('a socket that says nothing for five seconds is dead', () => {
  goLive();
  const silent = FakeSocket.last;
  vi.advanceTimersByTime(5_000);
  expect(phases().at(-1)).toBe('live');
  vi.advanceTimersByTime(1_000);
  expect(phases().at(-1)).toBe('lost');
  expect(silent.readyState).toBe(3);
});

test('a socket that keeps talking stays', () => {
  goLive();
  for (let i = 0; i < 60; i++) {
    vi.advanceTimersByTime(1_000);
    FakeSocket.last.says('metrics_update', metrics());
  }
  expect(FakeSocket.made).toHaveLength(1);
});

test('a dead socket that closes late does not disturb its successor', () => {
  goLive();
  const old = FakeSocket.last;
  vi.advanceTimersByTime(7_000);
  goLive();
  old.closes();
  expect(phases().at(-1)).toBe('live');
});

test('trying now does not wait', () => {
  goLive();
  FakeSocket.last.closes();
  socket.retryNow();
  expect(FakeSocket.made).toHaveLength(2);
  vi.advanceTimersByTime(4_000);
  expect(FakeSocket.made).toHaveLength(2);
});

test('the end of the session is final and has a reason', () => {
  goLive();
  FakeSocket.last.says('session_ended', { reason: 'expired' });
  FakeSocket.last.closes(4401);
  vi.advanceTimersByTime(60_000);
  expect([over, FakeSocket.made.length]).toEqual([['expired'], 1]);
});

test('a refused handshake asks by HTTP whether the session is over', async () => {
  sessionIsOver = true;
  FakeSocket.last.closes();
  await vi.advanceTimersByTimeAsync(0);
  await vi.advanceTimersByTimeAsync(60_000);
  expect([over.length, FakeSocket.made.length]).toEqual([1, 1]);
});

test('a refused handshake of a good session is tried again', async () => {
  FakeSocket.last.closes();
  await vi.advanceTimersByTimeAsync(500);
  expect([over.length, FakeSocket.made.length]).toEqual([0, 2]);
});

test('nonsense is passed over', () => {
  FakeSocket.last.opens();
  FakeSocket.last.onmessage?.({ data: '{"event":' });
  expect(messages).toEqual([]);
});

test('nothing is sent into a socket that is not open', () => {
  expect(socket.send({ event: 'ping', data: { t: 1 } })).toBe(false);
  FakeSocket.last.opens();
  expect(socket.send({ event: 'ping', data: { t: 1 } })).toBe(true);
  expect(FakeSocket.last.sent).toEqual(['{"event":"ping","data":{"t":1}}']);
});

test('after stop nothing happens any more', () => {
  goLive();
  socket.stop();
  vi.advanceTimersByTime(60_000);
  expect(FakeSocket.made).toHaveLength(1);
});
