import { expect, test } from 'vitest';
import type { Problem } from '../src/api/types';
import { verdictOf } from '../src/logic/verdict';
import { connection, model, summary } from './samples';

const problem = (text: string, change: Partial<Problem> = {}): Problem => ({
  level: 'error',
  since: 950,
  text,
  panel: 'connections',
  ...change,
});

test('before the first figures nothing is claimed', () => {
  expect(verdictOf(model({ summary: null })).level).toBe('unknown');
});

test('all well says how many are connected and how much comes', () => {
  expect(verdictOf(model())).toMatchObject({
    level: 'ok',
    headline: 'All well',
    detail: '3 of 3 connected, 300 ticks/s',
  });
});

test('disabled connections are not missed', () => {
  const connections = [connection(1), connection(2, { enabled: false, status: 'disconnected' })];
  const verdict = verdictOf(model({ connections, summary: summary([], { connected: 1 }) }));
  expect(verdict.detail).toContain('1 of 1 connected');
});

test('a single problem is the headline', () => {
  const verdict = verdictOf(model({ summary: summary([problem('primary is down')]) }));
  expect([verdict.level, verdict.headline]).toEqual(['error', 'primary is down']);
});

test('a problem begins like a sentence, unless it begins with a name', () => {
  const headlineOf = (text: string) =>
    verdictOf(model({ summary: summary([problem(text)]) })).headline;
  expect(headlineOf('the sink redis is unavailable')).toBe('The sink redis is unavailable');
  expect(headlineOf('tertiary is paused')).toBe('tertiary is paused');
});

test('of several problems errors come first, then the oldest', () => {
  const problems = [
    problem('new error', { since: 900 }),
    problem('warning', { level: 'warning', since: 100 }),
    problem('old error', { since: 800 }),
  ];
  const verdict = verdictOf(model({ summary: summary(problems) }));
  expect(verdict.headline).toBe('3 problems');
  expect(verdict.problems.map((p) => p.text)).toEqual(['old error', 'new error', 'warning']);
});

test('without a connection to the engine nothing is well', () => {
  const verdict = verdictOf(
    model({ link: { phase: 'lost', since: Date.now(), attempt: 1, retryAt: Date.now() } }),
  );
  expect(verdict.level).toBe('unknown');
  expect(verdict.headline).toContain('Not known since');
  expect(verdict.detail).toContain('before: All well');
});
