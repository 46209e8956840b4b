import { CRASH_POINTS, POSITIONS, type CrashPoint, type Position } from '../crash-points.ts';
import { customer, OTHER_REP } from '../account.ts';
import type { Engine } from '../engine.ts';
import type { Observer } from '../ports.ts';
import { cutRequests } from '../cut-requests.ts';
import { BOTH, type Cell, type Row } from '../row.ts';
import { claimsOf, lookAround, WITNESSES } from '../witness.ts';
import { createsSeen } from './helpers.ts';
import { CREATE } from './replies.ts';

const MINUTE_MS = 60_000;
/** Any of the first port calls of a recovery is a place to die again. */
const RECOVERY_CALLS = 14;

type Story = {
  readonly point: CrashPoint & { readonly name: keyof typeof WITNESSES };
  /** What happens before the engine runs: a fault to be planted, say. */
  readonly prepare?: (cell: Cell, position: Position) => Promise<void>;
  readonly account?: Row['account'];
  /** What is done between the first quiet moment and the end: more work for the point to be met. */
  readonly more?: (cell: Cell) => Promise<void>;
};

/** A crash at the point, another one during the recovery, then an engine that lives. */
function crashRow({ point, prepare, account, more }: Story, position: Position): Row {
  const { countedBy, isSeen } = WITNESSES[point.name];
  return {
    fault: `killed at ${point.name}: ${point.what}`,
    point: `${position}, then again in recovery`,
    modes: BOTH,
    countedBy,
    ...(account === undefined ? {} : { account }),
    run: async (cell) => {
      await prepare?.(cell, position);
      const isTime = point.watch(position, cell.account.companyIds.length);
      const first = await startMortal(cell, isTime, async () => {
        if (isSeen(await lookAround(cell.world, cell.account.portalId), position)) cell.hit();
      });
      await cell.settle();
      // What was planted only leads to the point: the kill alone is a hit.
      cell.world.control.clearFaults();
      if (!first.isGone()) await more?.(cell);
      if (!first.isGone()) return;
      await recover(cell);
    },
  };
}

/** Starts an engine that dies where `isTime` says so; what it had open then stays open until the witness has looked. */
async function startMortal(
  cell: Cell,
  isTime: (event: Parameters<Observer>[0]) => boolean,
  witness: () => Promise<void> | void = () => undefined,
): Promise<Engine> {
  const fate: { kill: () => void } = { kill: () => undefined };
  const engine = await cell.start({
    observe: async (event) => {
      if (!isTime(event)) return;
      fate.kill();
      await witness();
    },
  });
  fate.kill = () => engine.kill();
  return engine;
}

/** The next process is killed too, somewhere in its first steps; nobody takes over before the leases are over. */
async function recover(cell: Cell): Promise<void> {
  await cell.settle();
  await cell.outliveLease();
  let left = 1 + cell.random.below(RECOVERY_CALLS);
  await startMortal(cell, () => --left === 0);
  await cell.settle();
  await cell.advance(2 * MINUTE_MS);
}

/** Customers that come later bring another plan and another release. */
async function addCustomers(cell: Cell): Promise<void> {
  const { world, account } = cell;
  const companies = [1, 2, 3].map((index) => customer(2_000 + index));
  const { portalId } = account;
  const known = world.simulator.state.portals.get(portalId);
  if (known === undefined) return;
  await world.control.send('POST', '/portals', {
    portal: { portalId, name: known.name, timeZone: known.timeZone, objects: { companies } },
    mode: 'merge',
  });
  await cell.advance(MINUTE_MS);
  await world.store.inTenant(portalId, (scope) =>
    world.store.portals.update(scope, { planRequestedAt: world.clock.now() }),
  );
  await cell.settle();
}

/** A new owner brings a new caller, so the task that is there moves. */
async function changeOwners(cell: Cell): Promise<void> {
  const { world, account } = cell;
  for (const companyId of account.companyIds.slice(0, 3)) {
    await world.control.send('POST', `/objects/${account.portalId}/companies/${companyId}`, {
      properties: { hubspot_owner_id: OTHER_REP.ownerId },
    });
  }
  await cell.settle();
  await cell.advance(5 * MINUTE_MS);
}

const lostReply = (cell: Cell, position: Position) =>
  cell.plant({
    match: { path: CREATE },
    skip: POSITIONS.indexOf(position),
    when: 'after',
    fault: { kind: 'reset', at: 'beforeHeaders' },
  });

const oneMissing = (cell: Cell, position: Position) =>
  cell.plant({
    match: { path: CREATE },
    skip: POSITIONS.indexOf(position),
    when: 'after',
    fault: { kind: 'results', change: 'missing' },
  });

