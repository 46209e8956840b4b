import { beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { compareCheckIns } from '../../src/usecases/compare-check-ins.ts';
import { getFinding } from '../../src/usecases/get-finding.ts';
import type { UserActor } from '../../src/usecases/ports.ts';
import { recordCheckIn, type RecordCheckInInput } from '../../src/usecases/record-check-in.ts';
import { undoCheckIn } from '../../src/usecases/undo-check-in.ts';
import { addCompared, touchesOf } from '../support/compared.ts';
import { anAnswer, FORGOT, LUIS, OTHER_REP, REMEMBERS, useWorlds, type World } from '../support/world.ts';

/** Whoever read the log of a customer before the first answers of the quarter has nothing to compare with it. */

const worlds = useWorlds();
const LUIS_VEGA = { contactId: LUIS, name: 'Luis Vega' };

let world: World;
let colleague: UserActor;
let findingId: string;

/** A finding of the quarter before, whose caller was a colleague: somebody who calls this customer where the task is theirs. */
beforeEach(async () => {
  world = await worlds.fresh();
  colleague = world.otherRep;
  findingId = await findingBefore(OTHER_REP.userId);
});

async function findingBefore(callerUserId: typeof OTHER_REP.userId): Promise<string> {
  const earlier = { cycle: '2026-Q2', happenedOn: '2026-05-20', callerUserId } as const;
  const row = await addCompared(world, touchesOf([5, 12, 20, 29, 47, 68]), earlier, {
    settledAt: world.clock.now(),
  });
  return row.findingId;
}

const read = async (reader: UserActor, id = findingId) => (await getFinding(world.deps, reader, id)).finding;
const takeTheCall = () => world.plan(undefined, { callerUserId: OTHER_REP.userId });

function record(reader: UserActor, change: Partial<RecordCheckInInput> = {}) {
  return recordCheckIn(world.deps, reader, { ...anAnswer(), ...change });
}

async function keptOf({ saved }: Awaited<ReturnType<typeof record>>) {
  const { checkInId } = saved;
  return world.inside(async (scope) => ({
    recall: (await world.store.checkIns.find(scope, checkInId))?.recall ?? null,
    corrected: (await world.store.checkIns.corrections(scope, checkInId)).length,
  }));
}

const undo = (reader: UserActor, { saved }: Awaited<ReturnType<typeof record>>) =>
  undoCheckIn(world.deps, reader, saved.checkInId, { submissionId: randomUUID() });

describe('answers that a caller records who read the log this quarter', () => {
  it('do not count where they got the call only afterwards', async () => {
    const { logHeldBack } = await read(colleague);
    await takeTheCall();

    const kept = await keptOf(await record(colleague));

    expect(logHeldBack).toBeNull();
    expect(kept).toEqual({ recall: null, corrected: 1 });
  });

  it('do not count of another person either', async () => {
    await read(colleague);
    await takeTheCall();
    await record(colleague);

    const kept = await keptOf(await record(colleague, { respondent: LUIS_VEGA }));

    expect(kept.recall).toBeNull();
  });

  it('count where they read nothing, or only what was left without the log', async () => {
    await takeTheCall();
    const { logHeldBack } = await read(colleague);

    const kept = await keptOf(await record(colleague));

    expect(logHeldBack).not.toBeNull();
    expect(kept.recall).toEqual(FORGOT);
  });

  it('count where they read it in the quarter before', async () => {
    world.clock.set('2026-06-30T15:00:00Z');
    await read(colleague);
    world.clock.set('2026-08-12T15:00:00Z');
    await takeTheCall();

    const kept = await keptOf(await record(colleague));

    expect(kept.recall).toEqual(FORGOT);
  });

  it('do not count after a first conversation without questions, even if that one was undone', async () => {
    const own = await findingBefore(world.manager.userId);
    const first = await record(world.manager, { recall: null });
    await read(world.manager, own);

    const second = await record(world.manager);
    await undo(world.manager, second);
    await undo(world.manager, first);
    const third = await record(world.manager);

    expect([await keptOf(second), await keptOf(third)]).toEqual([
      { recall: null, corrected: 1 },
      { recall: null, corrected: 1 },
    ]);
  });

  it('count after a first conversation without questions, where nothing was read', async () => {
    await record(world.manager, { recall: null });

    const kept = await keptOf(await record(world.manager));

    expect(kept.recall).toEqual(FORGOT);
  });

  it('change nothing any more where an answer was undone before it was compared', async () => {
    const own = await findingBefore(world.manager.userId);
    const first = await record(world.manager);
    await read(world.manager, own);
    await undo(world.manager, first);

    const same = await keptOf(await record(world.manager, { recall: REMEMBERS }));
    const other = await keptOf(await record(world.manager, { respondent: LUIS_VEGA }));

    expect(same).toEqual({ recall: FORGOT, corrected: 1 });
    expect(other.recall).toBeNull();
  });

  it('count for a second person who is asked after the first', async () => {
    const first = await record(world.manager);
    await compareCheckIns(world.deps, world.portalId);
    await read(world.manager, String(first.saved.findingId));

    const kept = await keptOf(await record(world.manager, { respondent: LUIS_VEGA }));

    expect(kept.recall).toEqual(FORGOT);
  });
});
