import { test } from 'node:test';
import { card, openPage } from './support/browser.mjs';
import { Engine } from './support/engine.mjs';
import { eventually } from './support/eventually.mjs';

const kViewers = 10;

const newest = (page) =>
  card(page, 'primary').locator('.tick-list [role=listitem]').first().textContent();

test('ten viewers are live at once', async (t) => {
  const engine = await Engine.start(t, { users: { vera: 'viewer' } });
  const pages = [];
  for (let i = 0; i < kViewers; ++i) pages.push(await openPage(t, engine, { as: 'vera' }));
  await Promise.all(
    pages.map(async (page) => {
      await page.getByText('Live', { exact: true }).waitFor();
      const first = await newest(page);
      await eventually('another tick', async () => (await newest(page)) !== first);
    }),
  );
});
