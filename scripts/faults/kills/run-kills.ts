import { setTimeout as sleep } from 'node:timers/promises';
import { createRandom, type Random } from '../../../src/core/random.ts';
import { openAccount, type Account } from '../account.ts';
import { checkAccount, type Verdict } from '../check.ts';
import { CRASH_POINTS, POSITIONS } from '../crash-points.ts';
import type { Place } from '../world.ts';
import { changeOwners, cutLine, prepare, untilTakenOver, type CutLine } from './fates.ts';
import { runFullDisk } from './full-disk.ts';
import type { KillReport, PointCount } from './kill-report.ts';
import { createLives, type AnnouncedPoint, type Life, type Lives } from './life.ts';
import { openRealPlace } from './open-real-place.ts';
import { runOpenedTwice } from './opened-twice.ts';
import { quietWithin } from './quiet.ts';
import { runStoppedInRequest } from './stopped-in-request.ts';
import { startTraffic } from './traffic.ts';

const CUSTOMERS = 12;
/** Customers of the account whose cards are used all the time. */
const CARD_CUSTOMERS = 60;
/** A cause that does not come is replaced by a kill at this time. */
const PATIENCE_MS = 5_000;
/** Enough for one create of a process that woke up. */
const AFTERLIFE_MS = 300;
const POINTS = ['K1', 'K2', 'K3', 'K4', 'K5', 'K6', 'K7', 'K8', 'K9', 'K10', 'K11', 'K12'] as const;
const CREATE = String.raw`/\/tasks\/batch\/create$/`;

/** Second processes on the folder of one that lives. */
const OPENINGS = 3;

type Cause = 'point' | 'sandbox' | 'instant' | 'recovery';
type Fate = { readonly cause: Cause; readonly point: AnnouncedPoint | null; readonly cut: CutLine | null };
type Counts = Record<Cause, number> & { databaseStops: number };
type Run = {
  readonly place: Place;
  readonly lives: Lives;
  readonly random: Random;
  readonly counts: Counts;
  readonly points: Map<string, PointCount>;
  readonly accounts: Account[];
  readonly violations: string[];
  /** Accounts of which a process called after its lease was taken over. */
  readonly zombies: Set<number>;
  current: Life | null;
};

export type KillSize = { readonly seed: string; readonly kills: number; readonly databaseStops: number };

/**
 * Kills real processes of the product on a real Postgres, each second one during the recovery of the one before, and stops Postgres
 * as a crash would; meanwhile cards are used. Afterwards one process lives, and both sides are checked.
 */
export async function runKills(size: KillSize, out: NodeJS.WritableStream): Promise<KillReport> {
  const report = await killAll(size, out);
  out.write('faults: kills done; a full disk, a folder opened twice, a stop in a request\n');
  const cases = [
    await runFullDisk(size.seed),
    await runOpenedTwice(OPENINGS),
    await runStoppedInRequest(size.seed),
  ];
  return { ...report, cases };
}

async function killAll(size: KillSize, out: NodeJS.WritableStream): Promise<Omit<KillReport, 'cases'>> {
  const state: { run: Run | null } = { run: null };
  const { place, formula, close } = await openRealPlace(() => state.run?.current?.url ?? null);
  const run: Run = {
    place,
    lives: createLives(place, formula),
    random: createRandom(`${size.seed}/kills`),
    counts: { point: 0, sandbox: 0, instant: 0, recovery: 0, databaseStops: 0 },
    points: new Map(POINTS.map((name) => [name, { tried: 0, met: 0 }])),
    accounts: [],
    violations: [],
    zombies: new Set(),
    current: null,
  };
  state.run = run;
  try {
    return await live(run, size, out);
  } finally {
    await run.current?.kill();
    await run.lives.end();
    await close();
  }
}

async function live(
  run: Run,
  size: KillSize,
  out: NodeJS.WritableStream,
): Promise<Omit<KillReport, 'cases'>> {
  const { place } = run;
  const cards = await openAccount(place, {
    portalId: 1,
    mode: 'unique',
    companies: CARD_CUSTOMERS,
    isUnprobed: true,
  });
  run.current = await run.lives.begin(null);
  await quietWithin(place, [cards]);
  await run.current.kill();
  const traffic = startTraffic(place, cards, run.random);
  for (let kill = 0; kill < size.kills; kill += 1) {
    await oneLife(run, size, kill);
    if ((kill + 1) % 10 === 0) out.write(`faults: ${kill + 1} of ${size.kills} kills\n`);
  }
  run.current = await run.lives.begin(null);
  await sleep(1_000);
  await traffic.stop();
  await quietWithin(place, [cards, ...run.accounts]);
  return report(run, cards, await traffic.compare());
}

/** One process from its start to the kill; every second one dies while it takes over what the one before left. */
async function oneLife(run: Run, size: KillSize, kill: number): Promise<void> {
  const cause = causeOf(run, kill);
  const point = cause === 'point' ? pointOf(kill) : null;
  const cut = point?.name === 'K6' ? await cutLine(run.place, point.position, run.random) : null;
  if (run.current?.isOver() === false) run.violations.push('a process lived on beside the next one');
  const life = await run.lives.begin(point, cut?.url);
  run.current = life;
  const stop = Math.floor(((kill + 1) * size.databaseStops) / size.kills) > run.counts.databaseStops;
  const cameTrue = await meetFate(run, life, { cause, point, cut }, stop);
  if (point !== null) countPoint(run, point.name, cameTrue);
  run.counts[cameTrue ? cause : 'instant'] += 1;
  await life.kill();
  // Where an heir took over, it would do all work from now on, and no later process would come to its point.
  await run.current.kill();
  await cut?.close();
}

