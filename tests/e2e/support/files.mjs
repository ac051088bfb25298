import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const built = (name) => fileURLToPath(new URL(`../../../build/release/bin/${name}`, import.meta.url));

/** What the tests run. CMake says where; without it, the release build's. */
export const kFeedmux = process.env.FEEDMUX_BINARY || built('feedmux');
export const kVendor = process.env.FEEDMUX_SCRIPTED_VENDOR || built('scripted_vendor');
export const kChromium =
  process.env.FEEDMUX_CHROMIUM ||
  ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