const STORIES: readonly Story[] = [
  { point: CRASH_POINTS.K1 },
  { point: CRASH_POINTS.K2 },
  { point: CRASH_POINTS.K3 },
  { point: CRASH_POINTS.K4, more: addCustomers },
  { point: CRASH_POINTS.K5 },
  { point: CRASH_POINTS.K7, prepare: lostReply },
  { point: CRASH_POINTS.K8 },
  // The last batch, too, must hold more than the one that is left out.
  { point: CRASH_POINTS.K9, prepare: oneMissing, account: () => ({ companies: 12 }) },
  { point: CRASH_POINTS.K10, more: changeOwners },
  { point: CRASH_POINTS.K11 },
];

/** K6: part of the request left the machine. A proxy lets it through and then cuts the line, and the process is gone. */
function partlySent(position: Position): Row {
  return {
    fault: 'killed at K6: bytes partly sent',
    point: `${position}, then again in recovery`,
    modes: BOTH,
    countedBy: 'line',
    run: async (cell) => {
      const fate: { kill: () => void } = { kill: () => undefined };
      const proxy = await cutRequests(cell.world.simulatorUrl, {
        path: '/tasks/batch/create',
        skip: POSITIONS.indexOf(position),
        share: cell.random.uniform(),
        onCut: () => {
          fate.kill();
          cell.hit();
        },
      });
      try {
        const engine = await cell.start({ apiUrl: proxy.url });
        fate.kill = () => engine.kill();
        await cell.settle();
        await recover(cell);
      } finally {
        await proxy.close();
      }
    },
  };
}

/**
 * K12: a process stops for a while after its intent, loses its lease and its fence, and wakes up just before it would send: nothing
 * leaves it any more. (A create that was on its way already is a late commit.)
 */
function zombie(position: Position): Row {
  return {
    fault: 'killed at K12: zombie, its lease was taken over',
    point: `${position}, wakes up later`,
    modes: BOTH,
    countedBy: 'database',
    run: async (cell) => {
      const nap = createNap(1 + POSITIONS.indexOf(position));
      const zombieEngine = await cell.start({ observe: nap.observe });
      const running = runUntil(zombieEngine, nap.isAsleep);
      await Promise.race([nap.asleep, running]);
      const { portalId } = cell.account;
      const claims = await claimsOf(cell.world, portalId);
      const heir = await cell.start();
      await cell.outliveLease();
      const sleptMs = [70_000, 16 * MINUTE_MS, 120 * MINUTE_MS][cell.random.below(3)] ?? 0;
      await advanceAlone(cell, heir, sleptMs);
      const before = createsSeen(cell);
      const claimsLeft = await claimsOf(cell.world, portalId);
      const isTakenOver = claims.length > 0 && !claims.some((claim) => claimsLeft.includes(claim));
      nap.wake();
      await running.catch(() => undefined);
      await zombieEngine.runner.drain();
      // Nobody else is at work: what came now, the zombie sent.
      if (createsSeen(cell) > before) cell.fault('a create left after its lease was lost');
      else if (isTakenOver) cell.hit();
      zombieEngine.kill();
    },
  };
}

async function runUntil(engine: Engine, isOver: () => boolean): Promise<void> {
  for (let turn = 0; turn < 6 && !isOver(); turn += 1) await engine.work.runDue();
}

/** Only the heir works meanwhile: the sleeper's job is still under way in its own process. */
async function advanceAlone(cell: Cell, heir: Engine, ms: number): Promise<void> {
  const { clock } = cell.world;
  const until = new Date(clock.now().getTime() + ms);
  for (;;) {
    while (await heir.work.runDue());
    const next = await heir.work.nextDueAt();
    if (next === null || next > until) break;
    if (next > clock.now()) clock.moveTo(next);
  }
  if (until > clock.now()) clock.moveTo(until);
  while (await heir.work.runDue());
}

/** Holds the n-th create just before it is sent, until woken. */
function createNap(count: number) {
  let seen = 0;
  let isAsleep = false;
  let fallAsleep: () => void = () => undefined;
  let wake: () => void = () => undefined;
  const asleep = new Promise<void>((resolve) => {
    fallAsleep = resolve;
  });
  const woken = new Promise<void>((resolve) => {
    wake = resolve;
  });
  const observe: Observer = async ({ name, when }) => {
    if (name !== 'hubspot.createTasks' || when !== 'before' || ++seen !== count) return;
    isAsleep = true;
    fallAsleep();
    await woken;
  };
  return { observe, asleep, wake: () => wake(), isAsleep: () => isAsleep };
}

/** Every crash point in every position. */
export const CRASH_ROWS: readonly Row[] = [
  ...STORIES.flatMap((story) => POSITIONS.map((position) => crashRow(story, position))),
  ...POSITIONS.map(partlySent),
  ...POSITIONS.map(zombie),
];
