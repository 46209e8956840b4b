import { describe, expect, it } from '@jest/globals';
import { asCompanyId } from '../../src/core/model.ts';
import { driftingReps } from '../../src/usecases/drifting-reps.ts';
import type { ComparedCheckIn } from '../../src/usecases/counts-port.ts';
import type { TeamTest, TestedRep } from '../../src/usecases/pattern-port.ts';
import { testedRep } from '../../src/usecases/test-teams.ts';
import { touchesOf } from '../support/compared.ts';
import { compared, decided, replied, setLog, told, windowsEnd } from '../support/finding-story.ts';
import { stillStore } from '../support/still-store.ts';
import { CYCLE, MANAGER, OTHER_REP, REP, sixCalls, useWorlds, type World } from '../support/world.ts';

const worlds = useWorlds();
const REPS = [REP.ownerId, OTHER_REP.ownerId];

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

async function driftingAfter(
  world: World,
  quarters: readonly (readonly TestedRep[])[],
  compared: readonly ComparedCheckIn[] = [],
) {
  const store = stillStore(world, {
    'teamTests.made': () => Promise.resolve(quarters.map(testOf)),
    'counts.compared': () => Promise.resolve(compared),
  });
  return [...(await driftingReps({ ...world.deps, store }, { portalId: world.portalId }, REPS))];
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

describe('a rep whose share fell when it was tested', () => {
  const differing: Partial<ComparedCheckIn> = { verdict: 'DIFFERS_SOFT', severity: 1 };
  const fits: Partial<ComparedCheckIn> = { verdict: 'CORROBORATED', severity: 0 };

  /** Sixteen check-ins a quarter as they stand now: what the tests found as credits, and `rest` for the others of the last four. */
  const standing = (rest: Partial<ComparedCheckIn>): readonly ComparedCheckIn[] =>
    FALL.flatMap((reps, at) =>
      Array.from({ length: 16 }, (_, place): ComparedCheckIn => {
        const credits = reps[0]?.cycleCredits ?? 0;
        const change = place < credits ? fits : at < 4 ? differing : rest;
        return { ...aComparison(testOf(reps, at).cycle, place), ...change };
      }),
    );

  it.each<[string, Partial<ComparedCheckIn>, readonly unknown[]]>([
    ['is marked while its differences stand', differing, [REP.ownerId]],
    ['is not, where they were explained since', { verdict: 'EXPLAINED', severity: 0 }, []],
    ['is not, while replies to them wait', { ...differing, hasOpenReply: true }, []],
  ])('%s', async (_what, rest, expected) => {
    const world = await worlds.fresh();

    const drifting = await driftingAfter(world, FALL, standing(rest));

    expect(drifting).toEqual(expected);
  });
});

describe('the quarter’s own share in the test of a team', () => {
  it.each([
    ['is in neither while a reply waits for its decision', null, 0],
    ['leaves it for good once the reply is accepted', true, 0],
    ['counts once it is refused', false, 1],
  ])('a difference %s', async (_what, accept, comparable) => {
    const world = await worlds.fresh();
    setLog(world, sixCalls());
    await world.plan();
    const heard = await compared(world);
    await told(world);
    await replied(world, heard);
    await windowsEnd(world);
    if (accept !== null) await decided(world, heard, accept);

    const all = await world.inside((scope) => world.store.counts.compared(scope, [REP.ownerId], '2025-Q4'));
    const { cycleCredits, cycleComparable } = testedRep(all, REP.ownerId, CYCLE);

    expect([cycleCredits, cycleComparable]).toEqual([0, comparable]);
  });
});

function aComparison(cycle: ComparedCheckIn['cycle'], place: number): ComparedCheckIn {
  return {
    companyId: asCompanyId(String(1000 + place)),
    cycle,
    repOwnerId: REP.ownerId,
    callerUserId: MANAGER.userId,
    isFirstOfTouch: true,
    verdict: 'CORROBORATED',
    severity: 0,
    inputs: { claims: touchesOf([5, 12, 20]), recency: 'W1', count: '3-5', flags: [] },
    supported: false,
    isSettled: true,
    hasOpenReply: false,
  };
}
