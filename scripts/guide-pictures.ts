import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { GALLERY } from '../sandbox/gallery/states.ts';
import { openGallery, type GallerySession } from '../test/browser/gallery/gallery-session.ts';
import { morning } from '../test/browser/states/acts/morning.ts';
import { waitUntilCalm } from '../test/browser/states/calm.ts';
import { openStage } from '../test/browser/states/stage.ts';
import { withPalette } from './guide-pictures-palette.ts';

const FOLDER = path.join(import.meta.dirname, '../docs/images');

/** What of a state is shown: all of its surface, the last part with this CSS selector, or from one line of text to another (or the end). */
type Part =
  | 'surface'
  /** `heightPx`: of the window, since a panel is as high. */
  | { readonly selector: string; readonly heightPx?: number }
  /** `belowPx`: so much more, where a menu hangs over the end. */
  | { readonly from: string; readonly to: string | null; readonly belowPx?: number };

/** File name in `docs/images`, state of the gallery, part of it. */
const PICTURES: readonly (readonly [string, string, Part])[] = [
  ['recall', 'card-recall', { from: 'If they have a minute', to: 'More to note (optional)' }],
  ['thanks', 'card-thanks', { from: 'Thank someone · what they prefer', to: 'I asked. Save' }],
  ['not-reached', 'card-not-reached', { from: 'More to note (optional)', to: null, belowPx: 200 }],
  ['saved', 'card-how-compared', 'surface'],
  ['decide', 'card-reply-to-decide', 'surface'],
  ['done', 'card-done-promises', 'surface'],
  ['home', 'home-manager', 'surface'],
  ['next-customer', 'home-calls', { selector: 'dialog[open]', heightPx: 790 }],
  ['in-doubt', 'home-attention', { from: 'Needs a decision', to: 'Your open promises' }],
  ['pattern-waiting', 'home-pattern-waiting', { selector: '.ui-tile' }],
  ['pattern-open', 'home-pattern-open', { selector: '.ui-tile' }],
  ['team', 'home-team', { from: 'Team', to: 'The whole method' }],
  ['announced', 'rep-announced', { selector: '.ui-tile' }],
  ['rep', 'rep-difference-promises', 'surface'],
  ['reply', 'rep-reply-record', { selector: 'dialog[open]', heightPx: 640 }],
  ['replied', 'rep-replied', { selector: '.ui-tile' }],
  ['under-logged', 'rep-under-logged', 'surface'],
  ['home-rep', 'home-rep', 'surface'],
  ['log-alone', 'home-rep-hygiene', { from: 'Your log, for you alone', to: 'Your leave' }],
  [
    'leave',
    'home-rep-leave',
    { from: 'Your leave', to: 'Answers may be compared with the log. You see every difference first.' },
  ],
  ['pattern-rep', 'home-rep-pattern', { selector: '.ui-tile' }],
  ['checklist', 'home-admin-new', 'surface'],
  ['settings-who', 'settings-who', { from: '1. Who calls whom', to: '2. Who is a customer' }],
  ['settings-customers', 'settings-customers', { from: '2. Who is a customer', to: '3. How often' }],
  ['settings-often', 'settings-often-full', { from: '3. How often', to: '4. How open' }],
  ['settings', 'settings-open', 'surface'],
  ['settings-look', 'settings-look', { from: '5. Look before start', to: 'Advanced' }],
  ['health', 'home-admin', 'surface'],
  ['history', 'settings-history', { from: 'What changed, and who changed it', to: 'Leave' }],
  ['leave-admin', 'settings-leave', { from: 'Leave', to: 'What check-ins can find, and what they cannot' }],
  [
    'planner',
    'settings-planner',
    { from: 'What check-ins can find, and what they cannot', to: 'How well customers remember' },
  ],
  ['exports', 'home-exports', { from: 'Exports', to: 'The whole method' }],
];
/** Wide enough for the surface, narrow enough to be read in a document. */
const WIDTHS_PX = { tab: 640, sidebar: 400, home: 860, settings: 780 } as const;
/** The front door's picture: the card on its record page, from the top of the window to here. */
const CARD_HEIGHT_PX = 880;
const MARGIN_PX = 10;

