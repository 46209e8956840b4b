import { expect, it } from '@jest/globals';
import { asCompanyId, asContactId, asOwnerId, asUserId } from '../../../src/core/model.ts';
import type { PortalId } from '../../../src/core/model.ts';
import { LEASE_OF } from '../../../src/jobs/jobs.ts';
import { at, checkIn, company, minutes, openGate, T0, touch } from './harness.ts';
import type { Harness } from './harness.ts';

const NEW_YORK = 'America/New_York';

/** What the clock finds due, across portals. */
export function systemContract(h: Harness): void {
  const dueOf = async (portalId: PortalId, instant: string) => {
    const due = await h.store.system.dueJobs(new Date(instant));
    return due
      .filter((job) => job.portalId === portalId)
      .map((job) => `${job.job} ${job.dueAt.toISOString()}`);
  };
  /** Read, planned and reconciled at 2026-11-02 10:00 in New York: nothing due before the next local day. */
  const quiet = () =>
    h.portal({
      timeZone: NEW_YORK,
      startedAt: T0,
      companiesReadAt: T0,
      plannedAt: T0,
      reconciledAt: T0,
    });

  it('reads a new portal at once', async () => {
    const portalId = await h.portal();

    await expect(dueOf(portalId, '2026-11-02T15:00:00Z')).resolves.toEqual([
      'refreshPortal 2026-11-02T15:00:00.000Z',
    ]);
  });

  it('reads again ten minutes into the portal’s next day and compares tasks at twenty', async () => {
    const portalId = await quiet();

    await expect(dueOf(portalId, '2026-11-03T05:09:59Z')).resolves.toEqual([]);
    await expect(dueOf(portalId, '2026-11-03T05:20:00Z')).resolves.toEqual([
      'refreshPortal 2026-11-03T05:10:00.000Z',
      'syncTasks 2026-11-03T05:20:00.000Z',
    ]);
  });

  it('keeps to local midnight over a change of daylight saving', async () => {
    const beforeChange = new Date('2026-10-31T15:00:00Z');
    const portalId = await h.portal({ timeZone: NEW_YORK, companiesReadAt: beforeChange });
    const onTheDay = await h.portal({
      timeZone: NEW_YORK,
      companiesReadAt: new Date('2026-11-01T15:00:00Z'),
    });

    await expect(dueOf(portalId, '2026-11-01T04:10:00Z')).resolves.toEqual([
      'refreshPortal 2026-11-01T04:10:00.000Z',
    ]);
    await expect(dueOf(onTheDay, '2026-11-02T05:10:00Z')).resolves.toEqual([
      'refreshPortal 2026-11-02T05:10:00.000Z',
    ]);
  });

  it('plans once after each read, and goes on with a read that was cut short', async () => {
    const portalId = await quiet();
    const readAt = new Date('2026-11-02T16:00:00Z');

    await h.inside(portalId, (scope) =>
      h.store.portals.update(scope, { companiesReadAt: readAt, readCursor: asCompanyId('5') }),
    );
    const cutShort = await dueOf(portalId, '2026-11-02T17:00:00Z');
    await h.inside(portalId, (scope) => h.store.portals.update(scope, { readCursor: null }));
    const read = await dueOf(portalId, '2026-11-02T17:00:00Z');
    await h.inside(portalId, (scope) => h.store.portals.update(scope, { plannedAt: readAt }));
    const planned = await dueOf(portalId, '2026-11-02T17:00:00Z');

    expect(cutShort).toEqual(['refreshPortal 2026-11-02T16:00:00.000Z']);
    expect(read).toEqual(['planCycle 2026-11-02T16:00:00.000Z']);
    expect(planned).toEqual([]);
  });

  it('reads when a person asked for it', async () => {
    const portalId = await quiet();
    await h.inside(portalId, (scope) =>
      h.store.portals.update(scope, { planRequestedAt: new Date('2026-11-02T16:00:00Z') }),
    );

    await expect(dueOf(portalId, '2026-11-02T16:00:00Z')).resolves.toEqual([
      'refreshPortal 2026-11-02T16:00:00.000Z',
    ]);
  });

  it('reads again what was asked for while a read was under way', async () => {
    const portalId = await quiet();
    const askedAt = new Date('2026-11-02T16:00:00Z');
    const set = (change: { readStartedAt: Date; companiesReadAt?: Date }) =>
      h.inside(portalId, (scope) => h.store.portals.update(scope, change));
    await h.inside(portalId, (scope) => h.store.portals.update(scope, { planRequestedAt: askedAt }));
    const due = () => dueOf(portalId, '2026-11-02T17:00:00Z');

    await set({
      readStartedAt: new Date('2026-11-02T15:59:59Z'),
      companiesReadAt: new Date('2026-11-02T16:01:00Z'),
    });
    const passedBy = await due();
    await set({ readStartedAt: new Date('2026-11-02T16:02:00Z') });
    const cutShort = await due();
    await set({
      readStartedAt: new Date('2026-11-02T16:02:00Z'),
      companiesReadAt: new Date('2026-11-02T16:03:00Z'),
    });
    const read = await due();

    expect(passedBy).toContain('refreshPortal 2026-11-02T16:00:00.000Z');
    expect(cutShort).toContain('refreshPortal 2026-11-02T16:00:00.000Z');
    expect(read.filter((job) => job.startsWith('refreshPortal'))).toEqual([]);
  });

  it('releases planned touches when their time has come, and looks into those being sent', async () => {
    const portalId = await quiet();
    await h.inside(portalId, (scope) =>
      h.store.touches.plan(scope, [
        touch('1', { releaseAt: new Date('2026-11-02T16:00:00Z') }),
        touch('2', { releaseAt: new Date('2026-11-02T18:00:00Z') }),
      ]),
    );

    const before = await dueOf(portalId, '2026-11-02T15:59:59Z');
    const released = await dueOf(portalId, '2026-11-02T16:00:00Z');
    await h.inside(portalId, (scope) =>
      h.store.touches.claimForSending(scope, new Date('2026-11-02T16:00:00Z'), 10),
    );
    const sending = await dueOf(portalId, '2026-11-02T16:00:49Z');
    const unknown = await dueOf(portalId, '2026-11-02T16:00:50Z');

    expect(before).toEqual([]);
    expect(released).toEqual(['releaseTouches 2026-11-02T16:00:00.000Z']);
    expect(sending).toEqual([]);
    expect(unknown).toEqual(['resolveTouches 2026-11-02T16:00:50.000Z']);
  });

  it('releases nothing before the portal was started', async () => {
    const portalId = await h.portal({ timeZone: NEW_YORK, companiesReadAt: T0 });
    await h.inside(portalId, (scope) => h.store.touches.plan(scope, [touch('1')]));

    await expect(dueOf(portalId, '2026-11-02T16:00:00Z')).resolves.toEqual([]);
  });

  it('closes a cycle when its last local day is over', async () => {
    const portalId = await quiet();
    await h.inside(portalId, async (scope) => {
      await h.store.touches.ensureCycle(scope, {
        label: '2026-Q3',
        startsOn: '2026-07-01',
        endsOn: '2026-11-03',
        timeZone: NEW_YORK,
        plannedAt: T0,
      });
    });

    const before = await dueOf(portalId, '2026-11-03T04:59:59Z');
    const due = await dueOf(portalId, '2026-11-03T05:00:00Z');
    await h.inside(portalId, (scope) => h.store.touches.closeCycle(scope, '2026-Q3', T0));
    const closed = await dueOf(portalId, '2026-11-03T05:00:00Z');

    expect(before).toEqual([]);
    expect(due).toEqual(['closeCycle 2026-11-03T05:00:00.000Z']);
    expect(closed).toEqual([]);
  });

  it('finds contacts to read, writes to send, comparisons and webhooks, each until it is done', async () => {
    const portalId = await quiet();
    const later = new Date('2026-11-02T16:00:00Z');
    await h.inside(portalId, async (scope) => {
      const { store } = h;
      await store.companies.upsertRead(scope, [company('1')], T0);
      await store.companies.wantContacts(scope, asCompanyId('1'), T0);
      await store.outbox.add(scope, {
        outboxId: 'o1',
        kind: 'note',
        subject: 's',
        key: 'k',
        payload: {},
        notBefore: T0,
      });
      await store.checkIns.add(scope, checkIn('1', { releasesAt: null }));
      await openGate(store, scope);
      await store.findings.add(scope, { ...findingOf('1'), nextTryAt: T0 });
      await store.inbox.add(scope, [eventOf('e1')], T0);
    });

    const due = await dueOf(portalId, '2026-11-02T15:00:00Z');
    await h.inside(portalId, async (scope) => {
      const { store } = h;
      await store.companies.replaceContacts(scope, new Map([[asCompanyId('1'), []]]), later);
      await store.outbox.claim(scope, later, 10);
      await store.outbox.settle(scope, { outboxId: 'o1', attempts: 1 }, { state: 'done' });
      await store.findings.saveResult(scope, 'finding-1', { state: 'ready' });
      await store.inbox.done(scope, ['e1'], later);
    });
    const done = await dueOf(portalId, '2026-11-02T16:00:00Z');

    const instant = '2026-11-02T15:00:00.000Z';
    const jobs = ['compareCheckIns', 'deliverOutbox', 'processInbox', 'readContacts'];
    expect(due).toEqual(jobs.map((job) => `${job} ${instant}`));
    expect(done).toEqual([]);
  });

  it('releases words after their time, unless they were undone, and closes notices after their last day', async () => {
    const portalId = await quiet();
    await h.inside(portalId, async (scope) => {
      await h.store.checkIns.add(scope, checkIn('1'));
      await h.store.checkIns.add(scope, checkIn('2', { releasesAt: new Date('2026-11-02T15:05:00Z') }));
      await h.store.checkIns.undo(scope, 'check-in-2', T0);
      await h.store.checkIns.addRepNotice(scope, {
        ownerId: asOwnerId('90'),
        onDay: '2026-11-02',
        closesOn: '2026-11-02',
      });
    });

    const waiting = await dueOf(portalId, '2026-11-02T15:14:59Z');
    const due = await dueOf(portalId, '2026-11-02T15:15:00Z');
    await h.inside(portalId, (scope) => h.store.checkIns.markReleased(scope, ['check-in-1'], T0));
    const released = await dueOf(portalId, '2026-11-03T04:59:00Z');
    const noticeOver = await dueOf(portalId, '2026-11-03T05:00:00Z');

    expect(waiting).toEqual([]);
    expect(due).toEqual(['releaseFeedback 2026-11-02T15:15:00.000Z']);
    expect(released).toEqual([]);
    expect(noticeOver).toEqual(['releaseFeedback 2026-11-03T05:00:00.000Z']);
  });

  it('settles findings and accepts replies on the local day after their last day', async () => {
    const portalId = await quiet();
    await h.inside(portalId, async (scope) => {
      await h.store.checkIns.add(scope, checkIn('1', { releasesAt: null }));
      await openGate(h.store, scope);
      await h.store.findings.add(scope, { ...findingOf('1'), nextTryAt: T0 });
      await h.store.findings.saveResult(scope, 'finding-1', { state: 'ready', replyUntil: '2026-11-02' });
    });
    const day = '2026-11-03T05:00:00Z';

    const before = await dueOf(portalId, '2026-11-03T04:59:59Z');
    const due = await dueOf(portalId, day);
    await h.inside(portalId, (scope) =>
      h.store.findings.saveResult(scope, 'finding-1', { state: 'ready', settledAt: T0 }),
    );
    const settled = await dueOf(portalId, day);
    await h.inside(portalId, (scope) => h.store.findings.addReply(scope, replyOf('r1', '2026-11-02')));
    const reply = await dueOf(portalId, day);

    expect(before).toEqual([]);
    expect(due).toEqual(['settleFindings 2026-11-03T05:00:00.000Z']);
    expect(settled).toEqual([]);
    expect(reply).toEqual(due);
  });

  it('leaves out what is held by anybody, until the lease is over, and what the caller excepts', async () => {
    const portalId = await h.portal();
    const look = async (except: readonly string[] = []) => {
      const due = await h.store.system.dueJobs(T0, { leaseOf: LEASE_OF, seed: 7, except });
      return due.filter((job) => job.portalId === portalId).length;
    };

    const free = await look();
    const excepted = await look([`${portalId}/refreshPortal`]);
    await h.store.inTenant(portalId, (scope) => h.store.leases.take(scope, 'read', 'one', 45_000));
    const held = await look();
    await h.store.inTenant(portalId, (scope) => h.store.leases.release(scope, 'read', 'one'));
    const released = await look();

    expect([free, excepted, held, released]).toEqual([1, 0, 0, 1]);
  });

  it('tells whether an account is still to be read, planned or given its tasks', async () => {
    const portalId = await h.portal({ timeZone: NEW_YORK, startedAt: T0 });
    const read = { companiesReadAt: T0, readCursor: null };
    const jobs = ['refreshPortal', 'planCycle', 'syncTasks', 'releaseTouches', 'deliverOutbox'] as const;
    const stillDue = () =>
      h.inside(portalId, async (scope) => {
        const answers: boolean[] = [];
        for (const job of jobs) answers.push(await h.store.system.isDue(scope, job, T0));
        return answers;
      });

    const atFirst = await stillDue();
    await h.inside(portalId, (scope) => h.store.portals.update(scope, read));
    const onceRead = await stillDue();
    await h.inside(portalId, async (scope) => {
      await h.store.portals.update(scope, { plannedAt: T0, reconciledAt: T0 });
      await h.store.touches.plan(scope, [touch('1')]);
    });
    const planned = await stillDue();
    await h.inside(portalId, async (scope) => {
      await h.store.touches.claimForSending(scope, T0, 100);
      await h.store.portals.update(scope, { companiesReadAt: null, status: 'disconnected' });
    });
    const gone = await stillDue();

    expect(atFirst).toEqual([true, false, true, false, true]);
    expect(onceRead).toEqual([false, true, true, false, true]);
    expect(planned).toEqual([false, false, false, true, true]);
    expect(gone).toEqual([false, false, false, false, true]);
  });

  it('shows portals that wait since the same minute in an order of each worker’s own', async () => {
    const ours = new Set<PortalId>();
    for (let count = 0; count < 12; count += 1) ours.add(await h.portal());
    const order = async (seed: number) =>
      (await h.store.system.dueJobs(T0, { seed })).map((job) => job.portalId).filter((id) => ours.has(id));

    const [one, two, again] = [await order(1), await order(2), await order(1)];

    expect(one).toHaveLength(12);
    expect(new Set(two)).toEqual(new Set(one));
    expect(two).not.toEqual(one);
    expect(again).toEqual(one);
  });

  it('counts for operators what is due, touches by state and leases held', async () => {
    const before = await h.store.system.figures(T0);
    const portalId = await h.portal();
    await h.store.inTenant(portalId, async (scope) => {
      await h.store.touches.plan(scope, [touch('1')]);
      await h.store.leases.take(scope, 'touches', 'one', 45_000);
    });

    const after = await h.store.system.figures(T0);

    expect(after.touches.planned).toBe(before.touches.planned + 1);
    expect(after.leasesHeld).toBe(before.leasesHeld + 1);
    expect(after.dueJobs['refreshPortal']).toBe((before.dueJobs['refreshPortal'] ?? 0) + 1);
  });

  it('tells operators how far the tasks are, how fast they are made and when that ends', async () => {
    const before = await h.store.system.figures(at(minutes(1)));
    const portalId = await h.portal();
    await h.store.inTenant(portalId, async (scope) => {
      await h.store.portals.update(scope, { startedAt: T0 });
      await h.store.touches.plan(scope, [touch('1'), touch('2'), touch('3')]);
      const [claimed] = await h.store.touches.claimForSending(scope, T0, 1);
      await h.store.touches.settle(scope, [
        { touchId: claimed?.touchId ?? '', fence: 1, to: 'created', taskId: 'T1' },
      ]);
    });

    const after = await h.store.system.figures(at(minutes(1)));

    expect(after.run.leftNow).toBe(before.run.leftNow + 2);
    expect(after.run.ratePerMinute).toBeGreaterThanOrEqual(1);
    expect(after.run.expectedEndAt?.getTime()).toBeGreaterThan(at(minutes(1)).getTime());
  });

  it('leaves portals alone that are disconnected', async () => {
    const portalId = await h.portal({ status: 'disconnected' });

    await expect(dueOf(portalId, '2026-12-01T00:00:00Z')).resolves.toEqual([]);
  });

  it('refuses an unknown time zone in words', async () => {
    const change = h.portal({ timeZone: 'Mars/Olympus' });

    await expect(change).rejects.toMatchObject({ code: 'invalid_input' });
  });

  it('uses an OAuth state once and only while it lives', async () => {
    const { system } = h.store;
    await system.saveOAuthState('live', new Date('2026-11-02T15:10:00Z'));
    await system.saveOAuthState('old', new Date('2026-11-02T15:00:00Z'));

    const uses = [
      await system.useOAuthState('live', new Date('2026-11-02T15:05:00Z')),
      await system.useOAuthState('live', new Date('2026-11-02T15:05:00Z')),
      await system.useOAuthState('old', new Date('2026-11-02T15:05:00Z')),
      await system.useOAuthState('never', T0),
    ];

    expect(uses).toEqual([true, false, false, false]);
  });

  it('is ready', async () => {
    await expect(h.store.system.ready()).resolves.toBe(true);
  });
}

