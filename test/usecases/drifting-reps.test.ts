import { describe, expect, it } from '@jest/globals';
import { driftingReps } from '../../src/usecases/drifting-reps.ts';
import type { TeamTest, TestedRep } from '../../src/usecases/pattern-port.ts';
import { stillStore } from '../support/still-store.ts';
import { MANAGER, OTHER_REP, REP, useWorlds, type World } from '../support/world.ts';

const worlds = useWorlds();

const tested = (repId: TestedRep['repId'], cycleCredits: number): TestedRep => ({
  repId,
  n: 16,
  x: 0,
  firmCompanyIds: [],
  supportedCompanyIds: [],
  cycleCredits,
  cycleComparable: 16,
});

const testOf = (reps: readonly TestedRep[], at: number): TeamTest => ({
  cycle: `20${20 + Math.floor(at / 4)}-Q${(at % 4) + 1}`,
  result: { simulatedRate: 0.01, teams: [{ managerUserId: MANAGER.userId, reps }] },
});

async function driftingAfter(world: World, quarters: readonly (readonly TestedRep[])[]) {
  const store = stillStore(world, { 'teamTests.made': () => Promise.resolve(quarters.map(testOf)) });
  return [...(await driftingReps({ ...world.deps, store }, { portalId: world.portalId }))];
}

/** The rep's share falls from a half to a quarter, the colleague's stays; then quarters of one or of both. */
const FALL = [8, 8, 8, 8, 4, 4, 4, 4].map((credits) => [
  tested(REP.ownerId, credits),
  tested(OTHER_REP.ownerId, 8),
]);
const aQuarter = (reps: readonly TestedRep[]) => (length: number) => Array.from({ length }, () => reps);
const bothAsUsual = aQuarter([tested(REP.ownerId, 8), tested(OTHER_REP.ownerId, 8)]);
const colleagueAlone = aQuarter([tested(OTHER_REP.ownerId, 8)]);

describe('a rep whose share has been falling slowly', () => {
  it.each([
    ['while it falls', [], [REP.ownerId]],
    ['three quarters after it recovered', bothAsUsual(3), [REP.ownerId]],
    ['no longer after four', bothAsUsual(4), []],
    ['no longer after four quarters on no team', [...colleagueAlone(3), ...bothAsUsual(1)], []],
  ])('is marked %s', async (_when, after, expected) => {
    const world = await worlds.fresh();

    expect(await driftingAfter(world, [...FALL, ...after])).toEqual(expected);
  });
});
