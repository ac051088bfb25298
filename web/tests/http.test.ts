import { afterEach, expect, test, vi } from 'vitest';
import { Api, ApiError, kSlowTimeoutMs } from '../src/api/http';

interface Call {
  route: string;
  init: RequestInit & { headers: Record<string, string> };
}
let calls: Call[] = [];

function answerWith(...answers: Response[]): Api {
  calls = [];
  vi.stubGlobal('fetch', (route: string, init: Call['init']) => {
    calls.push({ route, init });
    return Promise.resolve(answers.shift()!);
  });
  return new Api();
}

const json = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers });
const session = { user: 'ada', role: 'admin', csrf_token: 'token' };

afterEach(() => vi.unstubAllGlobals());

test('actions carry the token of the log-in', async () => {
  const api = answerWith(json(200, session), json(200, { ok: true }));
  await api.login('ada', 'secret');
  await api.post('/api/admin/subscribe', { tickers: ['AAPL'] });
  expect(calls[1]!.init.headers['X-CSRF-Token']).toBe('token');
  expect(calls[1]!.init.body).toBe('{"tickers":["AAPL"]}');
});

test('questions carry no token', async () => {
  const api = answerWith(json(200, session), json(200, {}));
  await api.session('user');
  await api.get('/api/admin/ledger', 'user');
  expect(calls[1]!.init.headers).not.toHaveProperty('X-CSRF-Token');
});

test('what the page asks for by itself is marked, what its user asks for is not', async () => {
  const api = answerWith(json(200, session), json(200, {}), json(200, {}), json(200, session));
  await api.session('page');
  await api.get('/api/admin/ledger', 'user');
  await api.post('/api/admin/subscribe', { tickers: ['AAPL'] });
  await api.login('ada', 'secret');
  expect(calls.map((c) => c.init.headers['X-Feedmux-Background'])).toEqual([
    '1',
    undefined,
    undefined,
    undefined,
  ]);
});

test("a refusal comes with the server's words", async () => {
  const api = answerWith(json(409, { error: 'connection_1 is disabled' }));
  await expect(api.post('/x')).rejects.toMatchObject({
    status: 409,
    message: 'connection_1 is disabled',
  });
});

test('too many log-ins say how long to wait', async () => {
  const api = answerWith(json(429, { error: 'too many' }, { 'Retry-After': '30' }));
  await expect(api.login('a', 'b')).rejects.toMatchObject({ status: 429, retryAfter: 30 });
});

test('a refusal that is no JSON says its status', async () => {
  const api = answerWith(new Response('<html>', { status: 502, statusText: 'Bad Gateway' }));
  await expect(api.get('/x', 'user')).rejects.toMatchObject({
    message: 'The server answered 502 Bad Gateway',
  });
});

test('what may take long is given more time', async () => {
  vi.useFakeTimers();
  vi.stubGlobal(
    'fetch',
    (_route: string, { signal }: RequestInit) =>
      new Promise((_answer, refuse) =>
        signal!.addEventListener('abort', () => refuse(new DOMException('late', 'AbortError'))),
      ),
  );
  const ended: string[] = [];
  const ask = (name: string, timeoutMs?: number) =>
    new Api().post('/x', {}, timeoutMs).catch((e: Error) => ended.push(`${name}: ${e.message}`));
  void ask('quick');
  void ask('slow', kSlowTimeoutMs);
  await vi.advanceTimersByTimeAsync(120_000);
  expect(ended).toEqual(['quick: The engine did not answer in time.']);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(ended).toHaveLength(2);
  vi.useRealTimers();
});

test('an engine that is not there is status 0', async () => {
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('failed')));
  await expect(new Api().get('/x', 'user')).rejects.toEqual(
    new ApiError(0, 'The engine cannot be reached.'),
  );
});

test('an answer without content is fine', async () => {
  const api = answerWith(new Response(null, { status: 204 }));
  await expect(api.post('/api/logout')).resolves.toBeUndefined();
});
