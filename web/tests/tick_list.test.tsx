// @vitest-environment jsdom
import { act } from 'preact/test-utils';
import { beforeEach, expect, test } from 'vitest';
import { TickList } from '../src/cards/tick_list';
import { layOut, mount } from './mount';
import { connection, tick } from './samples';

beforeEach(() => layOut(200));

const c = connection(1);

function show() {
  const { place, dashboard, draw } = mount(<TickList connection={c} />);
  const come = (...symbols: string[]) => {
    dashboard.tape.add({ ticks: symbols.map((s) => tick(s)), seen: symbols.length });
    void draw(<TickList connection={{ ...c }} />);
  };
  const redraw = () => void draw(<TickList connection={{ ...c }} />);
  const scroller = place.querySelector<HTMLElement>('.tick-list')!;
  const scrollTo = (top: number) =>
    void act(() => {
      scroller.scrollTop = top;
      scroller.dispatchEvent(new Event('scroll'));
    });
  const rows = () =>
    [...place.querySelectorAll('[role=listitem] .tick-symbol')].map((s) => s.textContent);
  const button = () => place.querySelector<HTMLButtonElement>('.ticks-fresh');
  return { dashboard, come, redraw, scroller, scrollTo, rows, button };
}

test('at the top the newest tick is always the first', () => {
  const list = show();
  list.come('A');
  list.come('B', 'C');
  expect(list.rows()).toEqual(['C', 'B', 'A']);
  expect(list.button()).toBeNull();
});

test('who has scrolled down keeps what he reads, however much comes, and is told how much', () => {
  const list = show();
  list.come('A', 'B', 'C');
  list.scrollTo(20);
  for (let i = 0; i < 300; i++) list.come('NEW');
  expect(list.rows()).toEqual(['C', 'B', 'A']);
  expect(list.button()!.textContent).toBe('300 new');
});

test('the button leads back to the newest, and gives the focus to the list', () => {
  const list = show();
  list.come('A', 'B');
  list.scrollTo(20);
  list.come('C');
  void act(() => list.button()!.click());
  expect(list.scroller.scrollTop).toBe(0);
  expect(list.rows()).toEqual(['C', 'B', 'A']);
  expect(list.button()).toBeNull();
  expect(document.activeElement).toBe(list.scroller);
});

test('who scrolls back by himself sees the newest again', () => {
  const list = show();
  list.come('A', 'B');
  list.scrollTo(20);
  list.come('C');
  list.scrollTo(0);
  expect(list.rows()[0]).toBe('C');
});

test('what is cleared goes, also while somebody reads', () => {
  const list = show();
  list.come('A', 'B');
  list.scrollTo(20);
  list.dashboard.clear();
  list.redraw();
  expect(list.rows()).toEqual([]);
});

test('what the filter leaves out goes, and what is left stays', () => {
  const list = show();
  list.come('A', 'B', 'A');
  list.scrollTo(20);
  list.dashboard.setFilter({ connections: [], kinds: [], symbols: ['A'] });
  list.redraw();
  list.come('A');
  expect(list.rows()).toEqual(['A', 'A']);
  expect(list.button()!.textContent).toBe('1 new');
});
