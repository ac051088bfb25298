import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { test } from 'node:test';
import { answered, button, logIn, openPage } from './support/browser.mjs';
import { Engine } from './support/engine.mjs';

const kNotLoggedIn = answered(401, '/api/session');

test('who is not logged in sees the log-in page and no figures', async (t) => {
  const engine = await Engine.start(t);
  const page = await openPage(t, engine, { as: '', expected: [kNotLoggedIn] });
  await page.getByLabel('Password').waitFor();
  assert.equal(await page.locator('.card').count(), 0);
});

test('the right password opens the dashboard', async (t) => {
  const engine = await Engine.start(t);
  const page = await openPage(t, engine, { as: '', expected: [kNotLoggedIn] });
  await logIn(page, 'anna');
  await page.getByRole('heading', { name: 'primary' }).waitFor();
});

test('a wrong password is refused in words', async (t) => {
  const engine = await Engine.start(t);
  const expected = [kNotLoggedIn, answered(401, '/api/login')];
  const page = await openPage(t, engine, { as: '', expected });
  await logIn(page, 'anna', 'a wrong password');
  await page.getByRole('alert').filter({ hasText: 'password is wrong' }).waitFor();
});

test('a broken users file is told from a wrong password; once it is mended, the log-in works', async (t) => {
  const engine = await Engine.start(t);
  const expected = [kNotLoggedIn, answered(503, '/api/login')];
  const page = await openPage(t, engine, { as: '', expected });
  const users = await readFile(engine.usersFile);
  await writeFile(engine.usersFile, '{"users": [');
  await logIn(page, 'anna');
  await page.getByRole('alert').filter({ hasText: 'users file cannot be read' }).waitFor();
  await writeFile(engine.usersFile, users);
  await button(page, 'Log in').click();
  await page.getByRole('heading', { name: 'primary' }).waitFor();
});

test('the password of the first start, as the engine prints it, logs in', async (t) => {
  const engine = await Engine.start(t, { users: {} });
  const [, password] = await engine.child.line(/log in as admin with password ([a-z0-9-]+)/);
  const page = await openPage(t, engine, { as: '', expected: [kNotLoggedIn] });
  await logIn(page, 'admin', password);
  await page.getByRole('heading', { name: 'primary' }).waitFor();
});

for (const role of ['admin', 'super']) {
  test(`${role} has actions`, async (t) => {
    const engine = await Engine.start(t, { users: { anna: role } });
    const page = await openPage(t, engine);
    await button(page, 'Reconnect').first().waitFor();
    await button(page, 'Rebalance…').waitFor();
  });
}

test('a viewer sees everything and has no actions', async (t) => {
  const engine = await Engine.start(t, { users: { vera: 'viewer' } });
  const page = await openPage(t, engine, { as: 'vera' });
  await page.getByText('Live', { exact: true }).waitFor();
  assert.equal(await page.locator('.card').count(), 3);
  assert.equal(await page.locator('.card-actions, .stream-actions, .panel-audit').count(), 0);
});

test('the role user gets 403 for the page and is told so', async (t) => {
  const engine = await Engine.start(t, { users: { uwe: 'user' } });
  const expected = [kNotLoggedIn, answered(403, '/admin/websockets')];
  const page = await openPage(t, engine, { as: '', expected });
  await logIn(page, 'uwe');
  await page.getByRole('heading', { name: 'Not for this account' }).waitFor();
  assert.equal((await page.reload()).status(), 403);
  await button(page, 'Log out').click();
  await page.getByLabel('Password').waitFor();
});

test('log-out leads to the log-in page, and the session is over', async (t) => {
  const engine = await Engine.start(t);
  const page = await openPage(t, engine, { expected: [kNotLoggedIn] });
  const cookies = await page.context().cookies();
  await button(page, 'Log out').click();
  await page.getByLabel('Password').waitFor();
  await page.context().addCookies(cookies);
  await page.reload();
  await page.getByLabel('Password').waitFor();
});

test('a session ends when its user is removed', async (t) => {
  const engine = await Engine.start(t);
  const page = await openPage(t, engine, { expected: [answered(401, '/api/.*')] });
  assert.equal((await engine.user(['remove', 'anna'])).code, 0);
  await page.getByLabel('Password').waitFor();
  await page.getByRole('alert').waitFor();
});
