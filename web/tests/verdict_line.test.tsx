// @vitest-environment jsdom
import { expect, test } from 'vitest';
import { VerdictLine } from '../src/shell/verdict_line';
import { mount } from './mount';
import { model, summary } from './samples';

const down = {
  level: 'error',
  since: 900,
  text: 'primary is down: reset by peer',
  connection_id: 'connection_1',
} as const;
const full = {
  level: 'warning',
  since: 940,
  text: 'redis: queue 62 % full',
  sink: 'redis',
} as const;

test('all well, in one line', () => {
  const { place } = mount(<VerdictLine />, model());
  expect(place.querySelector('h1')!.textContent).toBe('All well3 of 3 connected, 300 ticks/s');
  expect(place.querySelector('.problems')).toBeNull();
});

test('a single problem is the line, with its time, and leads to its card', () => {
  const { place } = mount(<VerdictLine />, model({ summary: summary([down]) }));
  expect(place.querySelector('.verdict')!.getAttribute('data-level')).toBe('error');
  expect(place.querySelector('h1 a')!.getAttribute('href')).toBe('#connection_1');
  expect(place.querySelector('h1')!.textContent).toMatch(/primary is down.*since .*\(1 min\)/);
});

test('several problems are listed', () => {
  const { place } = mount(<VerdictLine />, model({ summary: summary([full, down]) }));
  expect(place.querySelector('.verdict-headline')!.textContent).toBe('2 problems');
  const links = [...place.querySelectorAll('.problems a')].map((a) => a.getAttribute('href'));
  expect(links).toEqual(['#connection_1', '#sinks-title']);
});

test('what is read aloud does not change with the figures', () => {
  const spoken = (ticks: number) => {
    const m = model();
    m.connections[0]!.metrics.messages_per_second = ticks;
    return mount(<VerdictLine />, m).place.querySelector('[role=status]')!.textContent;
  };
  expect(spoken(1)).toBe(spoken(5000));
});
