import { expect, test } from 'vitest';
import { nextTry, sinceOf, stateOf, whyNot } from '../src/logic/connection_state';
import { connection } from './samples';

test.each([
  [{}, 'ok', 'connected'],
  [{ status: 'connecting' }, 'warning', 'connecting'],
  [{ status: 'error' }, 'error', 'error'],
  [{ status: 'disconnected' }, 'error', 'disconnected'],
  [{ status: 'error', stale: true }, 'error', 'silent'],
  [{ status: 'error', evicted: true }, 'error', 'evicted'],
  [{ status: 'error', evicted: true, stale: true }, 'error', 'silent'],
  [{ status: 'connecting', evicted: true }, 'warning', 'connecting'],
  [{ status: 'connected', evicted: true }, 'ok', 'connected'],
  [{ status: 'connected', paused: true }, 'warning', 'pausing'],
  [{ status: 'disconnected', paused: true }, 'off', 'paused'],
  [{ status: 'disconnected', enabled: false }, 'off', 'disabled'],
] as const)('%o looks %s and says %s', (change, tone, word) => {
  expect(stateOf(connection(1, change))).toEqual({ tone, word });
});

test('a connection that is well needs no reason and no attempt', () => {
  expect(whyNot(connection(1))).toBe('');
  expect(nextTry(connection(1, { next_attempt: 1012 }), 1000)).toBe('');
});

test('one that is lost says why, and when it is tried again', () => {
  const c = connection(1, { status: 'error', reason: 'reset by peer', next_attempt: 1012.2 });
  expect(whyNot(c)).toBe('Reset by peer.');
  expect(nextTry(c, 1000)).toMatch(/^Next try at .*, in 13 s\.$/);
  expect(nextTry(c, 1013)).toBe('Trying again now.');
});

test('one that was taken for dead says how long it was silent', () => {
  const reason = 'silent for 26.0 s where ticks were due: taken for dead';
  expect(whyNot(connection(1, { status: 'error', stale: true, reason }))).toBe(
    'Silent for 26.0 s where ticks were due: taken for dead.',
  );
});

test('one that pauses says what it waits for, and not since when it was connected', () => {
  const c = connection(1, { paused: true });
  expect(whyNot(c)).toBe('It stays connected until its tickers have moved.');
  expect(sinceOf(c)).toBe(0);
});

test('one that streams again after an eviction needs no reason', () => {
  expect(whyNot(connection(1, { evicted: true }))).toBe('');
});

test('the last error stands in for a missing reason', () => {
  expect(whyNot(connection(1, { status: 'error', last_error: 'timed out' }))).toBe('Timed out.');
});

test('who is paused or disabled is not tried again', () => {
  const change = { status: 'disconnected', next_attempt: 1012 } as const;
  expect(nextTry(connection(1, { ...change, paused: true }), 1000)).toBe('');
  expect(nextTry(connection(1, { ...change, enabled: false }), 1000)).toBe('');
});

test('a quotation that ends with a stop needs no other', () => {
  const why = whyNot(connection(1, { status: 'error', reason: 'it says "too many."' }));
  expect(why).toBe('It says "too many."');
});

test('an outage is dated over all attempts to end it', () => {
  expect(sinceOf(connection(1, { status: 'connecting', status_since: 990, down_since: 900 }))).toBe(900);
  expect(sinceOf(connection(1, { status_since: 990, down_since: 0 }))).toBe(990);
});
