import { setTimeout as pause } from 'node:timers/promises';

const kEveryMs = 20;
const kAtMostMs = 30_000;

/** Asks until the answer is true, and returns it; fails with what was awaited when the time is up. */
export async function eventually(what, ask, atMostMs = kAtMostMs) {
  const end = Date.now() + atMostMs;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (Date.now() > end) throw new Error(`waited ${atMostMs} ms in vain: ${what}`);
    await pause(kEveryMs);
  }
}
