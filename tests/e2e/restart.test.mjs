import assert from 'node:assert/strict';
import { test } from 'node:test';
import { card, openPage, symbolsIn } from './support/browser.mjs';
import { Engine, freePort } from './support/engine.mjs';

const kEngineIsAway = /ERR_CONNECTION_REFUSED|ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE|WebSocket/;

test('the page survives a restart of the engine with its session, and says so in between', async (t) => {
  const engine = await Engine.start(t, { port: await freePort() });
  const page = await openPage(t, engine, { expected: [kEngineIsAway] });
  await card(page, 'primary').locator('.tick-list [role=listitem]').first().waitFor();

  await engine.stop();
  await page.getByText('No connection to the engine since').waitFor();
  await page.getByText('Not live', { exact: true }).waitFor();
  assert.notEqual((await symbolsIn(page, 'primary')).length, 0, 'keeps what it showed');

  await engine.start();
  await page.getByText('Live', { exact: true }).waitFor();
  assert.equal(await page.getByText('No connection to the engine since').count(), 0);
  await page.locator('.verdict[data-level="ok"]').waitFor();
  await page.locator('.event-text', { hasText: 'runs' }).first().waitFor();
});
