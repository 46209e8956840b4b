import path from 'node:path';
import type { Page } from 'playwright-core';
import type { GalleryScene } from '../sandbox/gallery/gallery-state.ts';
import { GALLERY } from '../sandbox/gallery/states.ts';
import { openGallery, type GallerySession } from '../test/browser/gallery/gallery-session.ts';

/** A narrow phone, and about as wide as HubSpot makes each place on a large screen. */
const NARROW_PX = 360;
const WIDE_PX = { tab: 700, sidebar: 400, home: 1_140, settings: 960 } as const;

export type PictureSettings = {
  readonly folder: string;
  /** Takes the states whose name contains this. */
  readonly only: string;
  readonly say: (line: string) => void;
};

/** Takes each state of the gallery, narrow and wide, as `gallery-NAME-WIDTH.png`; returns the pictures that could not be taken. */
export async function takeGallery({ folder, only, say }: PictureSettings): Promise<string[]> {
  const session = await openGallery();
  const missing: string[] = [];
  try {
    const { page } = await session.openAt('/gallery?q=none', NARROW_PX);
    for (const scene of GALLERY.filter(({ id }) => id.includes(only))) {
      const sizes = { narrow: NARROW_PX, wide: WIDE_PX[scene.surface] };
      for (const [suffix, width] of Object.entries(sizes)) {
        const name = `gallery-${scene.id}-${suffix}.png`;
        const problem = await take(session, page, scene, width, path.join(folder, name));
        say(`  ${name}${problem === null ? '' : `: ${problem}`}`);
        if (problem !== null) missing.push(name);
      }
    }
  } finally {
    await session.close();
  }
  return missing;
}

async function take(
  session: GallerySession,
  page: Page,
  scene: GalleryScene,
  width: number,
  file: string,
): Promise<string | null> {
  try {
    await session.showScene(page, scene, width);
    // A panel covers the window, not the whole length of the page behind it.
    const hasPanel = (await page.locator('dialog[open]').count()) > 0;
    await page.screenshot({ path: file, fullPage: !hasPanel });
    return null;
  } catch (error) {
    return error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
  }
}
