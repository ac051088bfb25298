import { expect, test } from 'vitest';
import { visibleRows } from '../src/logic/visible_rows';

test('at the top', () => {
  expect(visibleRows(0, 100, 20, 10_000, 2)).toEqual({ first: 0, end: 7 });
});

test('in the middle there are spare rows on both sides', () => {
  expect(visibleRows(1000, 100, 20, 10_000, 2)).toEqual({ first: 48, end: 57 });
});

test('at the end', () => {
  expect(visibleRows(199_900, 100, 20, 10_000, 2)).toEqual({ first: 9993, end: 10_000 });
});

test('a list that has become shorter than it was scrolled draws its end, not beyond', () => {
  const { first, end } = visibleRows(5000, 100, 20, 10, 2);
  expect([first, end]).toEqual([10, 10]);
});

test('a list without rows', () => {
  expect(visibleRows(0, 100, 20, 0)).toEqual({ first: 0, end: 0 });
});

test('overscrolling above the top is the top', () => {
  expect(visibleRows(-60, 100, 20, 10, 2).first).toBe(0);
});
