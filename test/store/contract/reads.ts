import { expect, it } from '@jest/globals';
import { NO_PREFERENCE } from '../../../src/core/feedback/preference.ts';
import { asCompanyId, asContactId, asOwnerId, asPortalId, asUserId } from '../../../src/core/model.ts';
import { txOf } from '../../../src/store/transact.ts';
import { DEFAULT_SETTINGS } from '../../../src/usecases/person.ts';
import type { Reply } from '../../../src/usecases/finding-records.ts';
import type { OwnerRecord } from '../../../src/usecases/hubspot-port.ts';
import type { CheckIn, TenantScope } from '../../../src/usecases/records.ts';
import type { TestStore } from '../../support/stores.ts';
import { ANSWERS, at, checkIn, company, minutes, openGate, T0, touch } from './harness.ts';
import type { Harness } from './harness.ts';

const COMPANY = asCompanyId('1');
const CYCLE = '2026-Q4';
const CALLER = asUserId(7);
const owner = (ownerId: string, userId: number, name: string): OwnerRecord => ({
  ownerId: asOwnerId(ownerId),
  userId: asUserId(userId),
  name,
  email: null,
  primaryTeamId: 't1',
  active: true,
});
const OWNERS = [owner('90', 5, 'Zoe'), owner('70', 7, 'Mona'), owner('71', 7, 'Mona, before')];
const asked = { companyId: COMPANY, cycle: CYCLE, userId: CALLER, checkIns: 2, kudos: 12 };
const CONTACTS = ['500', '501'].map((id) => ({
  contactId: asContactId(id),
  name: `Contact ${id}`,
  jobTitle: 'Buyer',
  phone: null,
  timeZone: null,
}));

/** Every part of a company, each field that can be empty filled at least once, and another company beside it. */
async function fill(store: TestStore, scope: TenantScope): Promise<void> {
  await store.people.replaceOwners(scope, OWNERS);
  await store.programs.save(scope, 0, DEFAULT_SETTINGS, CALLER, T0);
  await store.programs.save(scope, 1, { ...DEFAULT_SETTINGS, checkInsPerWeek: 7 }, CALLER, at(1));
  await store.companies.upsertRead(scope, [company('1'), company('2')], T0);
  await store.companies.replaceContacts(scope, new Map([[COMPANY, CONTACTS]]), at(2));
  const wish = { ...NO_PREFERENCE, half: 'morning' as const, weekdays: [2], contactId: asContactId('501') };
  await store.preferences.save(scope, { ...wish, notedBy: CALLER, notedAt: T0, checkInId: null }, T0);
  await openGate(store, scope);
  await fillTouches(store, scope);
  await fillAnswers(store, scope);
  await store.drafts.save(scope, CALLER, COMPANY, { words: 'half', saved_at: '2026-11-02T15:00:00Z' }, T0);
}

async function fillTouches(store: TestStore, scope: TenantScope): Promise<void> {
  const again = { ...touch('1', { kind: 'continuity' as const }), touchId: 'touch-1b', key: 'KEY1B' };
  await store.touches.plan(scope, [touch('1'), again, touch('2')]);
  await store.touches.update(scope, 'touch-1b', { taskId: 'task', notBefore: at(4) });
  await txOf(scope)
    .updateTable('touches')
    .set({ sentAt: at(3) })
    .where('touchId', '=', 'touch-1b')
    .execute();
  for (const [attemptId, touchId] of [
    ['b', 'touch-1b'],
    ['a', 'touch-1b'],
    ['c', 'touch-1'],
  ] as const) {
    const attempt = {
      attemptId,
      touchId,
      contactId: asContactId('500'),
      attemptedAt: at(5),
      attemptedBy: CALLER,
    };
    const next = { outcome: 'noAnswer', nextTryOn: '2026-11-04', nextTryHalf: 'morning' } as const;
    await store.touches.addAttempt(scope, { ...attempt, ...next });
  }
}

