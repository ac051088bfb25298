// @vitest-environment jsdom
import { expect, test, vi } from 'vitest';
import { VerdictLine } from '../src/shell/verdict_line';
import { mount } from './mount';
import { model, summary } from './samples';

const down = {
  level: 'error',
  since: 900,
  text: 'primary is down: reset by peer',
  panel: 'connections',
  connection_id: 'connection_1',
} as const;
const full = {
  level: 'warning',
  since: 940,
  text: 'redis: queue 62 % full',
  panel: 'sinks',
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
  expect(links).toEqual(['#connection_1', '#panel-sinks']);
});

test('each problem leads to the panel that tells more', () => {
  const panels = ['connections', 'universes', 'events', 'ledger'] as const;
  const problems = panels.map((panel) => ({ ...full, text: `of ${panel}`, sink: null, panel }));
  const { place } = mount(<VerdictLine />, model({ summary: summary(problems) }));
  const links = [...place.querySelectorAll('.problems a')].map((a) => a.getAttribute('href'));
  expect(links).toEqual(panels.map((panel) => `#panel-${panel}`));
});

test('a problem that nobody can date has no time', () => {
  const { place } = mount(<VerdictLine />, model({ summary: summary([{ ...down, since: 0 }]) }));
  expect(place.querySelector('h1')!.textContent).not.toContain('since');
});

test('the title of a tab in the background says what is wrong', async () => {
  vi.stubGlobal('requestAnimationFrame', () => 0);
  const { dashboard } = mount(<VerdictLine />, model());
  await vi.waitFor(() => expect(document.title).toBe('All well · feedmux'));
  dashboard.model.update((m) => ({ ...m, summary: summary([down]) }));
  await vi.waitFor(() => expect(document.title).toBe(`${down.text} · feedmux`));
  vi.unstubAllGlobals();
});

test('what is read aloud does not change with the figures', () => {
  const spoken = (ticks: number) => {
    const m = model();
    m.connections[0]!.metrics.messages_per_second = ticks;
    return mount(<VerdictLine />, m).place.querySelector('[role=status]')!.textContent;
  };
  expect(spoken(1)).toBe(spoken(5000));
});
