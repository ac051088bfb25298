import { expect, test } from 'vitest';
import { Backoff } from '../src/live/backoff';

const waits = (backoff: Backoff, n: number) => Array.from({ length: n }, () => backoff.nextMs());

test('doubles up to the longest wait', () => {
  expect(waits(new Backoff(500, 10_000, () => 1), 7)).toEqual([
    500, 1000, 2000, 4000, 8000, 10_000, 10_000,
  ]);
});

test('each wait lies in its upper half', () => {
  expect(waits(new Backoff(500, 10_000, () => 0), 3)).toEqual([250, 500, 1000]);
});

test('begins anew after a reset', () => {
  const backoff = new Backoff(500, 10_000, () => 1);
  waits(backoff, 5);
  backoff.reset();
  expect(backoff.nextMs()).toBe(500);
});

test('stays at the longest wait for ever', () => {
  const backoff = new Backoff(500, 10_000, () => 1);
  expect(waits(backoff, 5000).at(-1)).toBe(10_000);
});
