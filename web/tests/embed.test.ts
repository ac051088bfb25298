import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'feedmux-embed-'));
  mkdirSync(join(folder, 'dist'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Embeds a page with a script of so many bytes that cannot be compressed. */
function embed(size: number) {
  writeFileSync(join(folder, 'dist', 'page.js'), randomBytes(size));
  const output = join(folder, 'out.cpp');
  const { status, stderr } = spawnSync('node', ['embed.mjs', join(folder, 'dist'), output], {
    encoding: 'utf8',
  });
  return { status, stderr, isWritten: existsSync(output) };
}

test('a page of 200 kB is embedded', () => {
  expect(embed(200_000)).toMatchObject({ status: 0, isWritten: true });
});

test('a larger one is refused', () => {
  const { status, stderr, isWritten } = embed(200_001);
  expect([status, isWritten]).toEqual([1, false]);
  expect(stderr).toContain('200001 bytes compressed, more than 200000');
});
