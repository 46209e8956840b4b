import { expect, it } from '@jest/globals';
import { asCompanyId, asContactId, asOwnerId, asUserId, type PortalId } from '../../../src/core/model.ts';
import type { NewOutboxRow, NewTouch, OutboxKind, WebhookEvent } from '../../../src/usecases/records.ts';
import { at, checkIn, company, minutes, openGate, T0, touch } from './harness.ts';
import type { Harness } from './harness.ts';

const DAY_MS = minutes(24 * 60);
const [ONE, TWO] = [asCompanyId('1'), asCompanyId('2')];

/** What keeps the ledger and HubSpot alike: merges, callers, kept events, many writes and many reads at once. */
export function reconcileContract(h: Harness): void {
  const planned = async (
    touches: readonly NewTouch[],
    owners: Readonly<Record<string, string | null>> = {},
  ) => {
    const portalId = await h.portal({ startedAt: T0 });
    await h.inside(portalId, async (scope) => {
      await h.store.touches.plan(scope, touches);
      const companies = touches.map(({ companyId }) => {
        const ownerId = owners[companyId];
        if (ownerId === undefined) return company(companyId);
        return company(companyId, { ownerId: ownerId === null ? null : asOwnerId(ownerId) });
      });
      await h.store.companies.upsertRead(scope, companies, T0);
    });
    return portalId;
  };

  it('gives what a merged company’s customer said, and what they were promised, to the one that stays', async () => {
    const portalId = await h.portal();
    const issue = { title: 'Late', ownerUserId: asUserId(7), openedAt: T0, openedBy: asUserId(7) };
    const promise = {
      what: 'Call',
      ownerId: null,
      ownerUserId: asUserId(7),
      dueOn: '2026-12-01',
      settledAt: null,
      settledBy: null,
    };
    const contact = {
      contactId: asContactId('500'),
      name: 'Ada',
      jobTitle: null,
      phone: null,
      timeZone: null,
    };
    await h.inside(portalId, async (scope) => {
      const { checkIns, promises, drafts, companies, findings } = h.store;
      await companies.upsertRead(scope, [company('1'), company('2')], T0);
      await companies.replaceContacts(scope, new Map([[ONE, [contact]]]), T0);
      await checkIns.add(scope, checkIn('1', { cycle: '2026-Q4', wave: 1 }));
      await checkIns.add(scope, checkIn('2', { companyId: TWO, cycle: '2026-Q3', wave: 1 }));
      await openGate(h.store, scope);
      const about = { checkInId: 'check-in-1', companyId: ONE, repOwnerId: asOwnerId('90') };
      await findings.add(scope, { ...about, findingId: 'f1', callerUserId: asUserId(7), nextTryAt: T0 });
      await promises.addIssue(scope, {
        ...issue,
        issueId: 'i1',
        companyId: ONE,
        checkInId: null,
        state: 'open',
      });
      await promises.addPromise(scope, {
        ...promise,
        promiseId: 'p1',
        issueId: 'i1',
        companyId: ONE,
        state: 'open',
      });
      await drafts.save(scope, asUserId(7), ONE, { words: 'one' }, T0);
      await drafts.save(scope, asUserId(8), ONE, { words: 'one' }, T0);
      await drafts.save(scope, asUserId(8), TWO, { words: 'two' }, T0);
    });

    const moved = await h.inside(portalId, async (scope) => [
      await h.store.companies.mergeInto(scope, ONE, TWO),
      await h.store.companies.mergeInto(scope, ONE, TWO),
    ]);

    const left = await h.inside(portalId, async (scope) => ({
      answers: (await h.store.checkIns.ofCompany(scope, TWO, 9))
        .map(({ cycle, wave }) => [cycle, wave])
        .sort(),
      finding: (await h.store.findings.find(scope, 'f1'))?.companyId,
      promises: (await h.store.promises.ofCompany(scope, TWO)).length,
      issues: (await h.store.promises.issuesOfCompany(scope, TWO)).length,
      drafts: [
        await h.store.drafts.find(scope, asUserId(7), TWO),
        await h.store.drafts.find(scope, asUserId(8), TWO),
        await h.store.drafts.find(scope, asUserId(8), ONE),
      ],
      contacts: await h.store.companies.contacts(scope, ONE),
    }));
    expect(moved).toEqual([4, 0]);
    expect(left).toEqual({
      answers: [
        ['2026-Q3', 1],
        ['2026-Q4', 2],
      ],
      finding: TWO,
      promises: 1,
      issues: 1,
      drafts: [{ words: 'one' }, { words: 'two\n\none' }, null],
      contacts: [],
    });
  });

  it('tells who calls whose customers, and gives a group to another caller', async () => {
    const byPerson = touch('4', { callerUserId: asUserId(8) });
    const portalId = await planned([touch('1'), touch('2'), touch('3'), byPerson, touch('5')], { '3': null });
    const { callerOwnerId } = touch('1');
    const group = {
      callerUserId: asUserId(7),
      callerOwnerId,
      ownerId: asOwnerId('90'),
      assignedByPerson: false,
    };
    const caller = { callerUserId: asUserId(9), callerOwnerId: asOwnerId('91') };
    await h.inside(portalId, async (scope) => {
      await h.store.touches.update(scope, 'touch-4', { assignedByPerson: true });
      await h.store.touches.update(scope, 'touch-5', { state: 'done' });
    });

    const [groups, ids] = await h.inside(portalId, async (scope) => {
      const found = await h.store.touches.ofCallerGroup(scope, '2026-Q4', group, 10);
      const touchIds = found.map(({ touchId }) => touchId);
      const before = await h.store.touches.callerGroups(scope, '2026-Q4');
      await h.store.touches.reassign(scope, touchIds, caller);
      return [before, touchIds];
    });
    const after = await h.inside(portalId, (scope) =>
      h.store.touches.findMany(scope, ['touch-1', 'touch-3']),
    );

    expect(groups).toHaveLength(3);
    expect(groups).toEqual(
      expect.arrayContaining([
        group,
        { ...group, ownerId: null },
        { ...group, callerUserId: asUserId(8), assignedByPerson: true },
      ]),
    );
    expect(ids).toEqual(['touch-1', 'touch-2']);
    expect(after).toMatchObject([caller, { callerUserId: 7 }]);
  });

  it('keeps whose the tasks are in HubSpot, nobody’s too', async () => {
    const portalId = await planned([touch('1'), touch('2'), touch('3')]);
    const before = [
      { touchId: 'touch-1', taskOwnerId: asOwnerId('70') },
      { touchId: 'touch-2', taskOwnerId: asOwnerId('71') },
    ];

    const found = await h.inside(portalId, async (scope) => {
      await h.store.touches.noteTaskOwners(scope, before);
      await h.store.touches.noteTaskOwners(scope, [{ touchId: 'touch-2', taskOwnerId: null }]);
      return h.store.touches.findMany(scope, ['touch-1', 'touch-2', 'touch-3']);
    });

    expect(found.map(({ taskOwnerId }) => taskOwnerId)).toEqual(['70', null, null]);
  });

  it('finds touches by key, by company, and by when they were last sent', async () => {
    const portalId = await planned([touch('1'), touch('2'), touch('3', { releaseAt: at(DAY_MS) })]);
    await h.inside(portalId, (scope) => h.store.touches.claimForSending(scope, T0, 1));
    await h.inside(portalId, (scope) => h.store.touches.claimForSending(scope, at(DAY_MS), 1));

    const found = await h.inside(portalId, async (scope) => [
      await h.store.touches.ofKeys(scope, ['KEY2', 'KEY3', 'NOBODYS']),
      await h.store.touches.openOf(scope, [ONE, asCompanyId('9')]),
      await h.store.touches.everOf(scope, [TWO]),
      await h.store.touches.sentSince(scope, T0, null, 10),
      await h.store.touches.sentSince(scope, at(1), null, 10),
      await h.store.touches.sentSince(scope, T0, 'touch-1', 10),
      await h.store.touches.sentSince(scope, T0, null, 1),
    ]);

    const [sent] = found[3] ?? [];
    expect(found.map((touches) => touches.map(({ touchId }) => touchId))).toEqual([
      ['touch-2', 'touch-3'],
      ['touch-1'],
      ['touch-2'],
      ['touch-1', 'touch-2'],
      ['touch-2'],
      ['touch-2'],
      [sent?.touchId],
    ]);
  });

  it('asks for contacts read long ago where an open call is near, and gives them when they are due', async () => {
    const portalId = await planned([touch('1'), touch('2', { dueOn: '2026-12-20' }), touch('3'), touch('4')]);
    const wanted = { cycle: '2026-Q4', readBefore: at(DAY_MS), dueBy: '2026-11-06', at: at(2 * DAY_MS) };
    await h.inside(portalId, async (scope) => {
      const read = (id: string, readAt: Date) =>
        h.store.companies.replaceContacts(scope, new Map([[asCompanyId(id), []]]), readAt);
      for (const id of ['1', '2', '4']) await read(id, T0);
      await read('3', at(DAY_MS));
      await h.store.touches.update(scope, 'touch-4', { state: 'done' });
      await h.store.companies.wantStaleContacts(scope, wanted);
    });

    const asked = await h.inside(portalId, async (scope) => [
      await h.store.companies.wantingContacts(scope, at(DAY_MS), 10),
      await h.store.companies.wantingContacts(scope, at(2 * DAY_MS), 10),
    ]);

    expect(asked).toEqual([[], [ONE]]);
  });

  it('names the answers and companies that an erased contact stood in', async () => {
    const portalId = await h.portal();
    const ada = { contactId: asContactId('500'), name: 'Ada', jobTitle: null, phone: null, timeZone: null };

    const erased = await h.inside(portalId, async (scope) => {
      await h.store.companies.upsertRead(scope, [company('1'), company('2')], T0);
      await h.store.companies.replaceContacts(scope, new Map([[TWO, [ada]]]), T0);
      await h.store.checkIns.add(scope, checkIn('1'));
      await h.store.checkIns.add(scope, checkIn('2', { respondentContactId: asContactId('501') }));
      return [
        await h.store.companies.eraseContact(scope, asContactId('500'), T0),
        await h.store.companies.eraseContact(scope, asContactId('500'), T0),
      ];
    });

    expect(erased).toEqual([
      { checkInIds: ['check-in-1'], companyIds: [ONE, TWO], isFirst: true },
      { checkInIds: [], companyIds: [], isFirst: false },
    ]);
  });

  outboxBatches(h);
  keptEvents(h);
}

