import { describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { recordAttempt } from '../../src/usecases/record-attempt.ts';
import { recordCheckIn } from '../../src/usecases/record-check-in.ts';
import { releaseTouches } from '../../src/usecases/release-touches.ts';
import { syncTasks } from '../../src/usecases/sync-tasks.ts';
import { undoCheckIn } from '../../src/usecases/undo-check-in.ts';
import { anAnswer, DANA, OTHER_REP, REP, useWorlds, type World } from '../support/world.ts';

const worlds = useWorlds();

/** In HubSpot, somebody gave the task of the first rep's customer to this person. */
async function giveTaskTo(world: World, person: typeof OTHER_REP): Promise<string> {
  const { touchId } = await world.plan();
  await releaseTouches(world.deps, world.portalId);
  const { taskId } = await world.touch(touchId);
  await world.deps.hubspot.updateTasks(world.portalId, [{ taskId: String(taskId), ownerId: person.ownerId }]);
  await syncTasks(world.deps, world.portalId);
  return touchId;
}

describe('whoever got the task from a colleague in HubSpot', () => {
  it('records the attempt, the answer, and takes it back again', async () => {
    const world = await worlds.fresh();
    const touchId = await giveTaskTo(world, OTHER_REP);
    const attempt = { submissionId: randomUUID(), outcome: 'noAnswer' as const, contactId: DANA };

    await recordAttempt(world.deps, world.otherRep, touchId, attempt);
    const { saved } = await recordCheckIn(world.deps, world.otherRep, anAnswer());
    const done = await world.touch(touchId);
    await undoCheckIn(world.deps, world.otherRep, saved.checkInId, { submissionId: randomUUID() });

    expect(done).toMatchObject({ state: 'done', callerUserId: OTHER_REP.userId });
    expect(await world.touch(touchId)).toMatchObject({ state: 'created' });
  });

  it('does not come by the manager’s view of an account of their own', async () => {
    const world = await worlds.fresh();
    await giveTaskTo(world, REP);

    const recording = recordCheckIn(world.deps, world.rep, anAnswer());

    await expect(recording).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('has nothing to say any more once the task was canceled', async () => {
    const world = await worlds.fresh();
    const touchId = await giveTaskTo(world, OTHER_REP);
    await world.inside((scope) => world.store.touches.update(scope, touchId, { state: 'canceled' }));

    const recording = recordCheckIn(world.deps, world.otherRep, anAnswer());

    await expect(recording).rejects.toMatchObject({ code: 'forbidden' });
  });
});
