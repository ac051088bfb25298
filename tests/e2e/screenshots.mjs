// Takes the screenshots of docs/guides/admin.md, from a real engine. `npm run screenshots`.
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';
import { card, kPhone, openPage } from './support/browser.mjs';
import { Engine, fromVendor } from './support/engine.mjs';
import { eventually } from './support/eventually.mjs';
import { Vendor } from './support/vendor.mjs';

const kFolder = fileURLToPath(new URL('../../docs/guides/images/', import.meta.url));
const kUniverses = fileURLToPath(new URL('../../config/universes.yaml', import.meta.url));
const kWide = { viewport: { width: 1440, height: 1000 } };
/** So long that the plots have something to show. */
const kHistorySeconds = 45;
const kTimeoutMs = 120_000;

const kMarket = `
universes:
  - name: lists
    plugin: file
    options: {path: "${kUniverses}"}
sources:
  - name: synthetic
    plugin: synthetic
    options: {rate: 1000, scenario: opening_bell}
    connections:
      - {name: primary, universe: "market_leaders:top_100"}
      - {name: secondary, universe: "etf:sectors"}
      - {name: tertiary, symbols: [SPY, QQQ, DIA, IWM]}
`;
const kSinks = '  - {name: archive, plugin: "null"}';

await mkdir(kFolder, { recursive: true });

const save = (page, name, options = {}) => page.screenshot({ path: `${kFolder}${name}.png`, ...options });

async function runFor(page, seconds) {
  const started = Date.now();
  await eventually(
    `${seconds} s of figures`,
    () => Date.now() - started > seconds * 1000,
    kTimeoutMs,
  );
  await page.locator('.tick-list [role=listitem]').first().waitFor();
}

test('a desktop, light and dark, and a phone', async (t) => {
  const engine = await Engine.start(t, { sources: kMarket, sinks: kSinks });
  const light = await openPage(t, engine, { ...kWide, colorScheme: 'light' });
  const dark = await openPage(t, engine, { ...kWide, colorScheme: 'dark' });
  const phone = await openPage(t, engine, { ...kPhone, deviceScaleFactor: 1 });
  await runFor(light, kHistorySeconds);
  await save(light, 'desktop');
  await save(dark, 'dark');
  await save(phone, 'phone');

  await light.getByLabel('Find a symbol').fill('XLK');
  await light.getByLabel('Find a symbol').press('Enter');
  await light.getByRole('dialog').getByRole('heading', { name: 'Last tick' }).waitFor();
  await light.getByRole('dialog').screenshot({ path: `${kFolder}symbol.png` });
});

test('a connection that is down', async (t) => {
  const vendor = await Vendor.start(t);
  const sources = fromVendor(vendor, 'max_connections: 3').replace('1s}', '5s}');
  const engine = await Engine.start(t, { sources, sinks: kSinks });
  const page = await openPage(t, engine, kWide);
  await runFor(page, 20);
  await vendor.do('leave');
  await vendor.do('drop T.AAPL');
  await card(page, 'primary').getByText('refused').waitFor();
  await runFor(page, 12);
  await card(page, 'primary').and(page.locator('[data-status="error"]')).waitFor();
  await save(page, 'connection-down');
});

test('an evicted connection', async (t) => {
  const vendor = await Vendor.start(t);
  const engine = await Engine.start(t, { sources: fromVendor(vendor), sinks: kSinks });
  const page = await openPage(t, engine, kWide);
  await runFor(page, 20);
  await vendor.do('evict T.SPY');
  await card(page, 'secondary').and(page.locator('[data-status="evicted"]')).waitFor();
  await runFor(page, 8);
  await save(page, 'evicted');
});
