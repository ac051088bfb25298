import { describe, expect, test } from 'vitest';
import * as format from '../src/logic/format';

test.each([
  [0, '0'],
  [9_999, '9,999'],
  [12_345, '12.3 k'],
  [999_999, '1.00 M'],
  [1_234_567, '1.23 M'],
  [12_345_678_901, '12.3 G'],
  [-45_000, '-45.0 k'],
])('compact %d is %s', (value, text) => expect(format.compact(value)).toBe(text));

test.each([
  [0, '0'],
  [3.14, '3.1'],
  [99.94, '99.9'],
  [1234.5, '1,235'],
])('rate %d is %s', (value, text) => expect(format.rate(value)).toBe(text));

test.each([
  [178.2, '178.20'],
  [178.2345, '178.2345'],
  [1234567, '1,234,567.00'],
  [0.000123, '0.000123'],
  [0, '0.00'],
  [-0.5, '-0.50'],
  [null, '–'],
])('price %s is %s', (value, text) => expect(format.price(value)).toBe(text));

test.each([
  [-3, '0.0 s'],
  [3.21, '3.2 s'],
  [59.9, '59 s'],
  [125, '2 min'],
  [7500, '2 h 5 min'],
  [7200, '2 h'],
  [100_000, '1 d 3 h'],
])('duration of %d s is %s', (value, text) => expect(format.duration(value)).toBe(text));

test('a whole duration has no tenths', () => expect(format.duration(3.9, true)).toBe('3 s'));

test.each([
  [0.834, '0.83 ms'],
  [12.34, '12.3 ms'],
  [1234, '1,234 ms'],
  [12_345, '12.3 s'],
  [null, '–'],
])('latency of %s ms is %s', (value, text) => expect(format.milliseconds(value)).toBe(text));

describe('times', () => {
  const noon = new Date(2026, 4, 6, 12, 3, 4).getTime() / 1000;

  test('today has no date', () => expect(format.clock(noon, noon + 60)).toBe('12:03:04'));

  test('another day has its date', () =>
    expect(format.clock(noon, noon + 86_400)).toBe('2026-05-06 12:03:04'));

  test('never is a dash', () => expect([format.clock(0), format.age(0, 5)]).toEqual(['–', '–']));
});

test('plural', () => {
  expect([format.plural(1, 'ticker'), format.plural(10_000, 'ticker')]).toEqual([
    '1 ticker',
    '10,000 tickers',
  ]);
});

test.each([
  [0, '0'],
  [300, '300'],
  [999.6, '1.0k'],
  [1_234, '1.2k'],
  [9_960, '10k'],
  [999_499, '999k'],
  [999_600, '1.0M'],
  [12.345, '12.3'],
  [0.00125, '0.0013'],
])('short %d is %s', (value, text) => expect(format.short(value)).toBe(text));
