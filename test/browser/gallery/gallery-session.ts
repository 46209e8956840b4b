import { mkdir } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import express from 'express';
import type { Browser, Page } from 'playwright-core';
import type { GalleryScene } from '../../../sandbox/gallery/gallery-state.ts';
import { buildExtensionBundles } from '../../../sandbox/host/bundles.ts';
import { createHostRoutes } from '../../../sandbox/host/host.ts';
import { launchBrowser, openPage } from '../support/browser.ts';

const REPOSITORY = path.join(import.meta.dirname, '../../..');
/** A state loads, is pressed through and stands still within this time, on a busy machine too. */
const STANDS_WITHIN_MS = 15_000;

export type GallerySession = Awaited<ReturnType<typeof openGallery>>;

/** The gallery with the product's own bundles and a browser; there is no backend and no local HubSpot behind it. */
export async function openGallery() {
  const outDir = path.join(REPOSITORY, '.tmp/browser-bundles');
  await mkdir(outDir, { recursive: true });
  const bundles = await buildExtensionBundles({ projectRoot: REPOSITORY, outDir });
  const app = express();
  app.use(createHostRoutes({ simulatorUrl: () => 'http://127.0.0.1:9', bundles }));
  const server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const browser: Browser = await launchBrowser();
  return {
    url,
    openAt: (address: string, width: number) => openPage(browser, { url: `${url}${address}`, width }),
    /** Turns a tab of the gallery to one state alone, and waits until it says what it is about and its buttons are pressed. */
    showScene: async (page: Page, scene: GalleryScene, width: number) => {
      await page.setViewportSize({ width, height: 900 });
      await page.goto(`${url}/gallery?state=${scene.id}`);
      await waitForScene(page, scene);
    },
    close: async () => {
      await browser.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function waitForScene(page: Page, scene: GalleryScene): Promise<void> {
  await page.locator('[data-gallery="ready"]').waitFor({ timeout: STANDS_WITHIN_MS });
  const said = page.locator('.gallery-stage, dialog[open]').getByText(scene.says);
  await said.filter({ visible: true }).first().waitFor({ timeout: STANDS_WITHIN_MS });
}
