import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { graveFaultsOf } from '../support/accessibility.ts';
import { SANDBOX_START_TIMEOUT_MS } from '../support/sandbox-session.ts';
import { ACTS } from './acts.ts';
import { waitUntilCalm } from './calm.ts';
import { openStage, type Act, type OpenPage, type Scene, type Stage } from './stage.ts';

const ACT_TIMEOUT_MS = 180_000;
/** A card on a record page may be as narrow as a phone; nothing may stand beyond its edge. */
const WIDTHS = [1280, 480];

interface Fault {
  scene: string;
  faults: string[];
}

/** What is wrong with a page whatever it shows: people kept out, several calls to action in one card, a sideways scroll. */
async function faultsOf({ page, problems }: OpenPage): Promise<string[]> {
  const crowded = await page.locator('[data-extension]').evaluateAll((extensions) =>
    extensions
      .map((extension) => extension.querySelectorAll('.ui-button-primary').length)
      .filter((count) => count > 1)
      .map((count) => `${count} primary buttons in one extension`),
  );
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  return [
    ...(await graveFaultsOf(page)),
    ...crowded,
    ...(overflow > 0 ? [`${overflow} px wider than the window`] : []),
    ...problems,
  ];
}

async function look(stage: Stage, scene: Scene, width: number): Promise<Fault> {
  const opened = await scene.show(stage, width);
  try {
    await waitUntilCalm(opened.page, scene);
    return { scene: `${scene.name} at ${width}`, faults: await faultsOf(opened) };
  } finally {
    await opened.close();
  }
}

async function play(stage: Stage, act: Act): Promise<Fault[]> {
  await act.prepare(stage);
  const seen: Fault[] = [];
  for (const scene of act.scenes) for (const width of WIDTHS) seen.push(await look(stage, scene, width));
  return seen.filter(({ faults }) => faults.length > 0);
}

/** The acts follow one another: each begins in the sandbox that the one before it has left. */
describe('every state of every surface', () => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await openStage();
  }, SANDBOX_START_TIMEOUT_MS);

  afterAll(() => stage.close(), ACT_TIMEOUT_MS);

  it.each(ACTS.map((act) => [act.title, act] as const))(
    'says what it should, keeps nobody out and asks for one thing %s',
    async (_title, act) => {
      const faults = await play(stage, act);

      expect(faults).toEqual([]);
    },
    ACT_TIMEOUT_MS,
  );
});
