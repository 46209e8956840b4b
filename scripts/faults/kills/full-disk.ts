import { setTimeout as sleep } from 'node:timers/promises';
import type { ClockFormula } from '../../../sandbox/scaled-clock.ts';
import { createRandom } from '../../../src/core/random.ts';
import { openAccount, type Account } from '../account.ts';
import { checkAccount } from '../check.ts';
import type { Place } from '../world.ts';
import { createLives, type Life } from './life.ts';
import { openRealPlace } from './open-real-place.ts';
import { quietWithin } from './quiet.ts';
import type { RealCase } from './real-case.ts';
import { mountSmallDisk, type SmallDisk } from './small-disk.ts';
import { startTraffic } from './traffic.ts';

const CASE = {
  fault: 'disk full (a real file system)',
  point: 'run and cards',
  countedBy: 'database',
} as const;
const CARD_CUSTOMERS = 60;
const CUSTOMERS = 24;
/** Real milliseconds without a free byte; the product's clock runs sixty times as fast. */
const FULL_MS = 3_000;
const PROBE_EVERY_MS = 100;

/** A throwaway Postgres on a small disk that is full for a while in the middle of a run, with cards in use. */
export async function runFullDisk(seed: string): Promise<RealCase> {
  const disk = mountSmallDisk();
  if (disk === null)
    return {
      ...CASE,
      seeds: 0,
      hits: 0,
      violations: [],
      skipped: 'this machine does not let us mount a disk',
    };
  const temporary = process.env['TMPDIR'];
  // Where the cluster makes its folder.
  process.env['TMPDIR'] = disk.folder;
  const current: { life: Life | null } = { life: null };
  const { place, formula, close } = await openRealPlace(() => current.life?.url ?? null).finally(() => {
    if (temporary === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = temporary;
  });
  try {
    return await liveThrough(place, formula, disk, current, seed);
  } finally {
    await close();
    disk.remove();
  }
}

async function liveThrough(
  place: Place,
  formula: ClockFormula,
  disk: SmallDisk,
  current: { life: Life | null },
  seed: string,
): Promise<RealCase> {
  const lives = createLives(place, formula);
  const random = createRandom(`${seed}/full disk`);
  try {
    const cards = await openAccount(place, { portalId: 1, mode: 'unique', companies: CARD_CUSTOMERS });
    const life = await lives.begin(null);
    current.life = life;
    await quietWithin(place, [cards]);
    const traffic = startTraffic(place, cards, random);
    const run = await openAccount(place, { portalId: 2, mode: 'unique', companies: CUSTOMERS });
    await sleep(random.below(400));
    disk.fill();
    const refusals = await countRefusals(place, FULL_MS);
    disk.free();
    await bringBack(place);
    await sleep(1_000);
    await traffic.stop();
    await quietWithin(place, [cards, run]);
    const compared = await traffic.compare();
    const violations = [
      ...(life.isOver() ? ['a process ended because its disk was full'] : []),
      ...compared.violations,
      ...(await violationsOf(place, cards, [])),
      ...(await violationsOf(place, run, run.companyIds)),
    ];
    // It counts where Postgres had no room and cards felt it.
    const hits = refusals === 0 ? 0 : compared.refused;
    return { ...CASE, seeds: 1, hits, violations, skipped: null };
  } finally {
    await current.life?.kill();
    await lives.end();
  }
}

/** Asks Postgres for room all the time. Returns how often it had none, whether it said so or had to stop. */
async function countRefusals({ owner }: Place, ms: number): Promise<number> {
  const end = performance.now() + ms;
  let refusals = 0;
  while (performance.now() < end) {
    await owner
      .query(`CREATE TABLE room AS SELECT repeat('x', 8000) AS text FROM generate_series(1, 100)`)
      .then(() => owner.query('DROP TABLE room'))
      .catch(() => {
        refusals += 1;
      });
    await sleep(PROBE_EVERY_MS);
  }
  return refusals;
}

/** What an operator does: a server that stopped over the full disk is started again. */
async function bringBack(place: Place): Promise<void> {
  const isUp = await place.owner.query('SELECT 1').then(
    () => true,
    () => false,
  );
  if (!isUp) await place.crashDatabase();
}

async function violationsOf(
  place: Place,
  account: Account,
  withTask: Account['companyIds'],
): Promise<readonly string[]> {
  const { violations } = await checkAccount(place, account, { withTask, timesAreRough: true });
  return violations.map((what) => `account ${account.portalId}: ${what}`);
}
