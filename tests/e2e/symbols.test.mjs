import assert from 'node:assert/strict';
import { test } from 'node:test';
import { button, card, openPage } from './support/browser.mjs';
import { Engine } from './support/engine.mjs';
import { eventually } from './support/eventually.mjs';

const kTickers = Array.from({ length: 10_000 }, (_, i) => `S${String(i).padStart(4, '0')}`);

const kMany = `
sources:
  - name: synthetic
    plugin: synthetic
    options: {rate: 200}
    connections:
      - {name: primary, symbols: [${kTickers.join(', ')}]}
`;

const dialog = (page) => page.getByRole('dialog');

async function find(page, symbol) {
  await page.getByLabel('Find a symbol').fill(symbol);
  await page.getByLabel('Find a symbol').press('Enter');
  await dialog(page).getByRole('heading', { name: symbol.toUpperCase() }).waitFor();
}

test('a symbol is found with its connection and last tick', async (t) => {
  const page = await openPage(t, await Engine.start(t));
  await find(page, 'qqq');
  await dialog(page).getByText('secondary').waitFor();
  await dialog(page).getByRole('heading', { name: 'Last tick' }).waitFor();
  await dialog(page).getByText('Not quiet').waitFor();
});

test('a symbol that no connection carries is said to be on none', async (t) => {
  const page = await openPage(t, await Engine.start(t));
  await find(page, 'ZZZZ');
  await dialog(page).getByText('No connection carries ZZZZ').waitFor();
});

test('the slash key leads to the search', async (t) => {
  const page = await openPage(t, await Engine.start(t));
  await page.keyboard.press('/');
  await page.keyboard.type('TSLA');
  await page.keyboard.press('Enter');
  await dialog(page).getByText('tertiary').waitFor();
});

test('a list of 10,000 tickers is searched, and draws only what is in sight', async (t) => {
  const page = await openPage(t, await Engine.start(t, { sources: kMany }));
  await button(card(page, 'primary'), /10,000 tickers/).click();
  await dialog(page).getByText('10,000 tickers').waitFor();
  await button(dialog(page), 'S0000').waitFor();
  const drawn = await dialog(page).locator('.ticker').count();
  assert.ok(drawn < 1_000, `${drawn} drawn`);

  await dialog(page).getByLabel('Search the tickers').fill('s432');
  await dialog(page).getByText('10 of 10,000 tickers').waitFor();
  const found = await dialog(page).locator('.ticker').allTextContents();
  assert.deepEqual(
    found,
    kTickers.filter((symbol) => symbol.startsWith('S432')),
  );
});

test('the end of a long ticker list can be scrolled to', async (t) => {
  const page = await openPage(t, await Engine.start(t, { sources: kMany }));
  await button(card(page, 'primary'), /10,000 tickers/).click();
  await button(dialog(page), 'S0000').waitFor();
  await page.getByRole('region', { name: 'Tickers', exact: true }).press('End');
  await button(dialog(page), 'S9999').waitFor();
});

test('a ticker in the list leads to what is known of it', async (t) => {
  const page = await openPage(t, await Engine.start(t));
  await button(card(page, 'primary'), /3 tickers/).click();
  await button(dialog(page), 'NVDA').click();
  await dialog(page).getByRole('heading', { name: 'NVDA' }).waitFor();
  await eventually('one dialog', async () => (await dialog(page).count()) === 1);
});
