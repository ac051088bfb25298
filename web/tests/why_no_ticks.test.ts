import { expect, test } from 'vitest';
import { whyNoTicks } from '../src/logic/why_no_ticks';
import { connection } from './samples';

const kAll = { connections: [], symbols: [], kinds: [] };

test('an empty list of ticks says why it is empty', () => {
  const c = connection(1, { config: { ticker_count: 1 } });
  expect(whyNoTicks(c, kAll, false)).toBe('No tick yet of 1 ticker');
  expect(whyNoTicks(c, kAll, true)).toMatch('paused');
  expect(whyNoTicks(c, { ...kAll, symbols: ['SPY'] }, false)).toMatch('the filter lets through');
  expect(whyNoTicks(c, { ...kAll, connections: ['connection_2'] }, false)).toMatch('Left out');
  expect(whyNoTicks(connection(1, { config: { ticker_count: 0 } }), kAll, false)).toMatch(
    'No tickers here',
  );
});

test('a connection that is down or disabled has no ticks, whatever the filter', () => {
  const down = connection(1, { status: 'error', connected: false });
  const disabled = connection(1, { enabled: false });
  for (const c of [down, disabled]) {
    expect(whyNoTicks(c, { ...kAll, kinds: ['trade'] }, false)).toBe('No ticks');
  }
});
