import assert from 'node:assert/strict';
import { after } from 'node:test';
import { chromium } from 'playwright-core';
import { atEnd } from './at_end.mjs';
import { kPassword } from './engine.mjs';
import { kChromium } from './files.mjs';

export const kDesktop = { viewport: { width: 1440, height: 900 } };
export const kPhone = {
  viewport: { width: 390, height: 844 },
  deviceScaleFactor: 2,
  isMobile: true,
  hasTouch: true,
};

const kTimeoutMs = 30_000;

let browser;
after(async () => (await browser)?.close());

function theBrowser() {
  browser ??= chromium.launch({
    executablePath: kChromium,
    // Chromium's own sandbox does not work for root.
    chromiumSandbox: process.getuid() !== 0,
    args: ['--disable-dev-shm-usage'],
  });
  return browser;
}

/**
 * A page in a browser profile of its own, at the dashboard. `as`: who is logged in; nobody: ''.
 * The test fails if the browser's console, in any tab, has any error or warning, such as a breach of
 * the Content-Security-Policy, other than those in `expected`.
 */
export async function openPage(t, engine, { as = 'anna', expected = [], ...look } = {}) {
  const context = await (await theBrowser()).newContext({ ...kDesktop, ...look });
  context.setDefaultTimeout(kTimeoutMs);
  const page = await context.newPage();
  const complaints = [];
  context.on('weberror', (error) => complaints.push(`exception: ${error.error().stack}`));
  context.on('console', (message) => {
    if (!['error', 'warning'].includes(message.type())) return;
    const text = `${message.text()} (${message.location().url})`;
    if (!expected.some((pattern) => pattern.test(text))) complaints.push(text);
  });
  atEnd(t, async () => {
    await context.close();
    assert.deepEqual(complaints, [], 'in the console of the browser');
  });
  if (as) {
    const answer = await context.request.post(`${engine.origin}/api/login`, {
      data: { user: as, password: kPassword },
    });
    assert.equal(answer.status(), 200, await answer.text());
  }
  await page.goto(`${engine.origin}/admin/websockets`);
  if (as) await page.locator('.card').first().waitFor();
  return page;
}

/** Another tab of the page's browser, at the dashboard. */
export async function openTab(page) {
  const tab = await page.context().newPage();
  await tab.goto(page.url());
  return tab;
}

export async function logIn(page, user, password = kPassword) {
  await page.getByLabel('User').fill(user);
  await page.getByLabel('Password').fill(password);
  await button(page, 'Log in').click();
}

/** What Chromium says of an answer that is no success. */
export const answered = (status, route) =>
  new RegExp(`status of ${status} .*${route.replaceAll('/', '\\/')}\\)$`);

/** The card of the connection called `name`. */
export const card = (page, name) =>
  page.locator('article.card', { has: page.getByRole('heading', { name, exact: true }) });

/** Symbols of the ticks that a card shows. */
export const symbolsIn = (page, name) =>
  card(page, name).locator('.tick-list [role=listitem] .tick-symbol').allTextContents();

export const button = (scope, name) => scope.getByRole('button', { name });
