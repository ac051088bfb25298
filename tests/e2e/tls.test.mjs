import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answered, card, logIn, openPage } from './support/browser.mjs';
import { Engine } from './support/engine.mjs';

test('over TLS the log-in and the live ticks work, with a cookie for TLS alone', async (t) => {
  const engine = await Engine.start(t, { tls: true });
  const page = await openPage(t, engine, {
    as: '',
    expected: [answered(401, '/api/session')],
    ignoreHTTPSErrors: true,
  });
  const stream = page.waitForEvent('websocket');
  await logIn(page, 'anna');
  assert.match((await stream).url(), /^wss:\/\/127\.0\.0\.1:\d+\/admin-ws$/);
  await page.getByText('Live', { exact: true }).waitFor();
  await card(page, 'primary').locator('.tick-list [role=listitem]').first().waitFor();
  const [cookie] = await page.context().cookies();
  assert.match(cookie.name, /^__Host-/);
  assert.equal(cookie.secure, true);
});
