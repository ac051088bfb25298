import assert from 'node:assert/strict';
import { test } from 'node:test';
import { button, card, openPage } from './support/browser.mjs';
import { Engine, fromVendor } from './support/engine.mjs';
import { eventually } from './support/eventually.mjs';
import { Vendor } from './support/vendor.mjs';

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
  assert.equal(await engine.where('AMD'), null);
  assert.equal((await engine.status()).connections.connection_2.paused, false);
});

test('a ticker that is subscribed on the page is where `feedmux where` says', async (t) => {
  const engine = await Engine.start(t);
  const page = await openPage(t, engine);
  assert.equal(await engine.where('AMD'), null);
  await subscribe(page, 'AMD');
  await button(dialog(page), /^Subscribe$/).click();
  await notice(page, '1 added').waitFor();
  const id = await engine.where('AMD');
  const ticksOf = (scope) => scope.locator('[role=listitem] .tick-symbol', { hasText: /^AMD$/ });
  await ticksOf(page.locator(`article#${id}`)).first().waitFor();
  assert.equal(await ticksOf(page.locator(`article:not(#${id})`)).count(), 0);
});

const kTwoSources = `
sources:
  - {name: stocks, plugin: synthetic, options: {rate: 200}, connections: [{name: primary, symbols: [AAPL]}]}
  - {name: funds, plugin: synthetic, options: {rate: 200}, connections: [{name: secondary, symbols: [SPY]}]}
`;

test('where several sources run, tickers go to the one that is chosen', async (t) => {
  const engine = await Engine.start(t, { sources: kTwoSources });
  const page = await openPage(t, engine);
  await button(page, 'Tickers…').click();
  await dialog(page).getByLabel('Tickers, separated').fill('AMD');
  await button(dialog(page), 'Subscribe 1 ticker…').click();
  assert.equal(await dialog(page).getByLabel('Source').evaluate((e) => e.validity.valueMissing), true);
  await dialog(page).getByLabel('Source').selectOption('funds');
  await button(dialog(page), 'Subscribe 1 ticker…').click();
  await button(dialog(page), /^Subscribe$/).click();
  await notice(page, '1 added').waitFor();
  assert.equal(await engine.where('AMD'), 'connection_2');
});

test("what is known of a symbol leads to its own source's tickers", async (t) => {
  const engine = await Engine.start(t, { sources: kTwoSources });
  const page = await openPage(t, engine);
  await page.getByLabel('Find a symbol').fill('SPY');
  await page.getByLabel('Find a symbol').press('Enter');
  await button(dialog(page), 'Unsubscribe SPY…').click();
  assert.equal(await dialog(page).getByLabel('Source').inputValue(), 'funds');
  await button(dialog(page), 'Unsubscribe 1 ticker…').click();
  await button(dialog(page), /^Unsubscribe$/).click();
  await notice(page, '1 removed').waitFor();
  assert.equal(await engine.where('SPY'), null);
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
  assert.equal(await engine.where('NVDA'), null);
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

test('a connection is shown as pausing until its tickers have moved', async (t) => {
  const vendor = await Vendor.start(t);
  const engine = await Engine.start(t, { sources: fromVendor(vendor) });
  const page = await openPage(t, engine);
  const tertiary = card(page, 'tertiary');
  await tertiary.locator('.tick-list [role=listitem]').first().waitFor();
  // The tickers have moved once their ticks come from elsewhere.
  await vendor.do('silence');
  await button(tertiary, 'Pause').click();
  await button(dialog(page), 'Pause the connection').click();
  await tertiary.and(page.locator('[data-status="pausing"]')).waitFor();
  assert.equal(await tertiary.locator('.state-since').count(), 0);
  await page.locator('.verdict', { hasText: 'tertiary is pausing' }).waitFor();
  await vendor.do('speak');
  await tertiary.and(page.locator('[data-status="paused"]')).waitFor();
  assert.notEqual(await engine.where('TSLA'), 'connection_3');
});

const carriedBy = async (engine, id) =>
  JSON.parse((await engine.feedmux(['tickers', id, '--json'])).output).sort();

test('rebalancing shows its plan, and moves what it says', async (t) => {
  const vendor = await Vendor.start(t);
  const sources = fromVendor(vendor).replace('[AAPL, MSFT, NVDA]', '[AAPL, MSFT, NVDA, AMD, META, ORCL]');
  const engine = await Engine.start(t, { sources });
  const page = await openPage(t, engine);
  await eventually('a plan with moves', async () => {
    const { output } = await engine.feedmux(['rebalance', '--json']);
    return JSON.parse(output).some((plan) => plan.moves.length > 0);
  });
  const before = await carriedBy(engine, 'connection_1');
  await button(page, 'Rebalance…').click();
  const planned = dialog(page).getByRole('group', { name: /^Moves of/ }).locator('tbody tr');
  await planned.first().waitFor();
  const moves = await planned.evaluateAll((rows) => rows.map((r) => r.cells[0].textContent));
  await button(dialog(page), /^Move \d tickers?$/).click();
  await notice(page, /^\d tickers? moves?\.$/).waitFor();
  assert.ok(moves.length > 0);
  await eventually('the tickers elsewhere', async () => {
    const now = await carriedBy(engine, 'connection_1');
    return JSON.stringify(now) === JSON.stringify(before.filter((s) => !moves.includes(s)));
  });
  for (const symbol of moves) assert.notEqual(await engine.where(symbol), 'connection_1');
});

test('refreshing the universes takes up what has changed', async (t) => {
  const engine = await Engine.start(t, {
    files: { 'universes.yaml': 'tech:\n  leaders: [AAPL, MSFT]\n' },
    sources: `
universes:
  - {name: lists, plugin: file, options: {path: universes.yaml}}
sources:
  - name: synthetic
    plugin: synthetic
    options: {rate: 200}
    connections:
      - {name: primary, universe: "tech:leaders"}
`,
  });
  const page = await openPage(t, engine);
  await button(card(page, 'primary'), '2 tickers').waitFor();
  await engine.write('universes.yaml', 'tech:\n  leaders: [MSFT, NVDA, AMD]\n');
  await button(page, 'Refresh…').click();
  await button(dialog(page), 'Refresh').click();
  await notice(page, '1 universe resolved').waitFor();
  await button(card(page, 'primary'), '3 tickers').waitFor();
  await eventually('NVDA in, AAPL out', async () => {
    const [isIn, isOut] = [await engine.where('NVDA'), await engine.where('AAPL')];
    return isIn === 'connection_1' && isOut === null;
  });
  const entry = page.locator('.panel-audit tr', { hasText: 'refresh' });
  await entry.filter({ hasText: 'anna' }).waitFor();
});
