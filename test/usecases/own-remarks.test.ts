import { describe, expect, it } from '@jest/globals';
import { asUserId } from '../../src/core/model.ts';
import { companyView } from '../../src/http/contract.ts';
import { getCompany } from '../../src/usecases/get-company.ts';
import type { UserActor } from '../../src/usecases/ports.ts';
import { DAY_MS } from '../support/deps.ts';
import { COMPANY, MANAGER, REP, useWorlds, type World } from '../support/world.ts';

const worlds = useWorlds();
const NOTED = { liked: 'The driver', inConfidence: 'They talk with a competitor.' };
const NEW_MANAGER = asUserId(912);

async function answersOf(world: World, actor: UserActor) {
  const view = companyView.parse(await getCompany(world.deps, actor, COMPANY));
  if (view.role !== 'manager') throw new Error(`the card of a ${view.role}`);
  return [view.saved, view.lastAnswer, ...view.earlierAnswers];
}

describe('what was noted beside the customer’s words', () => {
  it('is shown again to whoever wrote it, beside the answer and among the earlier ones', async () => {
    const world = await worlds.fresh();
    await world.record(NOTED);
    const [saved] = await answersOf(world, world.manager);
    world.clock.advance(120 * DAY_MS);

    const [, last, earlier] = await answersOf(world, world.manager);

    expect(saved).toMatchObject(NOTED);
    expect(last).toMatchObject(NOTED);
    expect(earlier).toMatchObject(NOTED);
  });

  it('is what they liked alone to another manager: a remark in confidence is its author’s', async () => {
    const world = await worlds.fresh();
    await world.record(NOTED);
    await world.program({
      managers: [{ managerUserId: NEW_MANAGER, repOwnerIds: [MANAGER.ownerId, REP.ownerId] }],
    });

    const answers = await answersOf(world, { ...world.manager, userId: NEW_MANAGER });

    expect(answers[0]).toMatchObject({ liked: 'The driver', inConfidence: null });
    expect(JSON.stringify(answers)).not.toContain('competitor');
  });
});
