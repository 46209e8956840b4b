import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import nock from 'nock';
import { chromium, type Browser, type Page } from 'playwright-core';

/** A browser ends its connections abruptly, and nock's hold on every socket turns that into an uncaught error. */
nock.restore();

const USUAL_PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];
const SCREENSHOTS = path.join(import.meta.dirname, '../../../screenshots');

/** The browser's program: `CHROMIUM_PATH`, else the first usual place that exists. Throws with the remedy. */
export function findChromium(
  env: NodeJS.ProcessEnv = process.env,
  exists: (file: string) => boolean = existsSync,
): string {
  const given = env['CHROMIUM_PATH'];
  if (given !== undefined && given !== '') {
    if (exists(given)) return given;
    throw new Error(`CHROMIUM_PATH names ${given}, which does not exist`);
  }
  const found = USUAL_PLACES.find((place) => exists(place));
  if (found === undefined) {
    throw new Error(
      'No Chromium found. Install one (Debian: apt-get install chromium) or set CHROMIUM_PATH to its program.',
    );
  }
  return found;
}

/** A headless Chromium; close it when done. */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: findChromium(),
    headless: true,
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
  });
}

export interface OpenOptions {
  url: string;
  width?: number;
  height?: number;
  /** The zone of the viewer's machine. */
  timeZone?: string;
}

/** A new tab with a session of its own; errors of its scripts are collected in `problems`. */
export async function openPage(
  browser: Browser,
  { url, width = 1280, height = 900, timeZone = 'America/Chicago' }: OpenOptions,
) {
  const context = await browser.newContext({
    viewport: { width, height },
    reducedMotion: 'reduce',
    timezoneId: timeZone,
  });
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  await page.route(/^https?:\/\/(?!(127\.0\.0\.1|localhost)[:/])/, (route) => route.abort());
  await page.goto(url);
  return { page, problems, close: () => context.close() };
}

/** Saves the whole page as `screenshots/NAME.png`, a folder outside version control. */
export async function screenshot(page: Page, name: string): Promise<string> {
  await mkdir(SCREENSHOTS, { recursive: true });
  const file = path.join(SCREENSHOTS, `${name}.png`);
  await page.screenshot({ path: file, fullPage: true });
  return file;
}
