import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { GalleryScene } from '../../../sandbox/gallery/gallery-state.ts';
import { GALLERY } from '../../../sandbox/gallery/states.ts';
import { START_TIMEOUT_MS } from '../support/host-session.ts';
import { openGallery, type GallerySession } from './gallery-session.ts';
import { watchPaint, type PaintReport } from './paint-watch.ts';

const TEST_TIMEOUT_MS = 60_000;
const CARD_WIDTH_PX = 640;
const PAGE_WIDTH_PX = 1_080;
const LOADS = 5;
/** Below this a page counts as one that does not move under the reader's eyes. Source: web.dev, "Cumulative Layout Shift". */
const STILL = 0.1;

const SURFACES: [string, number][] = [
  ['card-due', CARD_WIDTH_PX],
  ['card-forty-promises', CARD_WIDTH_PX],
  ['rep-difference', CARD_WIDTH_PX],
  ['sidebar-due', CARD_WIDTH_PX],
  ['home-manager', PAGE_WIDTH_PX],
  ['home-rep', PAGE_WIDTH_PX],
  ['settings-open', PAGE_WIDTH_PX],
];

/** One fresh load of a state: when its data was there, when it was painted, and how much moved after the first paint. */
async function load(page: Page, scene: GalleryScene, address: string): Promise<PaintReport> {
  const watch = await watchPaint(page, scene.says);
  await page.goto(address);
  return watch.report();
}

describe('a surface that opens', () => {
  let session: GallerySession;

  beforeAll(async () => {
    session = await openGallery();
  }, START_TIMEOUT_MS);

  afterAll(() => session.close(), START_TIMEOUT_MS);

  it.each(SURFACES)(
    'asks once, and does not move under the reader: %s',
    async (stateId, widthPx) => {
      const scene = GALLERY.find(({ id }) => id === stateId);
      if (scene === undefined) throw new Error(`The gallery has no state ${stateId}.`);

      const reports: PaintReport[] = [];
      for (let count = 0; count < LOADS; count += 1) {
        const { page, close } = await session.openAt('/gallery?q=none', widthPx);
        reports.push(await load(page, scene, `${session.url}/gallery?state=${stateId}`));
        await close();
      }

      const paints = reports.map(({ paintAfterDataMs }) => paintAfterDataMs).sort((a, b) => a - b);
      const shift = Math.max(...reports.map(({ layoutShift }) => layoutShift));
      const median = paints[Math.floor(LOADS / 2)] ?? 0;
      process.stdout.write(
        `  ${stateId}: painted ${median.toFixed(0)} ms after its data (${paints[0]?.toFixed(0)} to ${paints.at(-1)?.toFixed(0)}), layout shift ${shift.toFixed(3)}\n`,
      );
      expect(reports.map(({ requests }) => requests)).toEqual(reports.map(() => 1));
      expect(shift).toBeLessThan(STILL);
    },
    TEST_TIMEOUT_MS,
  );
});
