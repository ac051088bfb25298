import { expect, test } from 'vitest';
import type { SymbolAnswer } from '../src/api/types';
import { whyQuiet } from '../src/logic/why_quiet';
import { connection, model, tick } from './samples';

const answer = (change: Partial<SymbolAnswer> = {}): SymbolAnswer => ({
  symbol: 'AAPL',
  connection_id: 'connection_1',
  connection_name: 'primary',
  last_tick: tick('AAPL', { received: 999 }),
  ...change,
});
const texts = (...args: Parameters<typeof whyQuiet>) =>
  whyQuiet(...args)
    .map((f) => f.text)
    .join('\n');

test('a symbol that no connection carries', () => {
  const text = texts(
    model(),
    answer({ connection_id: null, connection_name: null, last_tick: null }),
  );
  expect(text).toContain('No connection carries AAPL');
});

test('a symbol whose connection is down says since when and why', () => {
  const connections = [connection(1, { status: 'error', reason: 'reset by peer' })];
  expect(texts(model({ connections }), answer())).toMatch(
    /primary is in error since .*Reset by peer/,
  );
});

const gap = {
  connection_id: 'connection_1',
  connection_name: 'primary',
  from: 950,
  to: null,
  reason: 'connection lost',
  symbol_count: 1,
  symbols: ['AAPL'],
};

test('a symbol in an open gap', () => {
  expect(texts(model({ gaps: [gap] }), answer())).toContain('It is part of a gap');
  expect(texts(model({ gaps: [{ ...gap, to: 960 }] }), answer())).not.toContain('gap');
});

test('a symbol that a large gap on its connection may hold', () => {
  const large = { ...gap, symbols: ['A'], symbol_count: 500 };
  expect(texts(model({ gaps: [large] }), answer())).toContain('It may be part of a gap');
  const elsewhere = { ...large, connection_id: 'connection_2' };
  expect(texts(model({ gaps: [elsewhere] }), answer())).not.toContain('gap');
});

test('a symbol that ticks is not quiet', () => {
  expect(whyQuiet(model(), answer())[0]!.tone).toBe('ok');
});

test('a symbol of a delayed feed or a recorded day that ticks is not quiet', () => {
  const delayed = answer({ last_tick: tick('AAPL', { time: 100, received: 999 }) });
  expect(texts(model(), delayed)).toBe('Not quiet: its last tick came 1.0 s ago.');
});

test('a symbol with bars alone is not quiet between two of them', () => {
  const metrics = { messages_per_second: 0, last_update: 915, error_count: 0 };
  const m = model({ connections: [connection(1, { metrics })] });
  const bar = (received: number) => answer({ last_tick: tick('AAPL', { kind: 'bar', received }) });
  expect(texts(m, bar(915))).toContain('Not quiet');
  expect(texts(m, bar(800))).toContain('other tickers on it tick');
});

test('a symbol that never ticked', () => {
  expect(texts(model(), answer({ last_tick: null }))).toContain('no tick of AAPL has come');
});

test('a quiet symbol on a busy connection just does not trade', () => {
  const text = texts(model(), answer({ last_tick: tick('AAPL', { received: 400 }) }));
  expect(text).toContain('other tickers on it tick');
});

test('a quiet symbol on a silent connection may be out of hours', () => {
  const metrics = { messages_per_second: 0, last_update: 400, error_count: 0 };
  const text = texts(
    model({ connections: [connection(1, { metrics })] }),
    answer({ last_tick: tick('AAPL', { received: 300 }) }),
  );
  expect(text).toContain('outside trading hours');
});