async function fillAnswers(store: TestStore, scope: TenantScope): Promise<void> {
  const answers: readonly Partial<CheckIn>[] = [
    { recall: ANSWERS },
    {
      liked: 'The “price”',
      inConfidence: 'A_b',
      coachingNote: 'Go\n“see” them',
      releasesAt: null,
    },
    { releasedAt: at(6), seenByRepAt: at(7), savedAt: new Date('2026-11-02T15:00:00.123Z') },
    { companyId: asCompanyId('2') },
  ];
  for (const [place, change] of answers.entries())
    await store.checkIns.add(scope, checkIn(`${place}`, change));
  for (const [issueId, companyId, checkInId] of [
    ['i1', COMPANY, 'check-in-1'],
    ['i2', COMPANY, null],
    ['i3', asCompanyId('2'), 'check-in-3'],
  ] as const) {
    const opened = { state: 'open', openedAt: at(8), openedBy: CALLER } as const;
    await store.promises.addIssue(scope, {
      issueId,
      companyId,
      checkInId,
      title: 'Late',
      ownerUserId: CALLER,
      ...opened,
    });
    const promise = {
      promiseId: `p-${issueId}`,
      issueId,
      companyId,
      what: 'Call',
      ownerId: null,
      ownerUserId: CALLER,
    };
    await store.promises.addPromise(scope, {
      ...promise,
      dueOn: '2026-11-09',
      state: 'open',
      settledAt: null,
      settledBy: null,
    });
  }
  const kept = { state: 'kept' as const, settledAt: at(9), settledBy: CALLER };
  await store.promises.settle(scope, 'p-i2', kept);
  const given = {
    companyId: COMPANY,
    toOwnerId: asOwnerId('90'),
    words: 'Thanks',
    givenBy: CALLER,
    givenAt: at(10),
  };
  await store.kudos.add(scope, {
    ...given,
    kudosId: 'k1',
    checkInId: 'check-in-0',
    releasesAt: at(minutes(15)),
  });
}

const openReply = (findingId: string): Reply => ({
  replyId: `reply-${findingId}`,
  findingId,
  byUserId: asUserId(9),
  kind: 'COVERED',
  sentence: '',
  activityId: null,
  repliedAt: T0,
  decideBy: '2026-11-16',
  state: 'open',
  decidedAt: null,
  decidedBy: null,
  decisionReason: null,
});

