// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { SessionWatch } from '../src/state/session_watch';

const look = vi.fn();
let watch: SessionWatch;

beforeEach(() => {
  vi.useFakeTimers();
  look.mockClear();
  hide(false);
  watch = new SessionWatch(look);
  watch.start();
});

afterEach(() => {
  watch.stop();
  vi.useRealTimers();
});

function hide(hidden: boolean): void {
  Object.defineProperty(document, 'hidden', { configurable: true, value: hidden });
}

test('looks every few seconds while somebody may see the page', () => {
  vi.advanceTimersByTime(9_000);
  expect(look).toHaveBeenCalledTimes(3);
  hide(true);
  vi.advanceTimersByTime(9_000);
  expect(look).toHaveBeenCalledTimes(3);
});

test('looks at once when somebody comes back', () => {
  hide(true);
  document.dispatchEvent(new Event('visibilitychange'));
  expect(look).not.toHaveBeenCalled();
  hide(false);
  document.dispatchEvent(new Event('visibilitychange'));
  window.dispatchEvent(new Event('focus'));
  expect(look).toHaveBeenCalledTimes(2);
});

test('looks no more once it is stopped', () => {
  watch.stop();
  vi.advanceTimersByTime(9_000);
  window.dispatchEvent(new Event('focus'));
  expect(look).not.toHaveBeenCalled();
});
