import { beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { asContactId, type ContactId } from '../../src/core/model.ts';
import { txOf } from '../../src/store/transact.ts';
import { compareCheckIns } from '../../src/usecases/compare-check-ins.ts';
import { deliverOutbox } from '../../src/usecases/deliver-outbox.ts';
import { forgetContact } from '../../src/usecases/forget-contact.ts';
import type { PreferenceInput } from '../../src/usecases/preferences.ts';
import { processInbox } from '../../src/usecases/process-inbox.ts';
import { readContacts } from '../../src/usecases/read-contacts.ts';
import { receiveWebhooks } from '../../src/usecases/receive-webhooks.ts';
import { recordAttempt } from '../../src/usecases/record-attempt.ts';
import { releaseTouches } from '../../src/usecases/release-touches.ts';
import { saveDraft } from '../../src/usecases/save-draft.ts';
import { addCompared, touchesOf } from '../support/compared.ts';
import { DAY_MS } from '../support/deps.ts';
import { callsBefore, compared, rowOf, setLog, standingOf, type Heard } from '../support/finding-story.ts';
import {
  COMPANY,
  DANA,
  LUIS,
  OTHER_COMPANY,
  REMEMBERS,
  sixCalls,
  useWorlds,
  type World,
} from '../support/world.ts';

/** One person under two contacts of two names, which HubSpot merges: into one of the two, or into a third one. */

const worlds = useWorlds();
const OLD_ID = asContactId('309');
const NEW_ID = asContactId('390');
const SETTLED = { replyUntil: '2026-08-12' };
const asOld = { respondent: { contactId: OLD_ID, name: 'D. Ruiz-Vega' } };
const wish = (change: Partial<PreferenceInput> = {}): PreferenceInput => ({
  talkToContactId: null,
  half: null,
  weekdays: [],
  channel: null,
  doNotCall: false,
  ...change,
});

const contact = (contactId: ContactId, name: string, mergedIds?: readonly ContactId[]) => ({
  contactId,
  name,
  jobTitle: null,
  phone: null,
  timeZone: null,
  ...(mergedIds === undefined ? {} : { mergedIds }),
});
const APART = [contact(OLD_ID, 'D. Ruiz-Vega'), contact(DANA, 'Dana Ruiz'), contact(LUIS, 'Luis Vega')];
const IN_DANA = [contact(DANA, 'Dana Ruiz', [OLD_ID]), contact(LUIS, 'Luis Vega')];
const IN_A_THIRD = [contact(NEW_ID, 'Dana Ruiz', [DANA, OLD_ID]), contact(LUIS, 'Luis Vega')];

/** From now on HubSpot has these contacts at the company. */
function inHubSpot(world: World, contacts: readonly ReturnType<typeof contact>[], day = '2026-08-12'): void {
  const contactIds = contacts.map(({ contactId }) => contactId);
  setLog(world, day === '2026-08-12' ? sixCalls({ contactIds }) : callsBefore(day, { contactIds }));
  world.deps.fake.contacts.set(COMPANY, contacts);
}

type Told = {
  readonly subscriptionType: string;
  readonly objectId: string;
  readonly mergedInto: string | null;
};
const merge = (objectId: ContactId, mergedInto: ContactId | null = null): Told => ({
  subscriptionType: 'object.merge',
  objectId,
  mergedInto,
});
const erasure = (objectId: ContactId): Told => ({
  subscriptionType: 'contact.privacyDeletion',
  objectId,
  mergedInto: null,
});

/** Kept in this order, then worked through. */
async function tell(world: World, told: readonly Told[]): Promise<void> {
  const events = told.map((one) => ({
    ...one,
    dedupeKey: randomUUID(),
    objectType: 'contact',
    propertyName: null,
    propertyValue: null,
    occurredAt: world.clock.now(),
    portalId: world.portalId,
  }));
  await receiveWebhooks(world.deps, events);
  await processInbox(world.deps, world.portalId);
}

const tellOfMerge = (world: World, objectId: ContactId = OLD_ID): Promise<void> =>
  tell(world, [merge(objectId)]);

async function readAgain(world: World): Promise<void> {
  await world.inside((scope) => world.store.companies.wantContacts(scope, COMPANY, world.clock.now()));
  await readContacts(world.deps, world.portalId);
}

async function compareAgain(world: World, { findingId }: Pick<Heard, 'findingId'>): Promise<void> {
  const change = { state: 'pending', nextTryAt: world.clock.now() } as const;
  await world.inside((scope) => world.store.findings.saveResult(scope, findingId, change));
  await compareCheckIns(world.deps, world.portalId);
}

/** A firm difference of Dana's, and a settled one of whoever this is a day later. */
async function twoDifferences(world: World, respondentContactId: ContactId, respondentName: string) {
  const first = await compared(world);
  world.clock.advance(DAY_MS);
  const other = { respondentContactId, respondentName, happenedOn: '2026-08-13' };
  const settled = { ...SETTLED, settledAt: world.clock.now() };
  const second = await addCompared(world, touchesOf([6, 13, 21, 30, 48, 69]), other, settled);
  return { first, second };
}

const wishOf = (world: World, contactId: ContactId) =>
  world.inside((scope) => world.store.preferences.find(scope, contactId));
const checkInOf = (world: World, checkInId: string) =>
  world.inside((scope) => world.store.checkIns.find(scope, checkInId));

let world: World;
beforeEach(async () => {
  world = await worlds.fresh();
  await world.inside((scope) =>
    world.store.companies.replaceContacts(scope, new Map([[COMPANY, APART]]), world.clock.now()),
  );
  inHubSpot(world, APART);
});

describe('what one person said under two contacts of two names', () => {
  it.each([
    ['nobody merged them', APART, true],
    ['HubSpot merged one into the other', IN_DANA, false],
    ['HubSpot made a third one of both', IN_A_THIRD, false],
  ])('bears a difference out only where %s', async (_what, contacts, isSupported) => {
    const { first } = await twoDifferences(world, OLD_ID, 'D. Ruiz-Vega');
    inHubSpot(world, contacts);

    await compareAgain(world, first);

    expect((await standingOf(world, first)).supported).toBe(isSupported);
  });

  it('bears nothing out any more once HubSpot tells of the merge, without the log', async () => {
    const { first } = await twoDifferences(world, OLD_ID, 'D. Ruiz-Vega');
    await compareAgain(world, first);
    const before = await standingOf(world, first);
    inHubSpot(world, IN_DANA);
    world.deps.fake.calls.length = 0;

    await tellOfMerge(world);

    expect(before.supported).toBe(true);
    expect((await standingOf(world, first)).supported).toBe(false);
    expect(world.deps.fake.calls.map(({ method }) => method)).toEqual(['contactsById']);
  });

  it('bears nothing out where the one they became is no contact of the company', async () => {
    const { first } = await twoDifferences(world, OLD_ID, 'D. Ruiz-Vega');
    inHubSpot(world, [contact(LUIS, 'Luis Vega')]);
    world.deps.fake.contacts.set(OTHER_COMPANY, [contact(NEW_ID, 'Dana Ruiz', [DANA, OLD_ID])]);

    await compareAgain(world, first);

    expect((await standingOf(world, first)).supported).toBe(false);
  });

  it('is borne out by somebody else although they were merged', async () => {
    const { first } = await twoDifferences(world, LUIS, 'Luis Vega');
    inHubSpot(world, IN_A_THIRD);

    await compareAgain(world, first);

    expect((await standingOf(world, first)).supported).toBe(true);
  });

  it('counts as contact that they reported before', async () => {
    await compared(world, { ...asOld, recall: REMEMBERS });
    world.clock.set('2026-11-12T15:00:00Z');
    inHubSpot(world, IN_DANA, '2026-11-12');

    const again = await compared(world, { happenedOn: '2026-11-12' });

    expect((await rowOf(world, again)).result).toMatchObject({ severity: 0, rule: 'R05' });
  });

  it('stays as it was first said where they are asked again with the log in view', async () => {
    await compared(world, { ...asOld, recall: REMEMBERS });
    inHubSpot(world, IN_DANA);
    await tellOfMerge(world);
    world.clock.advance(DAY_MS);

    const again = await compared(world, { happenedOn: '2026-08-13' });

    expect((await checkInOf(world, again.checkInId))?.recall).toEqual(REMEMBERS);
  });

  it('explains as it did, whether it was weighed before the merge or only after it', async () => {
    const first = await compared(world);
    world.clock.advance(DAY_MS);
    const { saved } = await world.record({ ...asOld, recall: REMEMBERS, happenedOn: '2026-08-13' });
    inHubSpot(world, IN_DANA, '2026-08-13');
    await tellOfMerge(world);

    await compareCheckIns(world.deps, world.portalId);
    await compareCheckIns(world.deps, world.portalId);

    expect(await checkInOf(world, saved.checkInId)).toMatchObject({
      respondentContactId: DANA,
      heardAsContactId: OLD_ID,
    });
    expect(await standingOf(world, first)).toMatchObject({ verdict: 'EXPLAINED', severity: 0 });
  });

  it('is compared with no touch that may have been with the other one, where they were merged before the log was read', async () => {
    const { saved } = await world.record(asOld);
    inHubSpot(world, IN_A_THIRD);

    await compareCheckIns(world.deps, world.portalId);

    const { result } = await rowOf(world, { findingId: String(saved.findingId) });
    expect(result).toMatchObject({ severity: 0, rule: 'R08' });
  });

  it('is compared with no such touch where the other one became the respondent, either', async () => {
    const { saved } = await world.record();
    inHubSpot(world, IN_DANA);

    await compareCheckIns(world.deps, world.portalId);

    const { result } = await rowOf(world, { findingId: String(saved.findingId) });
    expect(result).toMatchObject({ severity: 0, rule: 'R08' });
  });

  it('proposes nobody to be asked as a second contact who is the respondent by now', async () => {
    const change = { secondContactId: OLD_ID };
    const first = await compared(world);
    await world.inside((scope) => world.store.findings.saveResult(scope, first.findingId, change));

    inHubSpot(world, IN_DANA);
    await tellOfMerge(world);

    expect((await rowOf(world, first)).secondContactId).toBeNull();
  });
});

describe('what they wished', () => {
  const refusing = { ...asOld, preference: wish({ doNotCall: true }) };

  it.each([
    ['HubSpot tells of the merge', tellOfMerge],
    ['the contacts are read again', readAgain],
  ])(
    'holds for the contact they became once %s: nobody calls who asked not to be called',
    async (_how, learn) => {
      await world.record(refusing);
      await world.record({ preference: wish({ half: 'morning', weekdays: [2] }) });
      inHubSpot(world, IN_A_THIRD);

      await learn(world);

      expect(await wishOf(world, NEW_ID)).toMatchObject({ doNotCall: true, half: 'morning', weekdays: [2] });
      expect(await wishOf(world, OLD_ID)).toBeNull();
      expect(await wishOf(world, DANA)).toBeNull();
    },
  );

  it('changes the task that asks for them', async () => {
    await world.record(refusing);
    await world.plan();
    await releaseTouches(world.deps, world.portalId);
    inHubSpot(world, IN_DANA);
    world.deps.fake.calls.length = 0;

    await tellOfMerge(world);
    await deliverOutbox(world.deps, world.portalId);

    expect(world.deps.fake.calls.map(({ method }) => method)).toContain('updateTasks');
    const bodies = [...world.deps.fake.tasks.values()].map(({ draft }) => draft.bodyHtml);
    expect(bodies).toEqual([expect.stringContaining('Luis Vega')]);
  });

  it('of others, to be sent to them, is to be sent to whom they became', async () => {
    await world.record({
      respondent: { contactId: LUIS, name: 'Luis Vega' },
      preference: wish({ talkToContactId: OLD_ID }),
    });
    inHubSpot(world, IN_DANA);

    await tellOfMerge(world);

    expect(await wishOf(world, LUIS)).toMatchObject({ talkToContactId: DANA });
  });

  it('never sends anybody to themselves', async () => {
    await world.record({ ...asOld, preference: wish({ talkToContactId: DANA, half: 'afternoon' }) });
    inHubSpot(world, IN_DANA);

    await tellOfMerge(world);

    expect(await wishOf(world, DANA)).toMatchObject({ talkToContactId: null, half: 'afternoon' });
  });
});

describe('a card that was open during the merge', () => {
  beforeEach(async () => {
    inHubSpot(world, IN_DANA);
    await tellOfMerge(world);
  });

  it('saves answers and wishes of the contact that there is now', async () => {
    const { saved } = await world.record({ ...asOld, preference: wish({ doNotCall: true }) });

    expect(await checkInOf(world, saved.checkInId)).toMatchObject({ respondentContactId: DANA });
    expect(await wishOf(world, DANA)).toMatchObject({ doNotCall: true });
  });

  it('notes their refusal at a try to reach them', async () => {
    const { touchId } = await world.plan();

    await recordAttempt(world.deps, world.manager, touchId, {
      submissionId: randomUUID(),
      outcome: 'askedNotToBeCalled',
      contactId: OLD_ID,
    });

    expect(await wishOf(world, DANA)).toMatchObject({ doNotCall: true });
    expect(await wishOf(world, OLD_ID)).toBeNull();
  });

  it('keeps a draft about the contact that there is now', async () => {
    const draft = { respondentContactId: OLD_ID, respondentName: 'D. Ruiz-Vega', words: 'They said' };

    await saveDraft(world.deps, world.manager, COMPANY, { draft });

    const kept = await world.inside((scope) => world.store.drafts.find(scope, world.manager.userId, COMPANY));
    expect(kept).toMatchObject({ respondentContactId: DANA });
  });
});

describe('who is erased after a merge', () => {
  it.each([
    ['the one that stays', NEW_ID],
    ['one that went', OLD_ID],
  ])('is forgotten under every id, also where HubSpot names %s', async (_which, erased) => {
    const { saved } = await world.record(asOld);
    inHubSpot(world, IN_A_THIRD);
    await tellOfMerge(world);

    await world.inside((scope) => forgetContact(world.deps, scope, erased));

    const late = await world.record({ ...asOld, preference: wish({ half: 'morning' }) });
    const nobody = { respondentContactId: null, heardAsContactId: null, respondentName: '' };
    expect(await checkInOf(world, saved.checkInId)).toMatchObject(nobody);
    expect(await checkInOf(world, late.saved.checkInId)).toMatchObject(nobody);
  });
});

describe('who is erased around a merge, of whom HubSpot knows nothing any more', () => {
  const NOBODY = { respondentContactId: null, heardAsContactId: null, respondentName: '' };
  const become = merge(OLD_ID, NEW_ID);
  let checkInId = '';
  beforeEach(async () => {
    const { saved } = await world.record({ ...asOld, preference: wish({ half: 'morning' }) });
    checkInId = saved.checkInId;
    inHubSpot(world, [contact(DANA, 'Dana Ruiz'), contact(LUIS, 'Luis Vega')]);
  });

  it.each<[string, readonly (readonly Told[])[]]>([
    ['together, the merge first', [[become, erasure(NEW_ID)]]],
    ['together, the deletion first', [[erasure(NEW_ID), become]]],
    ['first of the deletion, then of the merge', [[erasure(NEW_ID)], [become]]],
    ['first of the merge, then of the deletion', [[become], [erasure(NEW_ID)]]],
    ['of the deletion under the older id, then of the merge', [[erasure(OLD_ID)], [become]]],
    [
      'of two merges one after the other and a deletion, turned about',
      [[erasure(asContactId('391'))], [merge(NEW_ID, asContactId('391')), become]],
    ],
    ['of all of it twice', [[erasure(NEW_ID), become], [become], [erasure(NEW_ID)]]],
  ])('is forgotten under every id where we are told %s', async (_order, batches) => {
    for (const batch of batches) await tell(world, batch);

    const late = await world.record({ respondent: { contactId: NEW_ID, name: 'Dana Ruiz' } });
    expect(await checkInOf(world, checkInId)).toMatchObject(NOBODY);
    expect(await checkInOf(world, late.saved.checkInId)).toMatchObject(NOBODY);
    expect(await wishOf(world, OLD_ID)).toBeNull();
    expect(await wishOf(world, NEW_ID)).toBeNull();
  });

  it('is forgotten where the merge was told of and HubSpot could not be asked about it', async () => {
    world.deps.fake.failNext('contactsById', 'hubspot_rejected');
    await tell(world, [become]);

    await tell(world, [erasure(NEW_ID)]);

    expect(await checkInOf(world, checkInId)).toMatchObject(NOBODY);
  });

  it.each([
    ['the deletion first', [erasure(NEW_ID), become]],
    ['the merge first', [become, erasure(NEW_ID)]],
  ])('is forgotten where the account was disconnected meanwhile, %s', async (_order, events) => {
    await world.inside((scope) => world.store.portals.update(scope, { status: 'disconnected' }));

    for (const event of events) await tell(world, [event]);

    expect(await checkInOf(world, checkInId)).toMatchObject(NOBODY);
  });

  it('is forgotten under the one they became where a read says so after the deletion of the other', async () => {
    await tell(world, [erasure(OLD_ID)]);
    const late = await world.record({ respondent: { contactId: NEW_ID, name: 'Dana Ruiz' } });
    inHubSpot(world, IN_A_THIRD);

    await readAgain(world);

    const contacts = await world.inside((scope) => world.store.companies.contacts(scope, COMPANY));
    expect(contacts.map(({ contactId }) => contactId)).toEqual([LUIS]);
    expect(await checkInOf(world, late.saved.checkInId)).toMatchObject(NOBODY);
  });

  it('is the one of the event where nobody is erased', async () => {
    await tell(world, [become, merge(NEW_ID, asContactId('391'))]);

    const found = await checkInOf(world, checkInId);
    expect(found).toMatchObject({ respondentContactId: '391', heardAsContactId: OLD_ID });
  });

  it('is audited once, without an id', async () => {
    await tell(world, [erasure(NEW_ID), become]);
    await tell(world, [become]);

    const { rows } = await world.inside((scope) =>
      sql`SELECT actor, subject, outcome FROM audit_log
        WHERE portal_id = ${world.portalId} AND action = 'eraseContact'`.execute(txOf(scope)),
    );
    expect(rows).toEqual([{ actor: 'system:forgetContact', subject: 'contact', outcome: 'done' }]);
  });
});

describe('a merge of contacts of whom nothing is stored', () => {
  it('asks HubSpot nothing', async () => {
    world.deps.fake.calls.length = 0;

    await tellOfMerge(world, asContactId('8888'));

    expect(world.deps.fake.calls).toEqual([]);
  });
});
