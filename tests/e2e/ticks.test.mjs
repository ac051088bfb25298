import assert from 'node:assert/strict';
import { test } from 'node:test';
import { button, card, openPage, symbolsIn } from './support/browser.mjs';
import { Engine } from './support/engine.mjs';
import { eventually } from './support/eventually.mjs';

const kOwnSymbols = {
  primary: ['AAPL', 'MSFT', 'NVDA'],
  secondary: ['QQQ', 'SPY'],
  tertiary: ['TSLA'],
};

async function start(t) {
  const page = await openPage(t, await Engine.start(t));
  await card(page, 'primary').locator('.tick-list [role=listitem]').first().waitFor();
  return page;
}

const note = (page) => page.getByTestId('stream-note');

/** The newest tick on show of a connection, as text. */
const newest = (page, name) =>
  card(page, name).locator('.tick-list [role=listitem]').first().textContent({ timeout: 1_000 });

const countOf = (page) => card(page, 'primary').locator('.tick-list [role=listitem]').count();

test('every symbol ticks in the column of its connection, and in no other', async (t) => {
  const page = await start(t);
  for (const [name, symbols] of Object.entries(kOwnSymbols)) {
    const shown = await eventually(`all symbols of ${name}`, async () => {
      const found = [...new Set(await symbolsIn(page, name))].sort();
      return found.length >= symbols.length && found;
    });
    assert.deepEqual(shown, symbols);
  }
});

test('ticks go on arriving', async (t) => {
  const page = await start(t);
  const first = await newest(page, 'tertiary');
  await eventually('another tick on top', async () => (await newest(page, 'tertiary')) !== first);
});

test('a pause holds the ticks back and says how many', async (t) => {
  const page = await start(t);
  await button(page, 'Pause ticks').click();
  await note(page).filter({ hasText: /Paused: / }).waitFor();
  const shown = await newest(page, 'primary');
  await note(page).filter({ hasText: /Paused: [1-9][\d,]{1,} buffered/ }).waitFor();
  assert.equal(await newest(page, 'primary'), shown);
});

test('resuming shows what was held back', async (t) => {
  const page = await start(t);
  await button(page, 'Pause ticks').click();
  const shown = await newest(page, 'primary');
  await note(page).filter({ hasText: /Paused: [1-9][\d,]{1,} buffered/ }).waitFor();
  await button(page, 'Resume ticks').click();
  await note(page).filter({ hasText: 'shown of' }).waitFor();
  await eventually('newer ticks', async () => (await newest(page, 'primary')) !== shown);
});

test('who scrolls down in a list reads on in peace, until he is back at the top', async (t) => {
  const page = await start(t);
  const list = card(page, 'primary').locator('.tick-list');
  await eventually('a long list', async () => (await list.evaluate((e) => e.scrollHeight)) > 1_000);
  await list.evaluate((e) => (e.scrollTop = 400));
  const fresh = button(card(page, 'primary'), /new: back to the newest/);
  await fresh.waitFor();
  const inSight = () => list.locator('[role=listitem]').allTextContents();
  const read = await inSight();
  // More than a list holds: what he reads would be gone.
  await fresh.filter({ hasText: /^([3-9]\d\d|\d,\d\d\d) new$/ }).waitFor();
  assert.deepEqual(await inSight(), read);
  await list.press('Tab');
  await page.keyboard.press('Enter');
  await eventually('newer ticks', async () => !read.includes(await newest(page, 'primary')));
  assert.equal(await list.evaluate((e) => e.scrollTop), 0);
  assert.equal(await fresh.count(), 0);
});

test('a filter of a thousand symbols is in force, a larger one is not sent', async (t) => {
  const page = await start(t);
  const many = Array.from({ length: 999 }, (_, i) => `S${i}`);
  await button(page, /^Filter/).click();
  const symbols = page.getByLabel('Symbols');
  await symbols.fill(`MSFT ${many.join(' ')}`);
  await symbols.press('Enter');
  await eventually('MSFT alone', async () => {
    const all = await page.locator('.tick-list [role=listitem] .tick-symbol').allTextContents();
    return all.length > 5 && all.every((symbol) => symbol === 'MSFT');
  });
  await symbols.fill(`MSFT AAPL ${many.join(' ')}`);
  await symbols.press('Enter');
  await page.getByText('At most 1,000 symbols: these are 1,001.').waitFor();
  await page.getByText('Live', { exact: true }).waitFor();
  assert.equal((await symbolsIn(page, 'primary')).includes('AAPL'), false);
});

test('a filter leaves one symbol, and "Show all" the others again', async (t) => {
  const page = await start(t);
  await button(page, /^Filter/).click();
  await page.getByLabel('Symbols').fill('msft');
  await page.getByLabel('Symbols').press('Enter');
  await eventually('MSFT alone', async () => {
    const all = await page.locator('.tick-list [role=listitem] .tick-symbol').allTextContents();
    return all.length > 5 && all.every((symbol) => symbol === 'MSFT');
  });
  await button(page, 'Show all').click();
  await eventually('AAPL again', async () => (await symbolsIn(page, 'primary')).includes('AAPL'));
});

test('a filter by kind shows trades alone', async (t) => {
  const page = await start(t);
  await button(page, /^Filter/).click();
  await page.getByLabel('trade', { exact: true }).check();
  await eventually('trades alone', async () => {
    const kinds = await page.locator('.tick-list [role=listitem] .tick-kind').allTextContents();
    return kinds.length > 5 && kinds.every((kind) => kind === 'trade');
  });
});

test('"Clear" empties the columns', async (t) => {
  const page = await start(t);
  await button(page, 'Pause ticks').click();
  await eventually('ticks on show', async () => (await countOf(page)) > 0);
  await button(page, 'Clear').click();
  await eventually('no ticks', async () => (await countOf(page)) === 0);
});
