import { describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { compareCheckIns } from '../../src/usecases/compare-check-ins.ts';
import { decideReply } from '../../src/usecases/decide-reply.ts';
import { getHome } from '../../src/usecases/get-home.ts';
import { settleFindings } from '../../src/usecases/settle-findings.ts';
import { MINUTE_MS } from '../support/deps.ts';
import { compared, replied, replyIdsOf, standingOf, told, type Heard } from '../support/finding-story.ts';
import { useWorlds, type World } from '../support/world.ts';

const worlds = useWorlds();

/** A difference whose rep replied; the manager reads it, and then the rep adds this. */
async function readThenAdded(kind: 'NOT_REACHED' | 'COMMENT') {
  const world = await worlds.fresh();
  const heard = await compared(world);
  await told(world);
  await replied(world, heard);
  const replyIds = await replyIdsOf(world, heard.findingId);
  world.clock.advance(MINUTE_MS);
  await replied(world, heard, { kind, sentence: 'I left a message.' });
  return { world, heard, replyIds };
}

const decide = (world: World, heard: Heard, replyIds: readonly string[], accept = false) =>
  decideReply(world.deps, world.manager, heard.findingId, {
    submissionId: randomUUID(),
    replyIds,
    accept,
    reason: accept ? '' : 'Uma was away.',
  });

const statesOf = async (world: World, { findingId }: Heard) =>
  (await world.inside((scope) => world.store.findings.replies(scope, findingId))).map(({ state }) => state);

describe('a decision', () => {
  it('is about the replies that the manager had read; what came later stays open and is told of', async () => {
    const { world, heard, replyIds } = await readThenAdded('NOT_REACHED');

    const { finding, added } = await decide(world, heard, replyIds);

    expect(await statesOf(world, heard)).toEqual(['refused', 'open']);
    expect(finding.canDecide).toBe(true);
    expect(added).toBe(
      'Tom added something while you were reading. Read it here, then decide about it, too.',
    );
    const { manager } = await getHome(world.deps, world.manager);
    expect(manager?.repliesWaiting.map(({ findingId }) => findingId)).toEqual([heard.findingId]);
  });

  it('can be made about the later reply next, and tells of nothing then', async () => {
    const { world, heard, replyIds } = await readThenAdded('NOT_REACHED');
    await decide(world, heard, replyIds);

    const { added } = await decide(world, heard, await replyIdsOf(world, heard.findingId), true);
    await compareCheckIns(world.deps, world.portalId);

    expect(added).toBeNull();
    expect(await statesOf(world, heard)).toEqual(['refused', 'accepted']);
    expect(await standingOf(world, heard)).toMatchObject({ verdict: 'EXPLAINED', severity: 0 });
  });

  it('tells of a comment that came later, about which there is nothing to decide', async () => {
    const { world, heard, replyIds } = await readThenAdded('COMMENT');

    const { finding, added } = await decide(world, heard, replyIds, true);

    expect(added).toBe('Tom added something while you were reading. There is nothing to decide about it.');
    expect(finding.canDecide).toBe(false);
  });

  it('is refused where all that was read is decided by now, and says what is there to read', async () => {
    const { world, heard, replyIds } = await readThenAdded('NOT_REACHED');
    await decide(world, heard, replyIds);

    const again = decide(world, heard, replyIds, true);

    await expect(again).rejects.toMatchObject({
      code: 'conflict',
      message: 'Tom added something while you were reading.',
      hint: 'Read it here, then decide about it, too.',
    });
    expect(await statesOf(world, heard)).toEqual(['refused', 'open']);
  });

  it('is refused where it names no reply of this finding', async () => {
    const { world, heard } = await readThenAdded('COMMENT');

    const elsewhere = decide(world, heard, [randomUUID()], true);

    await expect(elsewhere).rejects.toMatchObject({ code: 'conflict' });
    expect(await statesOf(world, heard)).toEqual(['open', 'noted']);
  });

  it('leaves the later reply its own ten business days, after which silence accepts it', async () => {
    const { world, heard, replyIds } = await readThenAdded('NOT_REACHED');
    await decide(world, heard, replyIds);

    world.clock.set('2026-08-27T15:00:00Z');
    await settleFindings(world.deps, world.portalId);

    expect(await statesOf(world, heard)).toEqual(['refused', 'accepted']);
  });
});
