import assert from 'node:assert/strict';
import { test } from 'node:test';
import axe from 'axe-core';
import { button, card, kPhone, openPage } from './support/browser.mjs';
import { Engine, fromVendor } from './support/engine.mjs';
import { Vendor } from './support/vendor.mjs';

/** Fails on anything that axe calls serious or critical. */
async function check(page) {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() => window.axe.run());
  const found = violations
    .filter((v) => ['serious', 'critical'].includes(v.impact))
    .map((v) => `${v.impact} ${v.id}: ${v.nodes.map((n) => `${n.html} ${n.failureSummary}`).join('; ')}`);
  assert.deepEqual(found, []);
}

for (const colorScheme of ['light', 'dark']) {
  test(`axe finds nothing serious in the ${colorScheme} dashboard`, async (t) => {
    const page = await openPage(t, await Engine.start(t), { colorScheme });
    await page.locator('.tick-list [role=listitem]').first().waitFor();
    await button(page, 'Pause ticks').click();
    await button(page, /^Filter/).click();
    await check(page);
  });

  test(`axe finds nothing serious with connections down, ${colorScheme}`, async (t) => {
    const vendor = await Vendor.start(t);
    const engine = await Engine.start(t, { sources: fromVendor(vendor) });
    const page = await openPage(t, engine, { colorScheme });
    await page.locator('.tick-list [role=listitem]').first().waitFor();
    await vendor.do('evict T.SPY');
    await vendor.do('leave');
    await vendor.do('drop T.AAPL');
    await card(page, 'secondary').and(page.locator('[data-status="evicted"]')).waitFor();
    await page.locator('.gap').first().waitFor();
    await button(page, 'Pause ticks').click();
    await check(page);
  });

  test(`axe finds nothing serious in the dialogs, ${colorScheme}`, async (t) => {
    const page = await openPage(t, await Engine.start(t), { colorScheme });
    const openers = [
      button(card(page, 'primary'), /3 tickers/),
      button(page, 'Tickers…'),
      button(page, 'Rebalance…'),
      button(card(page, 'primary'), 'Reconnect'),
    ];
    for (const opener of openers) {
      await opener.click();
      await page.getByRole('dialog').waitFor();
      await check(page);
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    }
    await page.getByLabel('Find a symbol').fill('AAPL');
    await page.getByLabel('Find a symbol').press('Enter');
    await page.getByRole('dialog').getByRole('heading', { name: 'Last tick' }).waitFor();
    await check(page);
  });

  test(`axe finds nothing serious in the ${colorScheme} log-in page`, async (t) => {
    const engine = await Engine.start(t);
    const page = await openPage(t, engine, { as: '', expected: [/401/], colorScheme });
    await page.getByLabel('Password').waitFor();
    await check(page);
  });
}

test('axe finds nothing serious on a phone', async (t) => {
  const page = await openPage(t, await Engine.start(t), kPhone);
  await page.locator('.tick-list [role=listitem]').first().waitFor();
  await check(page);
});
