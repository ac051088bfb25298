// @vitest-environment jsdom
import { act } from 'preact/test-utils';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { RebalancePlan, Session } from '../src/api/types';
import { RebalanceDialog } from '../src/dialogs/rebalance_dialog';
import { mount } from './mount';
import { model } from './samples';

const session: Session = { user: 'ada', role: 'viewer', csrf_token: 't' };

beforeEach(() => {
  vi.useFakeTimers();
  // jsdom has no modal dialogs.
  HTMLDialogElement.prototype.showModal = () => {};
  HTMLDialogElement.prototype.close = () => {};
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

async function textOf(plan: Partial<RebalancePlan>) {
  const plans = [{ source: 'massive', measured: true, moves: [], loads: [], ...plan }];
  vi.stubGlobal('fetch', () => Promise.resolve(new Response(JSON.stringify({ plans }))));
  const { place } = mount(<RebalanceDialog />, model({ access: { kind: 'in', session } }));
  await act(async () => void (await vi.advanceTimersByTimeAsync(100)));
  return place.textContent;
}

test('loads are called even only once rates were measured', async () => {
  expect(await textOf({ measured: false })).toContain('Rates are not measured yet');
  expect(await textOf({ measured: true })).toContain('Nothing to move');
});
