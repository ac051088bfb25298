import { test } from 'node:test';
import { answered, button, logIn, openPage } from './support/browser.mjs';
import { Engine } from './support/engine.mjs';
import { eventually } from './support/eventually.mjs';

const kShort = { dashboard: 'idle_timeout: 10s' };
const kNotLoggedIn = answered(401, '/api/.*');

test('a page that nobody uses loses its session, and goes on after the next log-in', async (t) => {
  const engine = await Engine.start(t, kShort);
  const page = await openPage(t, engine, { expected: [kNotLoggedIn] });
  await page.getByRole('alert').filter({ hasText: 'session' }).waitFor();
  await logIn(page, 'anna');
  await page.getByText('Live', { exact: true }).waitFor();
});

test('who chooses ticks and reads on keeps his session', async (t) => {
  const engine = await Engine.start(t, kShort);
  const page = await openPage(t, engine);
  const end = Date.now() + 15_000;
  await eventually('15 s of use', async () => {
    await button(page, /^(Pause|Resume) ticks$/).click();
    return Date.now() > end;
  });
  await page.getByText('Live', { exact: true }).waitFor();
});
