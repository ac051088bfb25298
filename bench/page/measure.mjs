// The page as a browser has it, on a real engine. See run.
import assert from 'node:assert/strict';
import { loadavg } from 'node:os';
import { test } from 'node:test';
import { parseArgs } from 'node:util';
import { kDesktop, openPage } from '../../tests/e2e/support/browser.mjs';
import { Engine } from '../../tests/e2e/support/engine.mjs';
import { eventually } from '../../tests/e2e/support/eventually.mjs';
import { frames, memory, paintMs, pageBytes, residentBytes } from './probes.mjs';
import { share, table } from './tables.mjs';

const { values } = parseArgs({
  options: {
    loads: { type: 'string', default: '30' },
    rate: { type: 'string', default: '100000' },
    minutes: { type: 'string', default: '3' },
  },
});
const kLoads = Number(values.loads);
const kRate = Number(values.rate);
const kMinutes = Number(values.minutes);
const kFrameSeconds = 20;
const kMostRows = 12;

const say = (text) => console.log(`${text}\n`);
const sayLoad = () => say(`(load of the last minute: ${loadavg()[0].toFixed(1)})`);

const sources = (rate) => `
sources:
  - name: synthetic
    plugin: synthetic
    options: {rate: ${rate}}
    connections:
      - {name: primary, symbols: [AAPL, MSFT, NVDA, AMZN, META, GOOGL, TSLA, AVGO, JPM, V]}
      - {name: secondary, symbols: [SPY, QQQ, IWM, DIA, XLF, XLK, XLE, XLV, XLI, XLP]}
      - {name: tertiary, symbols: [IBM, BAC, AIG, GE, F, T, KO, PEP, WMT, PG]}
`;
const kArchive = '  - {name: archive, plugin: "null"}';

test('first paint', async (t) => {
  const engine = await Engine.start(t, { sources: sources(1000) });
  const rows = [];
  for (const [what, as] of [
    ['dashboard', 'anna'],
    ['log-in', ''],
  ]) {
    const paints = [];
    let bytes = 0;
    for (let i = 0; i < kLoads; ++i) {
      // A test of its own each, so that each has a browser profile without a cache, and closes it.
      await t.test(`${what} ${i}`, async (load) => {
        const expected = as ? [] : [/401/];
        const page = await openPage(load, engine, { as, expected });
        paints.push(await paintMs(page));
        bytes = await pageBytes(page);
      });
    }
    paints.sort((a, b) => a - b);
    rows.push([what, kLoads, bytes, ...[0.5, 0.9, 1].map((part) => share(paints, part).toFixed(0))]);
  }
  say(table('First paint, nothing cached', ['', 'loads', 'bytes gzipped', 'ms p50', 'p90', 'max'], rows));
  sayLoad();
});

test('frames', async (t) => {
  const rows = [];
  for (const rate of [1000, kRate]) {
    await t.test(`${rate}`, async (run) => {
      const engine = await Engine.start(run, { sources: sources(rate), sinks: kArchive });
      const page = await openPage(run, engine, kDesktop);
      const seen = await frames(page, kFrameSeconds);
      const gaps = seen.gapsMs.sort((a, b) => a - b);
      rows.push([
        3 * rate,
        (gaps.length / kFrameSeconds).toFixed(1),
        ...[0.5, 0.99, 1].map((part) => share(gaps, part).toFixed(1)),
        seen.longTasks,
        seen.longestTaskMs.toFixed(0),
      ]);
    });
  }
  say(
    table(
      `Frames of the page in ${kFrameSeconds} s`,
      ['ticks/s', 'frames/s', 'ms p50', 'p99', 'max', 'tasks > 50 ms', 'longest ms'],
      rows,
    ),
  );
  sayLoad();
});

test('memory', async (t) => {
  const engine = await Engine.start(t, {
    sources: sources(kRate),
    sinks: kArchive,
    dashboard: 'idle_timeout: 24h, session_lifetime: 24h',
  });
  const page = await openPage(t, engine, kDesktop);
  const newest = () => page.locator('.tick-list [role=listitem]').first().textContent();
  const rows = [];
  for (let minute = 0; minute <= kMinutes; ++minute) {
    if (minute > 0) await page.waitForTimeout(60_000);
    const shown = await newest();
    const found = await memory(page);
    await eventually('another tick', async () => (await newest()) !== shown);
    rows.push([
      minute,
      (found.heapBytes / 1e6).toFixed(2),
      found.nodes,
      found.listeners,
      ((await residentBytes(engine.child.process.pid)) / 1e6).toFixed(1),
    ]);
    // So that there is something to tell: a line in the timeline, a gap in the plots.
    const { code, output } = await engine.feedmux(['reconnect', `connection_${(minute % 3) + 1}`]);
    assert.equal(code, 0, output);
  }
  const every = Math.ceil(kMinutes / kMostRows);
  say(
    table(
      `Memory at ${3 * kRate} ticks/s: the page's after a collection of garbage, the engine's resident`,
      ['minute', 'heap MB', 'nodes', 'listeners', 'engine MB'],
      rows.filter((row, minute) => minute % every === 0 || minute === kMinutes),
    ),
  );
  sayLoad();
});
