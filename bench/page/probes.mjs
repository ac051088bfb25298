import { readFile } from 'node:fs/promises';

/** What the page had to fetch before it was there: its own files as they came, without the API. */
export const pageBytes = (page) =>
  page.evaluate(() =>
    [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
      .filter((entry) => !new URL(entry.name).pathname.startsWith('/api/'))
      .reduce((sum, entry) => sum + entry.encodedBodySize, 0),
  );

/** From the start of the navigation to the first content on the screen. */
export const paintMs = (page) =>
  page.evaluate(async () => {
    const find = () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime;
    while (find() === undefined) await new Promise(requestAnimationFrame);
    return find();
  });

/** Times between frames, and tasks that held the page up, in the next seconds. */
export const frames = (page, seconds) =>
  page.evaluate(async (seconds) => {
    const tasks = [];
    const observer = new PerformanceObserver((list) => tasks.push(...list.getEntries()));
    observer.observe({ type: 'longtask' });
    const gapsMs = [];
    const next = () => new Promise(requestAnimationFrame);
    const begin = await next();
    for (let last = begin; last - begin < seconds * 1000; ) {
      const now = await next();
      gapsMs.push(now - last);
      last = now;
    }
    observer.disconnect();
    return {
      gapsMs,
      longTasks: tasks.length,
      longestTaskMs: Math.max(0, ...tasks.map((task) => task.duration)),
    };
  }, seconds);

export async function memory(page) {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  const { nodes, jsEventListeners } = await session.send('Memory.getDOMCounters');
  await session.detach();
  return { heapBytes: usedSize, nodes, listeners: jsEventListeners };
}

/** The memory of a process that is in RAM. */
export async function residentBytes(pid) {
  const [, kB] = /^VmRSS:\s+(\d+) kB$/m.exec(await readFile(`/proc/${pid}/status`, 'utf8'));
  return Number(kB) * 1024;
}