/** Renews every picture of the README and the guides, and removes those that no document shows any more. */
export async function takeForGuides(say: (line: string) => void): Promise<void> {
  await mkdir(FOLDER, { recursive: true });
  await save('card', await takeCard(), say);
  const session = await openGallery();
  try {
    for (const [file, stateId, part] of PICTURES) await save(file, await take(session, stateId, part), say);
  } finally {
    await session.close();
  }
  const wanted = new Set(['card', ...PICTURES.map(([file]) => file)].map((file) => `${file}.png`));
  for (const file of await readdir(FOLDER)) if (!wanted.has(file)) await rm(path.join(FOLDER, file));
}

async function save(file: string, picture: Buffer, say: (line: string) => void): Promise<void> {
  const small = withPalette(picture);
  await writeFile(path.join(FOLDER, `${file}.png`), small);
  say(`  docs/images/${file}.png, ${Math.round(small.length / 1_000)} kB`);
}

async function takeCard(): Promise<Buffer> {
  const scene = morning.scenes.find(({ name }) => name === 'card-due-written');
  if (scene === undefined) throw new Error('The morning has no card that is written on.');
  const stage = await openStage();
  try {
    await morning.prepare(stage);
    await stage.sandbox.settle();
    const { page } = await scene.show(stage, 1280);
    await waitUntilCalm(page, scene);
    const clip = { x: 0, y: 0, width: 1280, height: CARD_HEIGHT_PX };
    // The simulated clock goes on by itself: with it, no two runs would make the same picture.
    await page
      .locator('.page-clock > span')
      .evaluate((clock: HTMLElement) => (clock.style.visibility = 'hidden'));
    return await page.screenshot({ fullPage: true, clip });
  } finally {
    await stage.close();
  }
}

async function take(session: GallerySession, stateId: string, part: Part): Promise<Buffer> {
  const scene = GALLERY.find(({ id }) => id === stateId);
  if (scene === undefined) throw new Error(`The gallery has no state ${stateId}.`);
  const { page, close } = await session.openAt('/gallery?q=none', WIDTHS_PX[scene.surface]);
  try {
    await session.showScene(page, scene, WIDTHS_PX[scene.surface]);
    await page.mouse.move(0, 0);
    await page.evaluate(() => {
      if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    });
    return await pictureOf(page, part);
  } finally {
    await close();
  }
}

async function pictureOf(page: Page, part: Part): Promise<Buffer> {
  if (part === 'surface') return page.locator('.gallery-stage').screenshot();
  if ('selector' in part) {
    const { width = 0, height = 0 } = page.viewportSize() ?? {};
    await page.setViewportSize({ width, height: part.heightPx ?? height });
    return page.locator(part.selector).last().screenshot();
  }
  const stage = await boxOf(page, null);
  const { y: top } = await boxOf(page, part.from);
  const bottom = part.to === null ? stage.y + stage.height : (await boxOf(page, part.to)).y;
  const clip = {
    x: stage.x,
    y: top - MARGIN_PX,
    width: stage.width,
    height: bottom - top + (part.belowPx ?? 0),
  };
  return page.screenshot({ fullPage: true, clip });
}

/** Where a line of the surface stands, or for null the surface itself. */
async function boxOf(page: Page, line: string | null) {
  const stage = page.locator('.gallery-stage');
  const place =
    line === null ? stage : stage.getByText(line, { exact: true }).filter({ visible: true }).last();
  const box = await place.boundingBox();
  if (box === null) throw new Error(`"${line ?? 'the stage'}" cannot be seen.`);
  return box;
}
