import { existsSync } from 'node:fs';
import packaged from '@sparticuz/chromium';
import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';

/** A Chromium: the one named in CHROMIUM_PATH, the system's, or the one that came with the packages. */
export async function launchChromium(): Promise<Browser> {
  const [found] = [process.env['CHROMIUM_PATH'], '/usr/bin/chromium'].filter((file) => file !== undefined && existsSync(file));
  return chromium.launch({
    executablePath: found ?? (await packaged.executablePath()),
    args: ['--no-sandbox', '--disable-gpu'],
    headless: true,
  });
}
