// @vitest-environment jsdom
import { act } from 'preact/test-utils';
import { beforeEach, expect, test, vi } from 'vitest';
import { SubscribeDialog } from '../src/dialogs/subscribe_dialog';
import type { DialogRequest } from '../src/state/dialog_request';
import { mount } from './mount';
import { connection, model } from './samples';

// jsdom has no modal dialogs.
beforeEach(() => {
  HTMLDialogElement.prototype.showModal = () => {};
  HTMLDialogElement.prototype.close = () => {};
});

const kTwo = [
  connection(1, { source: 'massive' }),
  connection(2, { source: 'synthetic' }),
  connection(3, { source: 'replay', enabled: false, status: 'disconnected' }),
];

function show(connections = kTwo, request: Partial<DialogRequest & { kind: 'subscribe' }> = {}) {
  const { place, dashboard } = mount(
    <SubscribeDialog request={{ kind: 'subscribe', symbols: 'AMD', ...request }} />,
    model({ connections }),
  );
  const post = vi.spyOn(dashboard, 'act').mockResolvedValue(undefined);
  const form = place.querySelector('form')!;
  const submit = () =>
    void act(() => void form.dispatchEvent(new Event('submit', { cancelable: true })));
  return { dashboard, form, select: place.querySelector('select'), submit, post };
}

test('where several sources run, one of them must be chosen', () => {
  const { form, select } = show();
  expect([...select!.options].map((o) => o.text)).toEqual(['Choose one', 'massive', 'synthetic']);
  expect(form.checkValidity()).toBe(false);
  void act(() => {
    select!.value = 'synthetic';
    select!.dispatchEvent(new Event('change'));
  });
  expect(form.checkValidity()).toBe(true);
});

test("a symbol's own source is chosen already, and asked for by its name", () => {
  const { dashboard, select, submit, post } = show(kTwo, { source: 'synthetic', adds: false });
  expect(select!.value).toBe('synthetic');
  submit();
  const asked = dashboard.dialog.get() as DialogRequest & { kind: 'confirm' };
  expect(asked.title).toBe('Unsubscribe from 1 ticker of synthetic?');
  asked.onConfirm();
  expect(post.mock.calls[0]!.slice(0, 2)).toEqual([
    '/api/admin/unsubscribe',
    { tickers: ['AMD'], source: 'synthetic' },
  ]);
});

test('the only source that runs is not asked for', () => {
  const { dashboard, select, submit, post } = show([kTwo[0]!, kTwo[2]!]);
  expect(select).toBeNull();
  submit();
  (dashboard.dialog.get() as DialogRequest & { kind: 'confirm' }).onConfirm();
  expect(post.mock.calls[0]![1]).toEqual({ tickers: ['AMD'], source: 'massive' });
});
