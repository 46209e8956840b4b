import { beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { asContactId } from '../../src/core/model.ts';
import { forgetContact } from '../../src/usecases/forget-contact.ts';
import type { PreferenceInput } from '../../src/usecases/preferences.ts';
import { recordAttempt } from '../../src/usecases/record-attempt.ts';
import { saveDraft } from '../../src/usecases/save-draft.ts';
import { COMPANY, DANA, LUIS, useWorlds, type World } from '../support/world.ts';

const worlds = useWorlds();
const wish: PreferenceInput = {
  talkToContactId: null,
  half: 'morning',
  weekdays: [],
  channel: null,
  doNotCall: false,
};
const draftOf = (world: World) =>
  world.inside((scope) => world.store.drafts.find(scope, world.manager.userId, COMPANY));

describe('a card that was open while its contact was erased', () => {
  let world: World;
  beforeEach(async () => {
    world = await worlds.fresh();
    await world.inside((scope) => forgetContact(world.deps, scope, DANA));
  });

  it('saves the words without name, id or wishes', async () => {
    const { saved } = await world.record({ preference: wish });

    const checkIn = await world.inside((scope) => world.store.checkIns.find(scope, saved.checkInId));
    const kept = await world.inside((scope) => world.store.preferences.find(scope, DANA));
    expect(checkIn).toMatchObject({ respondentContactId: null, respondentName: '' });
    expect(checkIn?.words).not.toBe('');
    expect(kept).toBeNull();
  });

  it('keeps the wish of another contact, and sends nobody to the one who is gone', async () => {
    await world.record({
      respondent: { contactId: LUIS, name: 'Luis Vega' },
      preference: { ...wish, talkToContactId: DANA },
    });

    const kept = await world.inside((scope) => world.store.preferences.find(scope, LUIS));
    expect(kept).toMatchObject({ half: 'morning', talkToContactId: null });
  });

  it('notes a try to reach them without their id, and no wish', async () => {
    const touch = await world.plan();

    await recordAttempt(world.deps, world.manager, touch.touchId, {
      submissionId: randomUUID(),
      outcome: 'askedNotToBeCalled',
      contactId: DANA,
    });

    const attempts = await world.inside((scope) => world.store.touches.attempts(scope, touch.touchId));
    const kept = await world.inside((scope) => world.store.preferences.find(scope, asContactId(DANA)));
    expect(attempts.map(({ contactId }) => contactId)).toEqual([null]);
    expect(kept).toBeNull();
  });

  it('keeps the unfinished words without name and id', async () => {
    await saveDraft(world.deps, world.manager, COMPANY, {
      draft: {
        respondentContactId: DANA,
        respondentName: 'Dana Ruiz',
        words: 'Half a sen',
        preference: wish,
      },
    });

    expect(await draftOf(world)).toEqual({
      respondentContactId: null,
      respondentName: '',
      words: 'Half a sen',
    });
  });

  it('takes them out of an unfinished wish, and leaves the rest of the draft alone', async () => {
    const draft = {
      respondentContactId: LUIS,
      words: 'Ask Dana.',
      preference: { ...wish, talkToContactId: DANA },
    };

    await saveDraft(world.deps, world.manager, COMPANY, { draft });

    expect(await draftOf(world)).toEqual({ ...draft, preference: wish });
  });
});
