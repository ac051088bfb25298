import assert from 'node:assert/strict';
import { test } from 'node:test';
import { card, openPage } from './support/browser.mjs';
import { Engine, fromVendor } from './support/engine.mjs';
import { Vendor } from './support/vendor.mjs';

const withStatus = (page, name, status) =>
  card(page, name).and(page.locator(`[data-status="${status}"]`));

async function start(t) {
  const vendor = await Vendor.start(t);
  const engine = await Engine.start(t, { sources: fromVendor(vendor) });
  const page = await openPage(t, engine);
  for (const name of ['primary', 'secondary', 'tertiary']) {
    await withStatus(page, name, 'connected').waitFor();
  }
  await page.locator('.verdict[data-level="ok"]').waitFor();
  return { vendor, page };
}

/** Has the page note in statusChange when (ms since the epoch) the card's status is drawn anew. */
function watchStatus(page, id) {
  return page.evaluate((cardId) => {
    const element = document.getElementById(cardId);
    const before = element.dataset.status;
    window.statusChange = new Promise((resolve, reject) => {
      setTimeout(() => reject(new Error(`still ${before}`)), 30_000);
      new MutationObserver(() => {
        if (element.dataset.status !== before) resolve(Date.now());
      }).observe(element, { attributeFilter: ['data-status'] });
    });
  }, id);
}

test('a dropped connection shows within a second', async (t) => {
  const { vendor, page } = await start(t);
  // So that it stays down: the first attempt to come back may follow at once.
  await vendor.do('leave');
  await watchStatus(page, 'connection_1');
  const dropped = Date.now();
  await vendor.do('drop T.AAPL');
  const took = (await page.evaluate(() => window.statusChange)) - dropped;
  t.diagnostic(`from the drop to the page: ${took} ms`);
  assert.ok(took < 1000, `took ${took} ms`);
});

test('a connection that is down says why, and the line on top says which', async (t) => {
  const { vendor, page } = await start(t);
  await vendor.do('leave');
  await vendor.do('drop T.AAPL');
  await card(page, 'primary').getByText('refused').waitFor();
  await page.locator('.verdict-headline').filter({ hasText: 'primary is' }).waitFor();
});

test('a connection that comes back is shown as connected, with its reconnect counted', async (t) => {
  const { vendor, page } = await start(t);
  await vendor.do('leave');
  await vendor.do('drop T.AAPL');
  await page.locator('.verdict:not([data-level="ok"])').waitFor();
  await vendor.do('return');
  await withStatus(page, 'primary', 'connected').waitFor();
  await page.locator('.verdict[data-level="ok"]').waitFor();
  const reconnects = card(page, 'primary').locator('.figure', { hasText: 'Reconnects' });
  await reconnects.filter({ hasText: /[1-9]/ }).waitFor();
});

test('an evicted connection is told from a broken one', async (t) => {
  const { vendor, page } = await start(t);
  await vendor.do('evict T.SPY');
  await withStatus(page, 'secondary', 'evicted').waitFor();
  await page.locator('.verdict').getByText('secondary holds off').first().waitFor();
});

test('a connection that was taken for dead says for how long it was silent', async (t) => {
  const vendor = await Vendor.start(t);
  // It is tried again at some moment of the wait, and shown as silent until then: three make it sure.
  const sources = fromVendor(vendor, 'stale_after: 2s\n    calendar: always').replace(/first: \w+, max: \w+/, 'first: 30s, max: 30s');
  const page = await openPage(t, await Engine.start(t, { sources }));
  await page.locator('.tick-list [role=listitem]').first().waitFor();
  await vendor.do('silence');
  const silent = page.locator('article.card[data-status="silent"]').first();
  await silent.getByText(/Silent for .* s where ticks were due: taken for dead\./).waitFor();
  await page.locator('.verdict[data-level="error"]').getByText('taken for dead').first().waitFor();
});

test('an outage leaves a gap record on the page', async (t) => {
  const { vendor, page } = await start(t);
  await vendor.do('leave');
  await vendor.do('drop T.TSLA');
  await page.locator('.panel-gaps .gap', { hasText: 'tertiary' }).first().waitFor();
});
