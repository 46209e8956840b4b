import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ACTS } from '../test/browser/states/acts.ts';
import { waitUntilCalm } from '../test/browser/states/calm.ts';
import { takeGallery } from './gallery-pictures.ts';
import { takeForGuides } from './guide-pictures.ts';
import { openStage, type Scene, type Stage } from '../test/browser/states/stage.ts';

const FOLDER = path.join(import.meta.dirname, '../screenshots');
/** A whole record page, and a phone-wide one on which every column stands below the other. */
const WIDTHS = { wide: 1280, narrow: 480 };

/**
 * `npm run screenshots`: every state of every surface as a picture in `screenshots/`, first as the real backend brings it about,
 * then each state of the gallery. `-- --only NAME` takes the scenes whose name contains NAME; `-- --gallery` takes the gallery
 * alone; `-- --docs` renews the pictures of README and guides in `docs/images/` and takes no others.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      only: { type: 'string', default: '' },
      docs: { type: 'boolean', default: false },
      gallery: { type: 'boolean', default: false },
    },
  });
  if (values.docs) return takeForGuides(say);
  await mkdir(FOLDER, { recursive: true });
  const missing = values.gallery ? [] : await takeActs(values);
  say('\nthe gallery');
  missing.push(...(await takeGallery({ folder: FOLDER, only: values.only, say })));
  if (missing.length === 0) return;
  say(`\nNot as expected: ${missing.join(', ')}`);
  process.exitCode = 1;
}

async function takeActs(values: { only: string }): Promise<string[]> {
  const stage = await openStage();
  const missing: string[] = [];
  try {
    for (const act of ACTS) {
      say(`\n${act.title}`);
      await act.prepare(stage);
      for (const scene of act.scenes.filter(({ name }) => name.includes(values.only))) {
        for (const [suffix, width] of Object.entries(WIDTHS)) {
          if (!(await take(stage, scene, { suffix, width }))) missing.push(`${scene.name}-${suffix}`);
        }
      }
    }
  } finally {
    await stage.close();
  }
  return missing;
}

interface Picture {
  suffix: string;
  width: number;
}

async function take(stage: Stage, scene: Scene, size: Picture): Promise<boolean> {
  const file = path.join(FOLDER, `${scene.name}-${size.suffix}.png`);
  await rm(file, { force: true });
  let opened: Awaited<ReturnType<Scene['show']>> | null = null;
  try {
    opened = await scene.show(stage, size.width);
    await waitUntilCalm(opened.page, scene);
    // A panel covers the window, not the whole length of the page behind it.
    const hasPanel = await opened.page.getByRole('dialog').isVisible();
    await opened.page.screenshot({ path: file, fullPage: !hasPanel });
    say(`  ${path.basename(file)}`);
    return true;
  } catch (error) {
    await opened?.page.screenshot({ path: file, fullPage: true });
    say(
      `  ${path.basename(file)}: ${error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)}`,
    );
    return false;
  } finally {
    await opened?.close();
  }
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

await main();
