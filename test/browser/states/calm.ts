import type { Page } from 'playwright-core';
import type { Scene } from './stage.ts';

/** Work that starts by itself after a page opens (a second card's reading, a record read anew) ends within this time. */
const SETTLE_MS = 600;

/** Waits until the page says what the scene is about, and nothing on it moves any more. */
export async function waitUntilCalm(page: Page, { expects }: Pick<Scene, 'expects'>): Promise<void> {
  await page.getByText(expects).first().waitFor({ timeout: 10_000 });
  await page.waitForTimeout(SETTLE_MS);
}
