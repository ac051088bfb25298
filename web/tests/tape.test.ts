import { expect, test } from 'vitest';
import { kTicksHeld, kTicksPerConnection, Tape } from '../src/state/tape';
import { tick } from './samples';

const symbols = (tape: Tape, id = 'connection_1') =>
  tape
    .ring(id)
    .toArray()
    .map((t) => t.symbol);

test('a tick goes to its own connection', () => {
  const tape = new Tape();
  tape.add({ ticks: [tick('AAPL'), tick('JPM', { connection_id: 'connection_2' })], seen: 2 });
  expect([symbols(tape), symbols(tape, 'connection_2')]).toEqual([['AAPL'], ['JPM']]);
});

test('ticks of one update are put in the order of their times', () => {
  const tape = new Tape();
  tape.add({ ticks: [tick('B', { time: 2 }), tick('A', { time: 1 })], seen: 2 });
  expect(symbols(tape)).toEqual(['A', 'B']);
});

test('while paused, ticks are held and counted; resuming shows them', () => {
  const tape = new Tape();
  tape.pause();
  tape.add({ ticks: [tick('AAPL')], seen: 40 });
  expect([symbols(tape), tape.heldCount, tape.seenWhilePaused]).toEqual([[], 1, 40]);
  tape.resume();
  expect([symbols(tape), tape.heldCount, tape.seenWhilePaused]).toEqual([['AAPL'], 0, 0]);
});

test('a long pause holds a bounded number and says how many it let go', () => {
  const tape = new Tape();
  tape.pause();
  for (let i = 0; i < kTicksHeld + 25; i++) tape.add({ ticks: [tick(`S${i}`)], seen: 1 });
  expect([tape.heldCount, tape.forgotten]).toEqual([kTicksHeld, 25]);
});

test('hours of ticks keep a bounded number', () => {
  const tape = new Tape();
  for (let i = 0; i < 50_000; i++) tape.add({ ticks: [tick('AAPL')], seen: 1 });
  expect(tape.ring('connection_1').length).toBe(kTicksPerConnection);
});

test('clear forgets what is shown and what is held', () => {
  const tape = new Tape();
  tape.add({ ticks: [tick('AAPL')], seen: 1 });
  tape.pause();
  tape.add({ ticks: [tick('NVDA')], seen: 1 });
  tape.clear();
  tape.resume();
  expect(symbols(tape)).toEqual([]);
});

test('a new filter drops what does not fit it', () => {
  const tape = new Tape();
  tape.add({ ticks: [tick('AAPL'), tick('NVDA'), tick('AAPL', { kind: 'bar' })], seen: 3 });
  tape.retain({ connections: [], symbols: ['AAPL'], kinds: ['trade'] });
  expect(symbols(tape)).toEqual(['AAPL']);
});

test('connections that are gone take their ticks along', () => {
  const tape = new Tape();
  tape.add({ ticks: [tick('AAPL')], seen: 1 });
  tape.keepConnections(new Set(['connection_2']));
  expect(symbols(tape)).toEqual([]);
});