/** The next due instant is one for all portals, so these tests have a store to themselves. */
export function nextDueContract(h: Harness): void {
  it('names the next instant at which anything becomes due, in any portal', async () => {
    const next = async (instant: string) =>
      (await h.store.system.nextDueAt(new Date(instant)))?.toISOString() ?? null;
    await expect(next('2026-11-02T15:00:00Z')).resolves.toBeNull();

    const portalId = await h.portal({
      timeZone: NEW_YORK,
      startedAt: T0,
      companiesReadAt: T0,
      plannedAt: T0,
      reconciledAt: T0,
    });
    const dayStarts = await next('2026-11-02T15:00:00Z');
    await h.inside(portalId, async (scope) => {
      await h.store.touches.plan(scope, [touch('1', { releaseAt: new Date('2026-11-02T22:00:00Z') })]);
      await h.store.checkIns.add(scope, checkIn('1'));
      await h.store.touches.ensureCycle(scope, {
        label: '2026-Q4',
        startsOn: '2026-10-01',
        endsOn: '2026-11-03',
        timeZone: NEW_YORK,
        plannedAt: T0,
      });
    });

    const steps = [dayStarts];
    for (let step = 0; step < 5; step += 1)
      steps.push(await next(steps.at(-1) === dayStarts && step === 0 ? T0.toISOString() : steps.at(-1)!));
    expect(steps).toEqual([
      '2026-11-03T05:10:00.000Z',
      '2026-11-02T15:15:00.000Z',
      '2026-11-02T22:00:00.000Z',
      '2026-11-03T05:00:00.000Z',
      '2026-11-03T05:10:00.000Z',
      '2026-11-03T05:20:00.000Z',
    ]);
    await expect(next('2026-11-03T05:20:00Z')).resolves.toBeNull();
  });
}

function findingOf(id: string) {
  return {
    findingId: `finding-${id}`,
    checkInId: `check-in-${id}`,
    companyId: asCompanyId('1'),
    repOwnerId: asOwnerId('90'),
    callerUserId: asUserId(7),
  };
}

function replyOf(replyId: string, decideBy: string) {
  return {
    replyId,
    findingId: 'finding-1',
    byUserId: asUserId(9),
    kind: 'COVERED' as const,
    sentence: 'A colleague called.',
    activityId: null,
    repliedAt: T0,
    decideBy,
    state: 'open' as const,
    decidedAt: null,
    decidedBy: null,
    decisionReason: null,
  };
}

function eventOf(dedupeKey: string) {
  return {
    dedupeKey,
    subscriptionType: 'contact.privacyDeletion',
    objectType: 'contact',
    objectId: asContactId('500'),
    propertyName: null,
    propertyValue: null,
    occurredAt: T0,
    mergedInto: null,
  };
}