function countPoint({ points }: Run, name: string, isMet: boolean): void {
  const { tried, met } = points.get(name) ?? { tried: 0, met: 0 };
  points.set(name, { tried: tried + 1, met: met + (isMet ? 1 : 0) });
}

function causeOf(run: Run, kill: number): Cause {
  if (kill % 2 === 1) return 'recovery';
  if (kill % 4 === 0) return 'point';
  return run.random.below(3) === 0 ? 'instant' : 'sandbox';
}

function pointOf(kill: number): AnnouncedPoint {
  const turn = kill / 4;
  const name = POINTS[turn % POINTS.length] ?? 'K5';
  const position = POSITIONS[Math.floor(turn / POINTS.length) % POSITIONS.length] ?? 'first';
  return { name, position, customers: CUSTOMERS };
}

/** New work for it, perhaps a crash of its database, and then its cause of death. Returns false where that did not come. */
async function meetFate(
  run: Run,
  life: Life,
  { cause, point, cut }: Fate,
  stopDatabase: boolean,
): Promise<boolean> {
  const { place, random } = run;
  const account = cause === 'recovery' ? null : await newAccount(run, cause, life, point);
  if (stopDatabase) {
    await sleep(random.below(300));
    await place.crashDatabase();
    run.counts.databaseStops += 1;
    if (life.isOver() && cause !== 'sandbox') run.violations.push('a process ended because its database did');
  }
  switch (cause) {
    case 'point':
      if (cut !== null) return inTime(cut.done);
      if (account !== null && point?.name === 'K10') await changeOwners(place, account);
      if (!(await inTime(life.atPoint))) return false;
      if (account !== null && point?.name === 'K12') await outliveByHeir(run, life, account);
      return true;
    case 'sandbox':
      return account !== null && inTime(life.ended);
    case 'instant':
      await sleep(random.below(900));
      return true;
    case 'recovery':
      await sleep(100 + random.below(1_200));
      return true;
  }
}

async function newAccount(
  run: Run,
  cause: Cause,
  life: Life,
  point: AnnouncedPoint | null,
): Promise<Account> {
  const { place, random } = run;
  const portalId = 100 + run.accounts.length;
  if (cause === 'sandbox') {
    place.control.plant({
      match: { path: CREATE, portalId },
      when: random.below(4) === 0 ? 'before' : 'after',
      skip: random.below(3),
      fault: { kind: 'kill', pid: life.pid },
    });
  }
  if (point !== null) prepare(place, portalId, point);
  const mode = run.accounts.length % 4 === 3 ? 'ledger' : 'unique';
  const account = await openAccount(place, { portalId, mode, companies: CUSTOMERS });
  run.accounts.push(account);
  return account;
}

/** The process sleeps before its create until another has taken its lease over; then it sends after all. */
async function outliveByHeir(run: Run, zombie: Life, account: Account): Promise<void> {
  run.zombies.add(account.portalId);
  run.current = await run.lives.begin(null);
  await untilTakenOver(run.place, account);
  zombie.goOn();
  await sleep(AFTERLIFE_MS);
  await zombie.kill();
}

async function inTime(event: Promise<void>): Promise<boolean> {
  return Promise.race([event.then(() => true), sleep(PATIENCE_MS).then(() => false)]);
}

async function report(
  run: Run,
  cards: Account,
  compared: Awaited<ReturnType<ReturnType<typeof startTraffic>['compare']>>,
): Promise<Omit<KillReport, 'cases'>> {
  const { place, counts } = run;
  const verdicts: (Verdict & { readonly account: Account })[] = [];
  for (const account of run.accounts) {
    const callsPastLeases = run.zombies.has(account.portalId);
    const expected = { withTask: account.companyIds, timesAreRough: true, callsPastLeases };
    verdicts.push({ account, ...(await checkAccount(place, account, expected)) });
  }
  verdicts.push({
    account: cards,
    ...(await checkAccount(place, cards, { withTask: [], timesAreRough: true })),
  });
  const sum = (name: 'duplicates' | 'missing' | 'parked') =>
    verdicts.reduce((total, verdict) => total + verdict[name], 0);
  return {
    sigkills: counts.point + counts.sandbox + counts.instant + counts.recovery,
    atPoints: counts.point,
    points: Object.fromEntries(run.points),
    bySandbox: counts.sandbox,
    inRecovery: counts.recovery,
    databaseStops: counts.databaseStops,
    rounds: run.accounts.length,
    acknowledged: compared.acknowledged,
    lostAcks: compared.lost,
    doubles: compared.doubles,
    duplicates: sum('duplicates'),
    missing: sum('missing'),
    parked: sum('parked'),
    neverHit: [
      ...(counts.sandbox === 0 ? ['killed by the sandbox right after its commit'] : []),
      ...POINTS.filter((name) => isMissed(run.points.get(name))).map(
        (name) => `real kill at ${name}: ${CRASH_POINTS[name].what}`,
      ),
    ],
    violations: [
      ...run.violations,
      ...compared.violations,
      ...verdicts.flatMap(({ account, violations }) =>
        violations.map((what) => `account ${account.portalId} (${account.mode}): ${what}`),
      ),
    ],
  };
}

/** Tried more than once and never met: once alone, a busy machine may not come there in time. */
function isMissed(count: PointCount | undefined): boolean {
  return count !== undefined && count.tried > 1 && count.met === 0;
}
