import { describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { asContactId } from '../../src/core/model.ts';
import * as pages from '../../src/http/contract-pages.ts';
import { companyView } from '../../src/http/contract.ts';
import { forgetContact } from '../../src/usecases/forget-contact.ts';
import { getCompany } from '../../src/usecases/get-company.ts';
import { getHome } from '../../src/usecases/get-home.ts';
import type { UserActor } from '../../src/usecases/ports.ts';
import type { PreferenceInput } from '../../src/usecases/preferences.ts';
import { recordAttempt } from '../../src/usecases/record-attempt.ts';
import { undoCheckIn } from '../../src/usecases/undo-check-in.ts';
import { MINUTE_MS } from '../support/deps.ts';
import { COMPANY, DANA, LUIS, OTHER_REP, REP, useWorlds, type World } from '../support/world.ts';

const worlds = useWorlds();
const KUDOS = { ownerId: OTHER_REP.ownerId, words: 'Uma found our lost pallet in an hour.' };
const wish = (change: Partial<PreferenceInput> = {}): PreferenceInput => ({
  talkToContactId: null,
  half: null,
  weekdays: [],
  channel: null,
  doNotCall: false,
  ...change,
});

async function cardOf(world: World, actor: UserActor) {
  return companyView.parse(await getCompany(world.deps, actor, COMPANY));
}

async function managerCard(world: World) {
  const view = await cardOf(world, world.manager);
  if (view.role !== 'manager') throw new Error('This is the manager’s card.');
  return view;
}

const thanksOnHome = async (world: World, actor: UserActor) =>
  pages.homeView.parse(await getHome(world.deps, actor)).thanks;

describe('kudos', () => {
  it('are the giver’s alone until the words are released', async () => {
    const world = await worlds.fresh();

    await world.record({ kudos: KUDOS });
    world.clock.advance(15 * MINUTE_MS - 1);

    const [given] = (await managerCard(world)).thanks;
    expect(given).toMatchObject({
      toName: 'Uma Patel',
      words: KUDOS.words,
      releasesAt: '2026-08-12T15:15:00.000Z',
    });
    expect((await cardOf(world, world.otherRep)).thanks).toEqual([]);
    expect(await thanksOnHome(world, world.otherRep)).toEqual([]);
    expect(await thanksOnHome(world, world.manager)).toEqual([]);
  });

  it('reach the colleague, on the company and at home, and the colleague’s manager, with the words', async () => {
    const world = await worlds.fresh();
    await world.record({ kudos: KUDOS });

    world.clock.advance(15 * MINUTE_MS);

    const card = await cardOf(world, world.otherRep);
    const heard = {
      words: KUDOS.words,
      respondentName: 'Dana Ruiz',
      givenByName: 'Ana Silva',
      releasesAt: null,
    };
    expect(card.role).toBe('viewer');
    expect(card.thanks).toEqual([expect.objectContaining({ ...heard, mine: true })]);
    expect(await thanksOnHome(world, world.otherRep)).toEqual([
      expect.objectContaining({ ...heard, mine: true, companyName: 'Acme Plating' }),
    ]);
    expect(await thanksOnHome(world, world.manager)).toEqual([
      expect.objectContaining({ ...heard, mine: false, toName: 'Uma Patel' }),
    ]);
  });

  it('are no one else’s: neither the rep of the company nor a stranger reads them', async () => {
    const world = await worlds.fresh();
    await world.record({ kudos: KUDOS });

    world.clock.advance(60 * MINUTE_MS);

    for (const actor of [world.rep, world.stranger]) {
      expect((await cardOf(world, actor)).thanks).toEqual([]);
      expect(await thanksOnHome(world, actor)).toEqual([]);
    }
  });

  it('go with Undo, and come back as a draft', async () => {
    const world = await worlds.fresh();
    const { saved } = await world.record({ kudos: KUDOS });

    const { draft } = await undoCheckIn(world.deps, world.manager, saved.checkInId, {
      submissionId: randomUUID(),
    });
    world.clock.advance(60 * MINUTE_MS);

    expect(draft).toMatchObject({ kudos: KUDOS });
    expect((await managerCard(world)).draft).toMatchObject({ kudos: KUDOS });
    expect((await cardOf(world, world.otherRep)).thanks).toEqual([]);
  });

  it('for somebody who is not there are refused, and nothing of the check-in is stored', async () => {
    const world = await worlds.fresh();

    const recording = world.record({ kudos: { ...KUDOS, ownerId: '999' } });

    await expect(recording).rejects.toMatchObject({
      code: 'invalid_input',
      message: 'Whom you thank is not active in HubSpot.',
      safeDetails: { field: 'kudos.ownerId' },
    });
    expect((await managerCard(world)).saved).toBeNull();
  });

  it('for the company’s own rep stand on the rep’s card', async () => {
    const world = await worlds.fresh();
    await world.record({ kudos: { ...KUDOS, ownerId: REP.ownerId } });

    world.clock.advance(15 * MINUTE_MS);

    expect((await cardOf(world, world.rep)).thanks).toMatchObject([{ mine: true, toName: 'Tom Baker' }]);
  });
});

describe('a contact’s preference', () => {
  it('is shown in words beside the contact, and nothing is filled in that was not said', async () => {
    const world = await worlds.fresh();

    await world.record({ preference: wish({ half: 'morning', weekdays: [4, 2, 4] }) });

    expect((await managerCard(world)).preferences).toEqual([
      {
        ...wish({ half: 'morning', weekdays: [2, 4] }),
        contactId: DANA,
        text: 'Best in the morning, on Tuesday or Thursday',
      },
    ]);
  });

  it('sends us to the person they would rather have us ask', async () => {
    const world = await worlds.fresh();

    await world.record({ preference: wish({ talkToContactId: LUIS }) });

    expect((await managerCard(world)).ask).toMatchObject({
      contactId: LUIS,
      why: 'Dana Ruiz asked us to talk with this person',
    });
  });

  it('not to be called is kept: somebody else is proposed, then nobody', async () => {
    const world = await worlds.fresh();

    await world.record({ preference: wish({ doNotCall: true }) });
    const first = (await managerCard(world)).ask;
    await world.record({
      respondent: { contactId: LUIS, name: 'Luis Vega' },
      preference: wish({ doNotCall: true }),
    });
    const second = (await managerCard(world)).ask;

    expect(first?.contactId).toBe(LUIS);
    expect(second).toBeNull();
  });

  it('goes with Undo: the wish before it stands again, and the words come back as a draft', async () => {
    const world = await worlds.fresh();
    await world.record({ preference: wish({ half: 'morning' }) });
    const { saved } = await world.record({ preference: wish({ doNotCall: true }) });

    const { draft } = await undoCheckIn(world.deps, world.manager, saved.checkInId, {
      submissionId: randomUUID(),
    });

    expect(draft).toMatchObject({ preference: wish({ doNotCall: true }) });
    expect((await managerCard(world)).preferences).toMatchObject([{ half: 'morning', doNotCall: false }]);
  });

  it.each([
    ['the later one first', [1, 0]],
    ['the earlier one first', [0, 1]],
  ])('stands as before the first of two check-ins once both are undone, %s', async (_how, order) => {
    const world = await worlds.fresh();
    await world.record({ preference: wish({ half: 'afternoon' }) });
    world.clock.advance(16 * MINUTE_MS);
    const first = await world.record({ preference: wish({ half: 'morning' }) });
    const second = await world.record({ preference: wish({ doNotCall: true }) });
    const made = [first, second].map(({ saved }) => saved.checkInId);

    for (const which of order)
      await undoCheckIn(world.deps, world.manager, String(made[which]), { submissionId: randomUUID() });

    expect((await managerCard(world)).preferences).toMatchObject([{ half: 'afternoon', doNotCall: false }]);
  });

  it('not to be called outlasts the contact’s data: a later read does not bring them back to be asked', async () => {
    const world = await worlds.fresh();
    await world.record({ preference: wish({ doNotCall: true }) });
    const read = await world.inside((scope) => world.store.companies.contacts(scope, COMPANY));

    await world.inside(async (scope) => {
      await forgetContact(world.deps, scope, DANA);
      await world.store.companies.replaceContacts(scope, new Map([[COMPANY, read]]), world.clock.now());
    });

    const card = await managerCard(world);
    expect(card.ask?.contactId).toBe(LUIS);
    expect(JSON.stringify(card)).not.toContain(`"${DANA}"`);
  });

  it('is erased with the contact', async () => {
    const world = await worlds.fresh();
    await world.record({ preference: wish({ half: 'morning' }) });

    await world.inside((scope) => forgetContact(world.deps, scope, DANA));

    const found = await world.inside((scope) => world.store.preferences.find(scope, DANA));
    expect(found).toBeNull();
  });

  it.each([
    ['of a typed name', { respondent: { contactId: null, name: 'Dana' } }, wish({ half: 'morning' })],
    ['for themselves', {}, wish({ talkToContactId: DANA })],
    ['for somebody elsewhere', {}, wish({ talkToContactId: '999' })],
  ])('%s is refused, naming the field', async (_case, change, preference) => {
    const world = await worlds.fresh();

    const recording = world.record({ ...change, preference });

    await expect(recording).rejects.toMatchObject({
      code: 'invalid_input',
      message: expect.not.stringMatching(/[a-z][A-Z]|^[a-z]/),
      safeDetails: { field: expect.stringMatching(/^preference/) },
    });
  });

  it('moves the next try to the half of the day and the weekday they like', async () => {
    const world = await worlds.fresh();
    await world.record({ happenedOn: '2026-08-11', preference: wish({ half: 'morning', weekdays: [1] }) });
    const touch = await world.plan(COMPANY, { state: 'planned' });

    const { touch: moved } = await recordAttempt(world.deps, world.manager, touch.touchId, {
      submissionId: randomUUID(),
      outcome: 'noAnswer',
      contactId: DANA,
    });

    expect(moved).toMatchObject({ nextTryOn: '2026-08-17', nextTryHalf: 'morning' });
  });

  it('is noted by itself when somebody asks not to be called', async () => {
    const world = await worlds.fresh();
    const touch = await world.plan();

    await recordAttempt(world.deps, world.manager, touch.touchId, {
      submissionId: randomUUID(),
      outcome: 'askedNotToBeCalled',
      contactId: DANA,
    });

    expect((await managerCard(world)).preferences).toMatchObject([{ contactId: DANA, doNotCall: true }]);
    expect((await managerCard(world)).ask?.contactId).toBe(LUIS);
  });

  it('is noted for nobody who is no contact of the company, and nothing of the try is stored', async () => {
    const world = await worlds.fresh();
    const touch = await world.plan();

    const trying = recordAttempt(world.deps, world.manager, touch.touchId, {
      submissionId: randomUUID(),
      outcome: 'askedNotToBeCalled',
      contactId: '999',
    });

    await expect(trying).rejects.toMatchObject({
      code: 'invalid_input',
      safeDetails: { field: 'contactId' },
    });
    expect(await world.touch(touch.touchId)).toMatchObject({ state: 'planned' });
    expect(await world.inside((scope) => world.store.preferences.find(scope, asContactId('999')))).toBeNull();
  });
});

describe('a try to reach somebody', () => {
  it('counts without a contact where the one it names is not at the company', async () => {
    const world = await worlds.fresh();
    const touch = await world.plan();

    await recordAttempt(world.deps, world.manager, touch.touchId, {
      submissionId: randomUUID(),
      outcome: 'noAnswer',
      contactId: '999',
    });

    const attempts = await world.inside((scope) => world.store.touches.attempts(scope, touch.touchId));
    expect(attempts.map(({ contactId }) => contactId)).toEqual([null]);
  });
});
