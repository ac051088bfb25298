// @vitest-environment jsdom
import { act } from 'preact/test-utils';
import { expect, test, vi } from 'vitest';
import { StreamFilter } from '../src/shell/stream_filter';
import { kNoFilter } from '../src/state/view_sync';
import { mount } from './mount';
import { model } from './samples';

function show() {
  const { place, dashboard } = mount(<StreamFilter />, model());
  const input = place.querySelector<HTMLInputElement>('.filter-symbols input')!;
  const type = (text: string) => {
    void act(() => {
      input.value = text;
      input.dispatchEvent(new Event('input'));
    });
    void act(() => void place.querySelector('form')!.dispatchEvent(new Event('submit')));
  };
  return { place, dashboard, input, type };
}

test('the symbols that are typed are chosen', () => {
  const { dashboard, type } = show();
  type('aapl, nvda');
  expect(dashboard.view.get().symbols).toEqual(['AAPL', 'NVDA']);
});

test('more symbols than the server takes are not chosen, and it is said at the field', () => {
  const { place, dashboard, input, type } = show();
  type('AAPL');
  type(Array.from({ length: 1001 }, (_, i) => `S${i}`).join(' '));
  expect(dashboard.view.get().symbols).toEqual(['AAPL']);
  expect(place.querySelector('[role=status]')!.textContent).toBe(
    'At most 1,000 symbols: these are 1,001. The filter stays as it was.',
  );
  expect(input.getAttribute('aria-invalid')).toBe('true');
});

test('what is chosen elsewhere is shown in the field', async () => {
  const { dashboard, input } = show();
  dashboard.setFilter({ ...kNoFilter, symbols: ['TSLA'] });
  await vi.waitFor(() => expect(input.value).toBe('TSLA'));
});

test('kinds that a feed does not have are not offered', () => {
  const { place } = show();
  const labels = [...place.querySelectorAll('.choice')].map((c) => c.textContent);
  expect(labels).toContain('trade');
  expect(labels).not.toContain('gap');
});

test('who is quicker than the page is drawn gets what he typed', () => {
  const { place, dashboard, input } = show();
  input.value = 'MSFT';
  input.dispatchEvent(new Event('input'));
  place.querySelector('form')!.dispatchEvent(new Event('submit'));
  expect(dashboard.view.get().symbols).toEqual(['MSFT']);
});
