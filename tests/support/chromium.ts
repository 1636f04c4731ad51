import { existsSync } from 'node:fs';
import packaged from '@sparticuz/chromium';
import { chromium } from 'playwright-core';
import type { Browser, LaunchOptions } from 'playwright-core';

/** How a Chromium is started here: the one named in CHROMIUM_PATH, the system's, or the one that came with the packages. */
export async function chromiumOptions(): Promise<LaunchOptions> {
  const [found] = [process.env['CHROMIUM_PATH'], '/usr/bin/chromium'].filter((file) => file !== undefined && existsSync(file));
  return { executablePath: found ?? (await packaged.executablePath()), args: ['--no-sandbox', '--disable-gpu'], headless: true };
}

export const launchChromium = async (): Promise<Browser> => chromium.launch(await chromiumOptions());
