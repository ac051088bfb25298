import { expect, test } from 'vitest';
import { Series } from '../src/state/series';

test('keeps the last points only', () => {
  const series = new Series(3);
  for (let t = 1; t <= 10; t++) series.push(t, t * 10);
  expect(series.data()).toEqual([
    [8, 9, 10],
    [80, 90, 100],
  ]);
});

test('a hole in time is a point without a value', () => {
  const series = new Series(10);
  series.push(1, 5);
  series.push(9, 6);
  expect(series.data()).toEqual([
    [1, 2, 9],
    [5, null, 6],
  ]);
});

test('a point that is not newer is passed over, for a plot needs rising times', () => {
  const series = new Series(10);
  series.push(5, 1);
  series.push(5, 2);
  series.push(4, 3);
  expect(series.length).toBe(1);
});