/** What is read together is what the single reads give, field by field. */
export function readContract(h: Harness): void {
  it('reads all of a company’s card at once, as the single reads give it', async () => {
    const portalId = await h.portal();

    const [together, single] = await h.inside(portalId, async (scope) => {
      await fill(h.store, scope);
      const { touches, checkIns, companies, promises, kudos, drafts, programs, reads } = h.store;
      const touchNow = await touches.ofCompany(scope, COMPANY, CYCLE);
      return [
        await reads.company(scope, asked),
        {
          touch: touchNow,
          attempts: await touches.attempts(scope, touchNow?.touchId ?? ''),
          checkIns: await checkIns.ofCompany(scope, COMPANY, 2),
          contacts: (await companies.contacts(scope, COMPANY)).map((contact) => ({
            ...contact,
            companyId: COMPANY,
          })),
          promises: await promises.ofCompany(scope, COMPANY),
          issues: await promises.issuesOfCompany(scope, COMPANY),
          kudos: await kudos.ofCompany(scope, COMPANY, 12),
          findings: [],
          draft: await drafts.find(scope, CALLER, COMPANY),
          announcement: await programs.announcement(scope),
          acknowledgements: await programs.acknowledgements(scope),
        },
      ] as const;
    });

    expect(together).toEqual(single);
    expect([together.touch?.touchId, together.attempts.length, together.checkIns.length]).toEqual([
      'touch-1b',
      2,
      2,
    ]);
    expect([together.contacts.length, together.promises.length, together.kudos.length]).toEqual([2, 2, 1]);
  });

  it('reads the caller’s own findings that are not settled or wait for a decision, and none of an undone talk', async () => {
    const portalId = await h.portal();

    const [mine, theirs, toDecide, others] = await h.inside(portalId, async (scope) => {
      await openGate(h.store, scope);
      const { checkIns, findings, reads } = h.store;
      for (const id of ['pending', 'open', 'settled', 'replied', 'undone']) {
        await checkIns.add(scope, checkIn(id, { recall: ANSWERS }));
        await findings.add(scope, {
          findingId: id,
          checkInId: `check-in-${id}`,
          companyId: COMPANY,
          repOwnerId: asOwnerId('90'),
          callerUserId: CALLER,
          nextTryAt: T0,
        });
        if (id === 'pending') continue;
        const settledAt = id === 'settled' || id === 'replied' ? T0 : null;
        await findings.saveResult(scope, id, { state: 'ready', replyUntil: '2026-11-09', settledAt });
      }
      await findings.addReply(scope, openReply('replied'));
      await findings.addReply(scope, openReply('undone'));
      await checkIns.undo(scope, 'check-in-undone', T0);
      return [
        (await reads.company(scope, asked)).findings,
        (await reads.company(scope, { ...asked, userId: asUserId(8) })).findings,
        await findings.toDecide(scope, CALLER, 5),
        await findings.toDecide(scope, asUserId(8), 5),
      ];
    });

    expect(mine.map(({ findingId }) => findingId)).toEqual(['replied', 'open', 'pending']);
    expect(toDecide).toEqual([mine[0]]);
    expect(toDecide).toMatchObject([
      {
        checkInId: 'check-in-replied',
        respondentName: 'Ada Buyer',
        happenedOn: '2026-11-02',
        repliedAt: T0,
        decideBy: '2026-11-16',
      },
    ]);
    expect([theirs, others]).toEqual([[], []]);
  });

  it('reads an account with its rules and people at once, as the single reads give it', async () => {
    const portalId = await h.portal({
      timeZone: 'Asia/Tokyo',
      startedAt: at(1),
      callDispositions: { a_b: 'Left' },
      knownStages: [{ value: 'c_d', label: 'Customer' }],
    });

    const [portal, person, single] = await h.inside(portalId, async (scope) => {
      await fill(h.store, scope);
      const { reads, portals, programs, people, companies } = h.store;
      return [
        await reads.portal(scope),
        await reads.person(scope, asUserId(5), COMPANY),
        {
          portal: await portals.find(scope),
          program: await programs.current(scope),
          owners: await people.owners(scope),
          company: await companies.find(scope, COMPANY),
        },
      ] as const;
    });

    const { company: found, ...rules } = single;
    expect(portal).toEqual(rules);
    expect(portal?.program?.version).toBe(2);
    expect(person).toEqual({ ...rules, ownsCompanies: true, company: found });
  });

  it('tells who owns companies by the first of a user’s rows, and finds no company that is not asked for or there', async () => {
    const portalId = await h.portal();

    const [caller, stranger, unknown] = await h.inside(portalId, async (scope) => {
      await fill(h.store, scope);
      await h.store.companies.update(scope, COMPANY, { ownerId: asOwnerId('71') });
      const { reads } = h.store;
      return [
        await reads.person(scope, CALLER, null),
        await reads.person(scope, asUserId(99), asCompanyId('9')),
        await reads.person(scope, asUserId(5), asCompanyId('9')),
      ] as const;
    });

    expect([caller?.ownsCompanies, caller?.company]).toEqual([false, null]);
    expect([stranger?.ownsCompanies, stranger?.company]).toEqual([false, null]);
    expect([unknown?.ownsCompanies, unknown?.company]).toEqual([true, null]);
  });

  it('finds nothing of another account, whatever ids it is asked for', async () => {
    const portalId = await h.portal();
    await h.inside(portalId, (scope) => fill(h.store, scope));

    const other = await h.portal();
    const [card, person, gone] = await h.inside(other, async (scope) => [
      await h.store.reads.company(scope, asked),
      await h.store.reads.person(scope, CALLER, COMPANY),
      await h.store.reads.gate(scope),
    ]);
    const nobody = await h.inside(asPortalId(99_999), (scope) => h.store.reads.portal(scope));

    const lists = {
      attempts: [],
      checkIns: [],
      contacts: [],
      promises: [],
      issues: [],
      kudos: [],
      findings: [],
    };
    expect(card).toEqual({
      touch: null,
      draft: null,
      announcement: null,
      acknowledgements: new Map(),
      ...lists,
    });
    expect(person).toMatchObject({ program: null, owners: [], ownsCompanies: false, company: null });
    expect(gone).toEqual({ announcement: null, acknowledgements: new Map() });
    expect(nobody).toBeNull();
  });
}
