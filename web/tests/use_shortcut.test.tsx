// @vitest-environment jsdom
import { expect, test } from 'vitest';
import { useShortcut } from '../src/shell/use_shortcut';
import { mount } from './mount';

let pressed: string[] = [];

function Page({ name }: { name: string }) {
  useShortcut('p', () => pressed.push(name));
  return (
    <>
      <input class="text" />
      <input type="search" class="search" />
      <input type="checkbox" class="check" />
      <select class="list" />
    </>
  );
}

const press = (target: Element, key = 'p') =>
  target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));

test('a key acts, with what was drawn last', async () => {
  const { draw } = mount(<Page name="first" />);
  pressed = [];
  await draw(<Page name="second" />);
  press(document.body);
  press(document.body, 'x');
  expect(pressed).toEqual(['second']);
});

test('a key that is typed does not act', () => {
  const { place } = mount(<Page name="page" />);
  pressed = [];
  for (const name of ['.text', '.search', '.list']) press(place.querySelector(name)!);
  expect(pressed).toEqual([]);
});

test('a key acts on a checkbox, where nobody types', () => {
  const { place } = mount(<Page name="page with a checkbox" />);
  pressed = [];
  press(place.querySelector('.check')!);
  expect(pressed).toContain('page with a checkbox');
});

test('a key does not act below an open dialog', () => {
  const { place } = mount(<Page name="page" />);
  pressed = [];
  const dialog = document.createElement('dialog');
  dialog.setAttribute('open', '');
  place.append(dialog);
  press(document.body);
  expect(pressed).toEqual([]);
});
