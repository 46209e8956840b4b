/** The seed team up to its first check-ins: installed, compared, told, acknowledged, started; each step over the wire. */
import { randomUUID } from 'node:crypto';
import type { SeededPortal } from '../../../sandbox/portals/portal-truth.ts';
import { seedTeam } from '../../../sandbox/portals/seed-team.ts';
import { createRandom, type Random } from '../../../src/core/random.ts';
import type { World } from '../../tour/world.ts';
import type { Desk } from './ask.ts';
import { withFewerReps } from './fewer-reps.ts';
import { seedRoster, type SeedRep } from './roster.ts';

/** A Monday in Chicago, early in a quarter: told on this day, the reps' logs count a week later. */
export const BEGINS_AT = '2026-01-05T15:00:00Z';
/** Sixty calls a week reach all 420 customers in seven weeks. */
const CHECK_INS_PER_WEEK = 60;

export type YearPlan = {
  readonly seed: string;
  /** 1 to 4. */
  readonly quarters: number;
  /** Customers of each rep that may be called, and calls a quarter among them. */
  readonly accountsPerRep: number;
  readonly checkInsPerRep: number;
  /** False ends each quarter with its calls, before anything is tested. */
  readonly isTested: boolean;
  /** How many of the reps work here at all; the others' customers are left out of the portal. */
  readonly reps: number;
  /** Customers of each of them in the portal; the rest are left out. */
  readonly customersPerRep: number;
  /** Told of each step, for a person who waits. */
  readonly tell: (step: string) => void;
};

export type Year = {
  readonly plan: YearPlan;
  readonly desk: Desk;
  readonly seeded: SeededPortal;
  readonly reps: readonly SeedRep[];
  readonly random: Random;
};

/** Loads the portal with its four months of log, installs, turns comparison on, tells everybody, and starts. */
export async function beginYear(plan: YearPlan, world: World): Promise<Year> {
  const seeded = withFewerReps(seedTeam({ now: new Date(BEGINS_AT) }), plan.reps, plan.customersPerRep);
  const { portalId } = seeded.document;
  const { installerUserId: userId } = seeded.truth;
  const reps = seedRoster(seeded, plan.accountsPerRep, plan.seed);
  await world.control.load(seeded.document);
  await world.install(portalId, userId);
  const manager = world.as(portalId, userId);
  const { version, settings, today, announcementDefault } = await manager.ask('getProgram');
  const changed = { ...settings, openness: 'listenAndCompare', checkInsPerWeek: CHECK_INS_PER_WEEK };
  await manager.ask('saveProgram', { body: { ...aWrite(), expectedVersion: version, settings: changed } });
  const text = announcementDefault.replace('{date}', today);
  await manager.ask('announce', { body: { ...aWrite(), startsOn: today, text } });
  for (const rep of reps) await world.as(portalId, rep.userId).ask('acknowledge', { body: aWrite() });
  await manager.ask('startProgram', { body: aWrite() });
  await world.control.advance(0);
  return {
    plan,
    desk: { world, portalId, userId },
    seeded,
    reps,
    random: createRandom(`${plan.seed}/seed-team`),
  };
}

function aWrite() {
  return { submissionId: randomUUID() };
}
