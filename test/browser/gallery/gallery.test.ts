import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SURFACES, type GalleryScene, type GallerySurface } from '../../../sandbox/gallery/gallery-state.ts';
import { GALLERY } from '../../../sandbox/gallery/states.ts';
import { START_TIMEOUT_MS } from '../support/host-session.ts';
import { openGallery, type GallerySession } from './gallery-session.ts';
import { faultsOf, NARROWEST } from './looks.ts';

type OpenPage = Awaited<ReturnType<GallerySession['openAt']>>;

const SURFACE_TIMEOUT_MS = 300_000;
const TEST_TIMEOUT_MS = 60_000;

describe('the gallery', () => {
  let session: GallerySession;

  beforeAll(async () => {
    session = await openGallery();
  }, START_TIMEOUT_MS);

  afterAll(() => session.close(), START_TIMEOUT_MS);

  async function faultsIn(opened: OpenPage, scene: GalleryScene): Promise<string[]> {
    const known = opened.problems.length;
    try {
      await session.showScene(opened.page, scene, NARROWEST);
    } catch (error) {
      return [error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)];
    }
    return [...(await faultsOf(opened.page)), ...opened.problems.slice(known)];
  }

  async function look(surface: GallerySurface): Promise<{ state: string; faults: string[] }[]> {
    const opened = await session.openAt('/gallery?q=none', NARROWEST);
    const seen = [];
    for (const scene of GALLERY.filter((state) => state.surface === surface))
      seen.push({ state: scene.id, faults: await faultsIn(opened, scene) });
    await opened.close();
    return seen.filter(({ faults }) => faults.length > 0);
  }

  it.each(SURFACES)(
    'shows each state of the %s as it should be, with room at every width, one thing to do and nobody kept out',
    async (surface) => {
      const faults = await look(surface);

      expect(faults).toEqual([]);
    },
    SURFACE_TIMEOUT_MS,
  );

  it(
    'shows the states side by side, filtered, and runs only those near the window',
    async () => {
      const { page, problems, close } = await session.openAt('/gallery', 1280);
      await page.getByText(`${GALLERY.length} of ${GALLERY.length}`).waitFor();
      await page.locator('iframe').first().contentFrame().getByText('Ask Dana Ruiz').waitFor();
      const runAtOnce = await page.locator('iframe').count();

      await page.getByRole('combobox', { name: 'Surface' }).selectOption('sidebar');
      await page.getByRole('combobox', { name: 'Seen by' }).selectOption('viewer');
      await page.getByText(`2 of ${GALLERY.length}`).waitFor();

      expect(runAtOnce).toBeLessThan(20);
      expect(await page.getByRole('heading', { level: 2 }).allInnerTexts()).toEqual([
        expect.stringContaining('Anybody else'),
        expect.stringContaining('before the first'),
      ]);
      expect(problems).toEqual([]);
      await close();
    },
    TEST_TIMEOUT_MS,
  );

  it(
    'leads from a state to it alone and back',
    async () => {
      const { page, close } = await session.openAt('/gallery?surface=settings', 1280);
      const { title, says = '' } = GALLERY.find(({ id }) => id === 'settings-customers') ?? {};

      // By the keyboard: states that still grow move the link, and a pointer would come down beside it.
      await page.getByRole('link', { name: title ?? '' }).press('Enter');
      await page.getByText(says).waitFor();
      await page.getByRole('link', { name: 'Gallery' }).press('Enter');
      await page.getByText(`${GALLERY.length} of ${GALLERY.length}`).waitFor();

      expect(new URL(page.url()).search).toBe('');
      await close();
    },
    TEST_TIMEOUT_MS,
  );

  it(
    'makes a frame as high as what stands in it',
    async () => {
      const { page, close } = await session.openAt('/gallery?q=card-due&width=360', 1280);
      const frame = page.locator('iframe').first().contentFrame();
      await frame.getByRole('button', { name: 'I asked. Save' }).waitFor();

      await page.waitForFunction(() => {
        const inside = document.querySelector('iframe')?.contentDocument?.documentElement;
        return (
          inside !== undefined && inside.clientHeight > 240 && inside.scrollHeight <= inside.clientHeight
        );
      });

      expect(await page.locator('iframe').first().getAttribute('width')).toBe('360');
      await close();
    },
    TEST_TIMEOUT_MS,
  );
});