function outboxBatches(h: Harness): void {
  const row = (outboxId: string, kind: OutboxKind, change: Partial<NewOutboxRow> = {}): NewOutboxRow => ({
    outboxId,
    kind,
    subject: `subject-${outboxId}`,
    key: `KEY${outboxId}`,
    payload: {},
    notBefore: T0,
    ...change,
  });

  it('takes many rows at once and claims those of some kinds alone', async () => {
    const portalId = await h.portal();
    const tasks = Array.from({ length: 1_100 }, (_, index) => row(`t${index}`, 'moveTask'));
    await h.inside(portalId, (scope) => h.store.outbox.addMany(scope, [row('n1', 'note'), ...tasks]));

    const claim = (kinds?: readonly OutboxKind[]) =>
      h.inside(portalId, (scope) => h.store.outbox.claim(scope, T0, 2_000, kinds));
    const moved = await claim(['moveTask', 'archiveTask']);
    const rest = await claim();

    expect(moved).toHaveLength(1_100);
    expect(rest.map(({ outboxId }) => outboxId)).toEqual(['n1']);
  });

  it('joins what is wanted of one thing, and lets only properties wait for the last of those who ask', async () => {
    const portalId = await h.portal();
    const about = (kind: OutboxKind, notBefore: Date, payload: object) =>
      row(`${kind}${notBefore.getTime()}`, kind, { subject: 's', notBefore, payload: { ...payload } });
    await h.inside(portalId, async (scope) => {
      await h.store.outbox.addMany(scope, [
        about('moveTask', at(5), { a: 1 }),
        about('companyProperties', at(5), {}),
      ]);
      await h.store.outbox.addMany(scope, [
        about('moveTask', at(1), { b: 2 }),
        about('companyProperties', at(1), {}),
      ]);
    });

    const claimed = await h.inside(portalId, (scope) => h.store.outbox.claim(scope, at(1), 10));

    expect(claimed).toMatchObject([{ kind: 'moveTask', payload: { a: 1, b: 2 } }]);
  });

  it('finds the newest row about a thing, whatever became of it', async () => {
    const portalId = await h.portal();
    const find = (kind: OutboxKind) => h.inside(portalId, (scope) => h.store.outbox.newest(scope, kind, 's'));
    await h.inside(portalId, async (scope) => {
      await h.store.outbox.add(scope, row('1', 'note', { subject: 's' }));
      await h.store.outbox.claim(scope, T0, 10);
      await h.store.outbox.settle(scope, { outboxId: '1', attempts: 1 }, { state: 'done', hubspotId: 'N1' });
    });

    expect(await find('note')).toMatchObject({ state: 'done', hubspotId: 'N1' });
    expect(await find('rewriteNote')).toBeNull();
  });
}

