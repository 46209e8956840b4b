import { describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { compareCheckIns } from '../../src/usecases/compare-check-ins.ts';
import { getHome } from '../../src/usecases/get-home.ts';
import { undoCheckIn } from '../../src/usecases/undo-check-in.ts';
import { addCompared, touchesOf } from '../support/compared.ts';
import { compared, replied, told, windowsEnd } from '../support/finding-story.ts';
import { LUIS, OTHER_COMPANY, REMEMBERS, useWorlds, type World } from '../support/world.ts';

/** Which differences a rep's home page asks about: each that was told and may be answered, until it is. */

const worlds = useWorlds();
const LUIS_ASKED = { respondent: { contactId: LUIS, name: 'Luis Vega' } };
const WORDS_ON_PAGE = 20;

async function waitingOf(world: World) {
  const { rep } = await getHome(world.deps, world.rep);
  return rep?.waitingForReply.map(({ findingId }) => findingId);
}

describe('a difference that waits for the rep’s reply', () => {
  it('is asked about however many words have come since', async () => {
    const world = await worlds.fresh();
    const heard = await compared(world);
    await told(world);
    for (let words = 0; words < WORDS_ON_PAGE; words += 1)
      await addCompared(world, touchesOf([5]), { companyId: OTHER_COMPANY, recall: REMEMBERS });

    const waiting = await waitingOf(world);

    expect(waiting).toEqual([heard.findingId]);
  });

  it('is asked about while the log waits to be read again, until its window is over', async () => {
    const world = await worlds.fresh();
    const heard = await compared(world);
    await told(world);
    await world.record(LUIS_ASKED);
    await compareCheckIns(world.deps, world.portalId);
    const { state } = (await world.inside((scope) => world.store.findings.find(scope, heard.findingId)))!;

    const meanwhile = await waitingOf(world);
    await windowsEnd(world);

    expect(state).toBe('pending');
    expect([meanwhile, await waitingOf(world)]).toEqual([[heard.findingId], []]);
  });

  it('is asked about no more once the rep replied, also while the log waits to be read again', async () => {
    const world = await worlds.fresh();
    const heard = await compared(world);
    await told(world);

    await replied(world, heard);
    await world.record(LUIS_ASKED);
    await compareCheckIns(world.deps, world.portalId);

    expect(await waitingOf(world)).toEqual([]);
  });

  it('is not asked about before it was told', async () => {
    const world = await worlds.fresh();

    await compared(world);

    expect(await waitingOf(world)).toEqual([]);
  });

  it('is not asked about once its conversation was taken back', async () => {
    const world = await worlds.fresh();
    const heard = await compared(world);
    await undoCheckIn(world.deps, world.manager, heard.checkInId, { submissionId: randomUUID() });

    await told(world);

    expect(await waitingOf(world)).toEqual([]);
  });
});
