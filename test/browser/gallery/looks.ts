import type { Page } from 'playwright-core';
import { graveFaultsOf } from '../support/accessibility.ts';

/** A narrow phone, a record page whose columns stand below each other, and a whole screen. */
const WIDTHS = [360, 480, 1280] as const;
export const NARROWEST = WIDTHS[0];

/** What no state may have at any width: a sideways scroll, and several calls to action in one place. */
async function layoutFaultsOf(page: Page): Promise<string[]> {
  const crowded = await page.locator('.ui-extension, dialog[open]').evaluateAll((places) =>
    places
      .map((place) => place.querySelectorAll('.ui-button-primary').length)
      .filter((count) => count > 1)
      .map((count) => `${count} primary buttons in one place`),
  );
  const overflow = await page.evaluate(() => {
    const widest = [document.documentElement, ...document.querySelectorAll('dialog[open]')];
    return Math.max(...widest.map((element) => element.scrollWidth - element.clientWidth));
  });
  return [...crowded, ...(overflow > 0 ? [`${overflow} px too wide`] : [])];
}

/** Everything wrong with a page in a state, at each width, and for people who do not see it. */
export async function faultsOf(page: Page): Promise<string[]> {
  const faults = await graveFaultsOf(page);
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 });
    faults.push(...(await layoutFaultsOf(page)).map((fault) => `${fault} at ${width}`));
  }
  return faults;
}
