import assert from 'node:assert/strict';
import { test } from 'node:test';
import { button, card, openPage } from './support/browser.mjs';
import { Engine } from './support/engine.mjs';
import { eventually } from './support/eventually.mjs';

const dialog = (page) => page.getByRole('dialog');
const notice = (page, text) => page.locator('.notice', { hasText: text });

async function subscribe(page, symbol) {
  await button(page, 'Tickers…').click();
  await dialog(page).getByLabel('Tickers, separated').fill(symbol);
  await button(dialog(page), 'Subscribe 1 ticker…').click();
  await dialog(page).getByRole('heading', { name: 'Subscribe to 1 ticker?' }).waitFor();
}

async function reconnectsOf(engine, id) {
  return (await engine.status()).connections[id].reconnects;
}

test('a reconnect asks first, is done, and is in the audit log', async (t) => {
  const engine = await Engine.start(t);
  const page = await openPage(t, engine);
  const before = await reconnectsOf(engine, 'connection_2');
  await button(card(page, 'secondary'), 'Reconnect').click();
  await button(dialog(page), 'Reconnect').click();
  await notice(page, 'secondary reconnects').waitFor();
  await eventually(
    'a reconnect in `feedmux status`',
    async () => (await reconnectsOf(engine, 'connection_2')) > before,
  );
  const entry = page.locator('.panel-audit tr', { hasText: 'reconnect' });
  await entry.filter({ hasText: 'anna' }).filter({ hasText: 'connection_2' }).waitFor();
});

test('who cancels changes nothing', async (t) => {
  const engine = await Engine.start(t);
  const page = await openPage(t, engine);
  await button(card(page, 'secondary'), 'Pause').click();
  await button(dialog(page), 'Cancel').click();
  await eventually('no dialog', async () => (await dialog(page).count()) === 0);
  await subscribe(page, 'AMD');
  await button(dialog(page), 'Cancel').click();
  assert.equal(await engine.where('AMD'), '');
  assert.equal((await engine.status()).connections.connection_2.paused, false);
});

test('a ticker that is subscribed on the page is where `feedmux where` says', async (t) => {
  const engine = await Engine.start(t);
  const page = await openPage(t, engine);
  assert.equal(await engine.where('AMD'), '');
  await subscribe(page, 'AMD');
  await button(dialog(page), /^Subscribe$/).click();
  await notice(page, '1 added').waitFor();
  const name = await engine.where('AMD');
  assert.notEqual(name, '');
  await card(page, name).locator('.tick-symbol', { hasText: 'AMD' }).first().waitFor();
});

test('a ticker that is unsubscribed on the page is gone', async (t) => {
  const engine = await Engine.start(t);
  const page = await openPage(t, engine);
  await button(page, 'Tickers…').click();
  await dialog(page).getByLabel('Unsubscribe').check();
  await dialog(page).getByLabel('Tickers, separated').fill('NVDA');
  await button(dialog(page), 'Unsubscribe 1 ticker…').click();
  await button(dialog(page), /^Unsubscribe$/).click();
  await notice(page, '1 removed').waitFor();
  assert.equal(await engine.where('NVDA'), '');
});

test('a connection that is paused says so until it is resumed', async (t) => {
  const engine = await Engine.start(t);
  const page = await openPage(t, engine);
  const tertiary = card(page, 'tertiary');
  await button(tertiary, 'Pause').click();
  await button(dialog(page), 'Pause the connection').click();
  await tertiary.and(page.locator('[data-status="paused"]')).waitFor();
  await page.locator('.verdict[data-level="warning"]', { hasText: 'tertiary is paused' }).waitFor();
  await button(tertiary, 'Resume').click();
  await button(dialog(page), 'Resume the connection').click();
  await tertiary.and(page.locator('[data-status="connected"]')).waitFor();
  await page.locator('.verdict[data-level="ok"]').waitFor();
});

test('rebalancing shows its plan', async (t) => {
  const page = await openPage(t, await Engine.start(t));
  await button(page, 'Rebalance…').click();
  await dialog(page).getByText(/Nothing to move|Ticks\/s then/).first().waitFor();
});
