// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Activity } from '../src/state/activity';

const tell = vi.fn();
let activity: Activity;

beforeEach(() => {
  vi.useFakeTimers();
  tell.mockClear();
  activity = new Activity(tell);
  activity.start();
});

afterEach(() => {
  activity.stop();
  vi.useRealTimers();
});

const press = () => document.body.dispatchEvent(new Event('keydown', { bubbles: true }));

test('tells of use at once, then every few seconds while it lasts', () => {
  for (let i = 0; i < 10; ++i) {
    press();
    vi.advanceTimersByTime(1_000);
  }
  expect(tell).toHaveBeenCalledTimes(2);
});

test('tells nothing where nobody does anything, nor after it is stopped', () => {
  vi.advanceTimersByTime(60_000);
  activity.stop();
  press();
  expect(tell).not.toHaveBeenCalled();
});