function keptEvents(h: Harness): void {
  const event = (dedupeKey: string): WebhookEvent => ({
    dedupeKey,
    subscriptionType: 'company.deletion',
    objectType: 'company',
    objectId: '1',
    propertyName: null,
    propertyValue: null,
    occurredAt: T0,
    mergedInto: null,
  });
  const count = async (portalId: PortalId) =>
    Object.fromEntries(await h.inside(portalId, (scope) => h.store.inbox.asideByReason(scope)));

  it('keeps events without effect, leaves known ones as they are, and counts them by reason', async () => {
    const portalId = await h.portal();

    await h.inside(portalId, async (scope) => {
      await h.store.inbox.add(scope, [event('open'), event('bad')], T0);
      await h.store.inbox.done(scope, ['bad'], T0, 'hubspot_rejected');
      await h.store.inbox.addAside(scope, [event('open'), event('a'), event('b')], T0, 'notConnected');
    });

    const open = await h.inside(portalId, (scope) => h.store.inbox.take(scope, 10));
    expect(open.map(({ dedupeKey }) => dedupeKey)).toEqual(['open']);
    expect(await count(portalId)).toEqual({ hubspot_rejected: 1, notConnected: 2 });
  });

  it('forgets old events, but none that is still to be worked through', async () => {
    const portalId = await h.portal();
    await h.inside(portalId, async (scope) => {
      await h.store.inbox.add(scope, [event('open')], T0);
      await h.store.inbox.addAside(scope, [event('old')], T0, 'notConnected');
      await h.store.inbox.addAside(scope, [event('new')], at(1), 'notConnected');
      await h.store.inbox.removeOlderThan(scope, at(1));
    });

    const open = await h.inside(portalId, (scope) => h.store.inbox.take(scope, 10));
    expect(open).toHaveLength(1);
    expect(await count(portalId)).toEqual({ notConnected: 1 });
  });
}
