import { expect, test } from 'vitest';
import { stateOf, whyNot } from '../src/logic/connection_state';
import { connection } from './samples';

test.each([
  [{}, 'ok', 'connected'],
  [{ stale: true }, 'warning', 'silent'],
  [{ status: 'connecting' }, 'warning', 'connecting'],
  [{ status: 'error' }, 'error', 'error'],
  [{ status: 'disconnected' }, 'error', 'disconnected'],
  [{ status: 'error', evicted: true }, 'error', 'evicted'],
  [{ status: 'disconnected', paused: true }, 'off', 'paused'],
  [{ status: 'disconnected', enabled: false }, 'off', 'disabled'],
] as const)('%o looks %s and says %s', (change, tone, word) => {
  expect(stateOf(connection(1, change))).toEqual({ tone, word });
});

test('a connection that is well needs no reason', () => {
  expect(whyNot(connection(1), 1000)).toBe('');
});

test('the reason comes with the next attempt', () => {
  const why = whyNot(
    connection(1, { status: 'error', reason: 'reset by peer', next_attempt: 1012.2 }),
    1000,
  );
  expect(why).toMatch(/^Reset by peer\. Next try at .*, in 13 s\.$/);
});

test('the last error stands in for a missing reason', () => {
  const why = whyNot(connection(1, { status: 'error', last_error: 'timed out' }), 1000);
  expect(why).toBe('Timed out.');
});

test('who is paused is not tried again', () => {
  const why = whyNot(
    connection(1, { status: 'disconnected', paused: true, next_attempt: 1012 }),
    1000,
  );
  expect(why).not.toContain('Next try');
});

test('a quotation that ends with a stop needs no other', () => {
  const why = whyNot(connection(1, { status: 'error', reason: 'it says "too many."' }), 1000);
  expect(why).toBe('It says "too many."');
});
