import { describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { compareCheckIns } from '../../src/usecases/compare-check-ins.ts';
import { getFinding } from '../../src/usecases/get-finding.ts';
import { releaseFeedback } from '../../src/usecases/release-feedback.ts';
import { replyToFinding } from '../../src/usecases/reply-to-finding.ts';
import { undoCheckIn } from '../../src/usecases/undo-check-in.ts';
import { MINUTE_MS } from '../support/deps.ts';
import { COMPANY, useWorlds, type World } from '../support/world.ts';

const worlds = useWorlds();
const NEXT_QUARTER = '2026-10-06T15:00:00Z';

/** Compared in the third quarter, with a record that the rep points to; in the fourth the call is planned again. */
async function beforeTheNextCall(): Promise<{ readonly world: World; readonly findingId: string }> {
  const world = await worlds.fresh();
  const { saved } = await world.record();
  await compareCheckIns(world.deps, world.portalId);
  world.clock.advance(15 * MINUTE_MS);
  await releaseFeedback(world.deps, world.portalId);
  const findingId = String(saved.findingId);
  const reply = { kind: 'WRONG_RECORD', sentence: 'It was another firm.', activityId: '506' } as const;
  await replyToFinding(world.deps, world.rep, findingId, { submissionId: randomUUID(), ...reply });
  await planNext(world);
  world.clock.set(NEXT_QUARTER);
  return { world, findingId };
}

async function planNext(world: World): Promise<void> {
  await world.inside((scope) =>
    world.store.touches.ensureCycle(scope, {
      label: '2026-Q4',
      startsOn: '2026-10-01',
      endsOn: '2027-01-01',
      timeZone: 'America/Chicago',
      plannedAt: world.clock.now(),
    }),
  );
  await world.plan(undefined, { cycle: '2026-Q4', dueOn: '2026-10-12' });
}

async function readBy(world: World, reader: World['manager'], findingId: string) {
  const { finding } = await getFinding(world.deps, reader, findingId);
  const { logSays, bothSides, replies, logHeldBack } = finding;
  const records = replies.filter(({ record }) => record !== null).length;
  return { lines: logSays.length, sides: bothSides.length, records, isHeldBack: logHeldBack !== null };
}

const NOTHING = { lines: 0, sides: 0, records: 0, isHeldBack: true };
const ALL = { lines: 6, sides: 2, records: 1, isHeldBack: false };

describe('an earlier finding, while the next call is still to be made', () => {
  it('shows its caller nothing of the log, and the rep all of it', async () => {
    const { world, findingId } = await beforeTheNextCall();

    const forManager = await readBy(world, world.manager, findingId);
    const forRep = await readBy(world, world.rep, findingId);

    expect([forManager, forRep]).toEqual([NOTHING, ALL]);
  });

  it('shows the log again once the answer is saved, until it is undone', async () => {
    const { world, findingId } = await beforeTheNextCall();
    const { saved } = await world.record({ happenedOn: '2026-10-06' });

    const afterSaving = await readBy(world, world.manager, findingId);
    const undo = { submissionId: randomUUID() };
    await undoCheckIn(world.deps, world.manager, saved.checkInId, undo);
    const afterUndo = await readBy(world, world.manager, findingId);

    expect([afterSaving, afterUndo]).toEqual([ALL, NOTHING]);
  });

  it('shows nothing either where the call of the new quarter is not planned yet', async () => {
    const { world, findingId } = await beforeTheNextCall();
    world.clock.set('2027-01-05T15:00:00Z');

    const forManager = await readBy(world, world.manager, findingId);

    expect(forManager).toEqual(NOTHING);
  });

  it('shows nothing either where the task was closed in HubSpot and the answer is still missing', async () => {
    const { world, findingId } = await beforeTheNextCall();
    await world.inside(async (scope) => {
      const touch = await world.store.touches.ofCompany(scope, COMPANY, '2026-Q4');
      await world.store.touches.update(scope, touch!.touchId, { state: 'done', reason: 'closedOutsideCard' });
    });

    const forManager = await readBy(world, world.manager, findingId);

    expect(forManager).toEqual(NOTHING);
  });
});
