// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Store } from '../src/state/store';

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('who listens is told once of what changes within a frame', () => {
  const store = new Store(0);
  const heard: number[] = [];
  store.subscribe(() => heard.push(store.get()));
  store.update(() => 1);
  store.update(() => 2);
  vi.advanceTimersByTime(1_000);
  expect(heard).toEqual([2]);
});

test('who listens is told in a hidden page, where no frame comes', () => {
  vi.stubGlobal('requestAnimationFrame', () => 0);
  const store = new Store(0);
  const heard: number[] = [];
  store.subscribe(() => heard.push(store.get()));
  for (const value of [1, 2]) {
    store.update(() => value);
    vi.advanceTimersByTime(1_000);
  }
  expect(heard).toEqual([1, 2]);
});
