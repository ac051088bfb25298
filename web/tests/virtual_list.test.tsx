// @vitest-environment jsdom
import { act } from 'preact/test-utils';
import { beforeEach, expect, test } from 'vitest';
import { VirtualList } from '../src/components/virtual_list';
import { layOut, mount } from './mount';

beforeEach(() => layOut(200));

const list = (rowCount: number, onAway?: (isAway: boolean) => void) => (
  <VirtualList
    label="Rows"
    rowCount={rowCount}
    rowHeight={20}
    onAway={onAway}
    row={(i) => (
      <div key={i} role="listitem">
        row {i}
      </div>
    )}
  />
);
const rows = (place: Element) =>
  [...place.querySelectorAll('[role=listitem]')].map((row) => row.textContent);
const scroller = (place: Element) => place.querySelector<HTMLElement>('.virtual-list')!;
const scrollTo = (place: Element, top: number) =>
  act(() => {
    scroller(place).scrollTop = top;
    scroller(place).dispatchEvent(new Event('scroll'));
  });

test('draws the rows in sight of ten thousand, and leaves room for all', () => {
  const { place } = mount(list(10_000));
  expect(rows(place).length).toBeLessThan(20);
  expect(rows(place)[0]).toBe('row 0');
  expect(place.querySelector<HTMLElement>('.virtual-space')!.style.height).toBe('200000px');
});

test('draws other rows after scrolling', () => {
  const { place } = mount(list(10_000));
  void scrollTo(place, 100_000);
  expect(rows(place)).toContain('row 5000');
  expect(rows(place)).not.toContain('row 0');
});

test('tells when somebody leaves the first row, and when he is back', () => {
  const told: boolean[] = [];
  const { place } = mount(list(100, (isAway) => told.push(isAway)));
  for (const top of [19, 20, 400, 0]) void scrollTo(place, top);
  expect(told).toEqual([false, true, true, false]);
});
