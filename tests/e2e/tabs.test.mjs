import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answered, button, card, logIn, openPage, openTab } from './support/browser.mjs';
import { Engine, kPassword } from './support/engine.mjs';

const kNotLoggedIn = answered(401, '/api/.*');

const dialog = (page) => page.getByRole('dialog');

/**
 * Has the browser log in once more, as another of its tabs would: it has another session then. A request that the
 * page has under way with the old one may be answered 401, which the console says.
 */
async function logInAnew(page, engine, user = 'anna') {
  const answer = await page.context().request.post(`${engine.origin}/api/login`, {
    data: { user, password: kPassword },
  });
  assert.equal(answer.status(), 200, await answer.text());
}

test('a tab that asks to log in goes on when another one has logged in', async (t) => {
  const engine = await Engine.start(t);
  const first = await openPage(t, engine, { as: '', expected: [kNotLoggedIn] });
  const second = await openTab(first);
  await first.getByLabel('Password').waitFor();
  await logIn(second, 'anna');
  await first.getByText('Live', { exact: true }).waitFor();
  assert.equal(await first.getByLabel('Password').count(), 0);
});

test('a log-out in one tab is one in the other, and so is the next log-in', async (t) => {
  const engine = await Engine.start(t);
  const first = await openPage(t, engine, { expected: [kNotLoggedIn] });
  const second = await openTab(first);
  await button(second, 'Log out').click();
  await first.getByRole('alert').filter({ hasText: 'Logged out' }).waitFor();
  await logIn(first, 'anna');
  await second.getByText('Live', { exact: true }).waitFor();
});

test('an action works at once after another log-in in the same browser', async (t) => {
  const engine = await Engine.start(t);
  // The first token is refused before the second one is asked for.
  const page = await openPage(t, engine, { expected: [answered(403, '/reconnect'), kNotLoggedIn] });
  await button(card(page, 'secondary'), 'Reconnect').click();
  await logInAnew(page, engine);
  await button(dialog(page), 'Reconnect').click();
  await page.locator('.notice', { hasText: 'secondary reconnects' }).waitFor();
});

test('a tab goes on by itself after another log-in in the same browser', async (t) => {
  const engine = await Engine.start(t);
  const page = await openPage(t, engine, { expected: [kNotLoggedIn] });
  await page.getByText('Live', { exact: true }).waitFor();
  const another = page.waitForEvent('websocket');
  await logInAnew(page, engine);
  await another;
  await page.getByText('Live', { exact: true }).waitFor();
  await button(card(page, 'secondary'), 'Reconnect').click();
  await button(dialog(page), 'Reconnect').click();
  await page.locator('.notice', { hasText: 'secondary reconnects' }).waitFor();
});

test('a tab becomes that of who has logged in last', async (t) => {
  const engine = await Engine.start(t, { users: { anna: 'admin', vera: 'viewer' } });
  const page = await openPage(t, engine, { expected: [kNotLoggedIn] });
  await logInAnew(page, engine, 'vera');
  await page.locator('.who', { hasText: 'vera viewer' }).waitFor();
  assert.equal(await page.locator('.card-actions').count(), 0);
});

test('who has to log in again finds the page as it was', async (t) => {
  const engine = await Engine.start(t);
  const page = await openPage(t, engine, { expected: [kNotLoggedIn] });
  await button(page, /^Filter/).click();
  await page.getByLabel('trade', { exact: true }).check();
  await button(page, 'Tickers…').click();
  await dialog(page).getByLabel('Tickers, separated').fill('AMD INTC');
  const changed = await engine.user(['passwd', 'anna'], `${kPassword}\n`);
  assert.equal(changed.code, 0, changed.output);
  await page.getByRole('alert').filter({ hasText: 'The password was changed' }).waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await logIn(page, 'anna');
  await page.getByLabel('Password').waitFor({ state: 'detached' });
  assert.equal(await dialog(page).getByLabel('Tickers, separated').inputValue(), 'AMD INTC');
  await page.keyboard.press('Escape');
  assert.equal(await page.getByLabel('trade', { exact: true }).isChecked(), true);
});
