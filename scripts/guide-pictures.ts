import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';

const FOLDER = path.join(import.meta.dirname, '../docs/images');

/** The few scenes that stand in README and guides: the whole window down to a height in pixels, or one part of the page. */
const PICTURES: Readonly<Record<string, { file: string; part: string | number }>> = {
  'card-due-written': { file: 'card.png', part: 830 },
  'card-saved-how-compared': { file: 'saved.png', part: '.page-middle' },
  'rep-new-words': { file: 'rep.png', part: '.page-middle' },
  'settings-open': { file: 'settings.png', part: 'main' },
};

/** Takes the picture of a scene that the documents show; says where it lies, or null where they show none of this scene. */
export async function takeForGuide(page: Page, sceneName: string): Promise<string | null> {
  const picture = PICTURES[sceneName];
  if (picture === undefined) return null;
  await mkdir(FOLDER, { recursive: true });
  const file = path.join(FOLDER, picture.file);
  if (typeof picture.part === 'string') await page.locator(picture.part).first().screenshot({ path: file });
  else {
    const width = page.viewportSize()?.width ?? 0;
    await page.screenshot({ path: file, fullPage: true, clip: { x: 0, y: 0, width, height: picture.part } });
  }
  return picture.file;
}
