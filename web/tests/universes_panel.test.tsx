// @vitest-environment jsdom
import { act } from 'preact/test-utils';
import { expect, test, vi } from 'vitest';
import { kSlowTimeoutMs } from '../src/api/http';
import { UniversesPanel } from '../src/panels/universes_panel';
import type { DialogRequest } from '../src/state/dialog_request';
import { mount } from './mount';
import { model } from './samples';

const kUniverse = {
  key: 'etf:sectors',
  resolver: 'lists',
  count: 11,
  content_hash: 'abc',
  resolved_at: 900,
  stale: false,
  last_error: '',
};
const kSession = { user: 'ada', role: 'admin', csrf_token: 't' } as const;

test('a refresh has as long as the server has, and shows that it is under way', async () => {
  const { place, dashboard } = mount(
    <UniversesPanel />,
    model({ universes: [kUniverse], access: { kind: 'in', session: kSession } }),
  );
  let finish = () => {};
  const post = vi.spyOn(dashboard.api, 'post').mockImplementation(
    () => new Promise((done) => (finish = () => done({ universes: [kUniverse] } as never))),
  );
  const button = () => place.querySelector('button')!;
  button().click();
  void act(() => (dashboard.dialog.get() as DialogRequest & { kind: 'confirm' }).onConfirm());
  expect(post).toHaveBeenCalledWith('/api/admin/universes/refresh', {}, kSlowTimeoutMs);
  expect([button().disabled, button().textContent]).toEqual([true, 'Resolving, may take minutes…']);
  finish();
  await vi.waitFor(() => expect(button().textContent).toBe('Refresh…'));
  expect(dashboard.notices.list.get()[0]!.text).toBe('1 universe resolved.');
});
