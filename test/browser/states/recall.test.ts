import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { GALLERY } from '../../../sandbox/gallery/states.ts';
import { openGallery, type GallerySession } from '../gallery/gallery-session.ts';

const OPEN_TIMEOUT_MS = 120_000;
const TEST_TIMEOUT_MS = 60_000;
/** From a narrow phone to the middle of a large screen. */
const WIDTHS_PX = [320, 480, 700, 1200];

describe('the two recall questions', () => {
  let session: GallerySession;

  beforeAll(async () => {
    session = await openGallery();
  }, OPEN_TIMEOUT_MS);

  afterAll(() => session.close(), TEST_TIMEOUT_MS);

  it(
    'stand one below the other with answers that line up, however many lines a question takes',
    async () => {
      const scene = GALLERY.find(({ id }) => id === 'card-recall');
      if (scene === undefined) throw new Error('The gallery has no recall questions.');
      const { page, close } = await session.openAt('/gallery?q=none', 320);
      const laidOut: { width: number; sides: number; isBelow: boolean }[] = [];

      for (const width of WIDTHS_PX) {
        await session.showScene(page, scene, width);
        const boxes = await Promise.all(
          ['recency', 'count'].map((name) => page.locator(`select[name=${name}]`).boundingBox()),
        );
        const [first, second] = boxes.map((box) => box ?? { x: 0, y: 0, width: 0, height: 0 });
        laidOut.push({
          width,
          sides: new Set([first?.x, second?.x, first?.width, second?.width]).size,
          isBelow: (second?.y ?? 0) >= (first?.y ?? 0) + (first?.height ?? 0),
        });
      }

      expect(laidOut).toEqual(WIDTHS_PX.map((width) => ({ width, sides: 2, isBelow: true })));
      await close();
    },
    TEST_TIMEOUT_MS,
  );
});
