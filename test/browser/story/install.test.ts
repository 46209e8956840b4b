import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { createSandboxClock } from '../../../sandbox/clock.ts';
import { seedNew } from '../../../sandbox/portals/seed-new.ts';
import { startSandbox, type Sandbox } from '../../../sandbox/sandbox.ts';
import { launchBrowser, openPage } from '../support/browser.ts';
import { NOW, SANDBOX_START_TIMEOUT_MS } from '../support/sandbox-session.ts';

const REPOSITORY = path.join(import.meta.dirname, '../../..');
const { document } = seedNew({ now: NOW });

describe('an account without the app', () => {
  let stateDir: string;
  let sandbox: Sandbox;
  let browser: Browser;

  beforeAll(async () => {
    await mkdir(path.join(REPOSITORY, '.tmp'), { recursive: true });
    stateDir = await mkdtemp(path.join(REPOSITORY, '.tmp/browser-'));
    sandbox = await startSandbox({
      clock: createSandboxClock(NOW),
      stateDir,
      port: 0,
      bundles: { projectRoot: REPOSITORY, outDir: path.join(REPOSITORY, '.tmp/browser-bundles') },
    });
    await sandbox.simulator.loadPortal(document);
    browser = await launchBrowser();
  }, SANDBOX_START_TIMEOUT_MS);

  afterAll(async () => {
    await browser.close();
    await sandbox.close();
    await rm(stateDir, { recursive: true, force: true });
  }, SANDBOX_START_TIMEOUT_MS);

  it(
    'gets it from the list of accounts, over the consent page, and is set up as the guide for admins says',
    async () => {
      const { page, close } = await openPage(browser, { url: `${sandbox.url}/` });

      await page.getByRole('link', { name: 'Install in an empty account' }).click();
      await page.getByRole('link', { name: 'Install as Rosa Lind' }).click();
      await page.getByText('Service check-in is connected').waitFor();
      await sandbox.settle();
      await page.goto(`${sandbox.url}/`);
      await page.getByText('app installed').waitFor();
      const isOffered = await page.getByRole('link', { name: 'Install in an empty account' }).isVisible();
      await page.getByRole('link', { name: document.name }).click();
      await page.getByRole('link', { name: 'Settings' }).click();
      await page.getByRole('button', { name: '2. Who is a customer' }).click();
      await page.getByText('24 customers now').waitFor();

      expect(isOffered).toBe(false);
      await close();
    },
    SANDBOX_START_TIMEOUT_MS,
  );
});
