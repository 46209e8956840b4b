import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { buildExtensionBundles } from '../../../sandbox/host/bundles.ts';
import { launchBrowser, openPage } from './browser.ts';
import { COMPANY_ID, PORTAL_ID, startFakeSimulator, type FakeSimulator } from './fake-simulator.ts';

const REPOSITORY = path.join(import.meta.dirname, '../../..');
export const FIXTURE = path.join(REPOSITORY, 'test/browser/fixtures/extension');
/** Starting a browser and building bundles for the first time takes a while on a busy machine. */
export const START_TIMEOUT_MS = 90_000;
export const TEST_TIMEOUT_MS = 60_000;

/** The host with the fixture's bundles, a stand-in for the simulator, and a browser. */
export interface HostSession {
  simulator: FakeSimulator;
  open: (address: string, width?: number) => ReturnType<typeof openPage>;
  /** The record page with the fixture's tab of this name in front. */
  openSection: (section: string, width?: number) => Promise<Page>;
  close: () => Promise<void>;
}

/** Starts everything; close it after the tests. */
export async function startHostSession(): Promise<HostSession> {
  const bundles = await buildExtensionBundles({
    projectRoot: FIXTURE,
    outDir: path.join(REPOSITORY, '.tmp/fixture-bundles'),
  });
  const simulator = await startFakeSimulator(bundles);
  const browser: Browser = await launchBrowser();
  const open = (address: string, width = 1280) => openPage(browser, { url: simulator.url + address, width });
  return {
    simulator,
    open,
    openSection: async (section, width) => {
      const { page } = await open(recordAddress(), width);
      await page.getByRole('tab', { name: section, exact: true }).click();
      return page;
    },
    close: async () => {
      await browser.close();
      await simulator.close();
    },
  };
}

/** The record of the fake's one company. */
export function recordAddress(query = ''): string {
  return `/record/${PORTAL_ID}/company/${COMPANY_ID}${query}`;
}

/** Waits until the fixture's list of events ends with this one. */
export async function expectEvent(page: Page, event: string): Promise<void> {
  await page.locator('ol li').filter({ hasText: event }).last().waitFor({ timeout: 5000 });
}

/** Every event the fixture has noted, in order. */
export async function eventsOf(page: Page): Promise<string[]> {
  return page.locator('.ui-list-ordered-styled li').allInnerTexts();
}
