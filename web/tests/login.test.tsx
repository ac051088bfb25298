// @vitest-environment jsdom
import { act } from 'preact/test-utils';
import { afterEach, expect, test, vi } from 'vitest';
import { Login } from '../src/login';
import { mount } from './mount';

afterEach(() => vi.unstubAllGlobals());

interface Refusal {
  status: number;
  body: unknown;
  headers?: Record<string, string>;
}

/** What the form says after a log-in that is answered with a refusal. */
async function refusedWith(...refusals: Refusal[]) {
  vi.stubGlobal('fetch', () => {
    const { status, body, headers } = refusals.shift()!;
    return Promise.resolve(new Response(JSON.stringify(body), { status, headers }));
  });
  const { place } = mount(<Login message="" />);
  const button = place.querySelector('button')!;
  const logIn = async () => {
    void act(() => button.click());
    expect(button.disabled).toBe(true);
    await vi.waitFor(() => expect(button.disabled).toBe(false));
  };
  place.querySelectorAll('input').forEach((input) => (input.value = 'something'));
  await logIn();
  return { place, button, logIn, alert: () => place.querySelector('[role=alert]')?.textContent };
}

const kBroken = {
  status: 503,
  body: { error: 'nobody can log in: the users file cannot be read; the log has more' },
};

test('a broken users file is told from a wrong password, and leaves another try', async () => {
  const wrong = { status: 401, body: { error: 'the user or the password is wrong' } };
  const form = await refusedWith(kBroken, wrong);
  expect(form.alert()).toBe(
    'Nobody can log in: the users file cannot be read; the log has more.',
  );
  expect(form.button.disabled).toBe(false);
  await form.logIn();
  expect(form.alert()).toBe('The user or the password is wrong.');
});

test('too many attempts say when the next may be made', async () => {
  const form = await refusedWith({
    status: 429,
    body: { error: 'too many' },
    headers: { 'Retry-After': '1' },
  });
  expect(form.alert()).toBe('Too many failed log-ins. Try again in 1 second.');
});

test('what was typed stays, and the password is ready to be typed over', async () => {
  const { place } = await refusedWith(kBroken);
  const password = place.querySelector<HTMLInputElement>('[name=password]')!;
  expect(password.value).toBe('something');
  expect(document.activeElement).toBe(password);
});

test('the title of the window tells no old verdict', () => {
  document.title = 'All well · feedmux';
  const { draw } = mount(<Login message="" />);
  return act(() => {}).then(() => {
    expect(document.title).toBe('Log in · feedmux');
    void draw(<></>);
    expect(document.title).toBe('All well · feedmux');
  });
});
