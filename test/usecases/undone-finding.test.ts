import { describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { asUserId } from '../../src/core/model.ts';
import { compareCheckIns } from '../../src/usecases/compare-check-ins.ts';
import { getFinding } from '../../src/usecases/get-finding.ts';
import type { UserActor } from '../../src/usecases/ports.ts';
import { recordCheckIn } from '../../src/usecases/record-check-in.ts';
import { releaseFeedback } from '../../src/usecases/release-feedback.ts';
import { settleFindings } from '../../src/usecases/settle-findings.ts';
import { undoCheckIn } from '../../src/usecases/undo-check-in.ts';
import { DAY_MS } from '../support/deps.ts';
import { anAnswer, COMPANY, useWorlds, type World } from '../support/world.ts';

/** A conversation that was taken back reached nobody: what was found about it is for its caller alone, for ever. */

const worlds = useWorlds();

/** Another manager calls the rep's customer, reads the finding, and takes the conversation back. */
async function takenBack(world: World) {
  const caller = { ...world.manager, userId: asUserId(912) };
  await world.plan(COMPANY, { callerUserId: caller.userId });
  const { saved } = await recordCheckIn(world.deps, caller, anAnswer());
  await compareCheckIns(world.deps, world.portalId);
  await undoCheckIn(world.deps, caller, saved.checkInId, { submissionId: randomUUID() });
  return { caller, findingId: String(saved.findingId) };
}

async function maySee(world: World, actor: UserActor, findingId: string): Promise<boolean> {
  return getFinding(world.deps, actor, findingId).then(
    () => true,
    () => false,
  );
}

describe('the finding of a conversation that was taken back', () => {
  it.each([0, 9, 40])('opens to neither the rep nor their manager after %i days', async (days) => {
    const world = await worlds.fresh();
    const { caller, findingId } = await takenBack(world);
    world.clock.advance(days * DAY_MS);
    await releaseFeedback(world.deps, world.portalId);
    await settleFindings(world.deps, world.portalId);

    const readers = [world.rep, world.manager, world.stranger, caller];
    const seen = [];
    for (const reader of readers) seen.push(await maySee(world, reader, findingId));

    expect(seen).toEqual([false, false, false, true]);
  });
});
