// @vitest-environment jsdom
import { act } from 'preact/test-utils';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Session } from '../src/api/types';
import { useAnswer } from '../src/state/use_answer';
import { mount } from './mount';
import { model } from './samples';

const session: Session = { user: 'ada', role: 'viewer', csrf_token: 't' };
let isBackground: boolean[];

beforeEach(() => {
  vi.useFakeTimers();
  isBackground = [];
  vi.stubGlobal('fetch', (_route: string, init: { headers: Record<string, string> }) => {
    isBackground.push('X-Feedmux-Background' in init.headers);
    return Promise.resolve(new Response(JSON.stringify({ asked: isBackground.length })));
  });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function Shown({ periodMs }: { periodMs?: number }) {
  const { answer, error } = useAnswer<{ asked: number }>('/x', periodMs);
  return <p>{error || (answer ? `asked ${answer.asked}` : 'asking')}</p>;
}

const pass = (ms: number) => act(async () => void (await vi.advanceTimersByTimeAsync(ms)));

test('the user asks once; from then on the page does by itself', async () => {
  const { place } = mount(
    <Shown periodMs={1_000} />,
    model({ access: { kind: 'in', session } }),
  );
  await pass(2_500);
  expect(isBackground).toEqual([false, true, true]);
  expect(place.textContent).toBe('asked 3');
});

test('without a period it is asked once', async () => {
  mount(<Shown />, model({ access: { kind: 'in', session } }));
  await pass(5_000);
  expect(isBackground).toEqual([false]);
});

test('nothing is asked while nobody is logged in, and anew after a log-in', async () => {
  const { dashboard } = mount(
    <Shown periodMs={1_000} />,
    model({ access: { kind: 'login', message: '', isOutage: false } }),
  );
  await pass(3_000);
  expect(isBackground).toEqual([]);
  dashboard.model.update((m) => ({ ...m, access: { kind: 'in', session } }));
  await pass(500);
  expect(isBackground).toEqual([false]);
});
