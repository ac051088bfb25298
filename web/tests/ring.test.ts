import { expect, test } from 'vitest';
import { Ring } from '../src/state/ring';

function filled(capacity: number, count: number): Ring<number> {
  const ring = new Ring<number>(capacity);
  for (let i = 1; i <= count; i++) ring.push(i);
  return ring;
}

test('a ring that is not full keeps everything', () => {
  expect(filled(5, 3).toArray()).toEqual([1, 2, 3]);
});

test('a full ring drops the oldest', () => {
  expect(filled(3, 8).toArray()).toEqual([6, 7, 8]);
});

test('push says whether something had to go', () => {
  const ring = new Ring<number>(1);
  expect([ring.push(1), ring.push(2)]).toEqual([false, true]);
});

test('newest counts back from the last that was pushed', () => {
  const ring = filled(3, 8);
  expect([ring.newest(0), ring.newest(2), ring.newest(3)]).toEqual([8, 6, undefined]);
});

test('retain keeps the order, and later pushes go on', () => {
  const ring = filled(4, 6);
  ring.retain((n) => n % 2 === 0);
  for (const n of [7, 8, 9]) ring.push(n);
  expect(ring.toArray()).toEqual([6, 7, 8, 9]);
});

test('pushed counts what has gone too', () => {
  expect(filled(2, 7).pushed).toBe(7);
});
