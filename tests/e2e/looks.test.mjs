import assert from 'node:assert/strict';
import { test } from 'node:test';
import { kDesktop, kPhone, openPage } from './support/browser.mjs';
import { Engine } from './support/engine.mjs';

const places = (page) =>
  page.locator('.card').evaluateAll((cards) => cards.map((c) => c.getBoundingClientRect().toJSON()));

const width = (page) =>
  page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);

/** How bright the page's background is, 0 to 255. */
const brightness = (page) =>
  page.evaluate(() => {
    const [r, g, b] = getComputedStyle(document.body).backgroundColor.match(/\d+/g).map(Number);
    return (r + g + b) / 3;
  });

test('a desktop has three connections side by side', async (t) => {
  const page = await openPage(t, await Engine.start(t), kDesktop);
  const [a, b, c] = await places(page);
  assert.ok(a.top === b.top && b.top === c.top);
  assert.ok(a.right <= b.left && b.right <= c.left);
});

test('a phone has one column and does not scroll sideways', async (t) => {
  const page = await openPage(t, await Engine.start(t), kPhone);
  await page.locator('.tick-list [role=listitem]').first().waitFor();
  const [a, b, c] = await places(page);
  assert.ok(a.bottom <= b.top && b.bottom <= c.top);
  const [needed, available] = await width(page);
  assert.ok(needed <= available, `${needed} of ${available} pixels`);
});

test('a phone shows the log-in page without scrolling sideways', async (t) => {
  const engine = await Engine.start(t);
  const page = await openPage(t, engine, { as: '', expected: [/401/], ...kPhone });
  await page.getByLabel('Password').waitFor();
  const [needed, available] = await width(page);
  assert.ok(needed <= available, `${needed} of ${available} pixels`);
});

test('who prefers dark gets a dark page', async (t) => {
  const page = await openPage(t, await Engine.start(t), { colorScheme: 'dark' });
  assert.ok((await brightness(page)) < 60);
});

test('who prefers light gets a light page', async (t) => {
  const page = await openPage(t, await Engine.start(t), { colorScheme: 'light' });
  assert.ok((await brightness(page)) > 200);
});
