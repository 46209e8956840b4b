import { expect, it } from '@jest/globals';
import { asCompanyId, asOwnerId, asUserId, type CompanyId, type PortalId } from '../../../src/core/model.ts';
import type { Attempt, NewTouch } from '../../../src/usecases/records.ts';
import { at, checkIn, company, minutes, T0, touch } from './harness.ts';
import type { Harness } from './harness.ts';

/** The ledger: one row a company, cycle and kind, and outcomes only under the fence. */
export function touchContract(h: Harness): void {
  const planned = async (touches: readonly NewTouch[]) => {
    const portalId = await h.portal({ startedAt: T0 });
    await h.inside(portalId, (scope) => h.store.touches.plan(scope, touches));
    return portalId;
  };

  it('plans a company once a cycle and kind, however often it is asked', async () => {
    const portalId = await planned([touch('1'), touch('2')]);

    const added = await h.inside(portalId, (scope) =>
      h.store.touches.plan(scope, [
        touch('1', { touchId: 'again', key: 'OTHER' }),
        touch('1', { touchId: 'continuity', key: 'CONTINUITY', kind: 'continuity' }),
        touch('3'),
      ]),
    );

    expect(added).toBe(2);
    const counts = await h.inside(portalId, (scope) => h.store.touches.countByState(scope, '2026-Q4'));
    expect(counts).toEqual({
      planned: 4,
      sending: 0,
      created: 0,
      done: 0,
      missed: 0,
      canceled: 0,
      parked: 0,
    });
  });

  it('gives back a touch as it was planned', async () => {
    const portalId = await planned([touch('1')]);

    const found = await h.inside(portalId, (scope) => h.store.touches.find(scope, 'touch-1'));

    expect(found).toEqual({
      ...touch('1'),
      state: 'planned',
      reason: null,
      movedByPerson: false,
      assignedByPerson: false,
      taskId: null,
      taskOwnerId: null,
      fence: 0,
      sendAttempts: 0,
      sentAt: null,
      inDoubtSince: null,
      notBefore: null,
    });
  });

  it('claims what is due, the earliest first, and nothing twice', async () => {
    const portalId = await planned([
      touch('1', { dueOn: '2026-11-09' }),
      touch('2', { dueOn: '2026-11-04' }),
      touch('3', { releaseAt: at(minutes(1)) }),
    ]);

    const [first, second] = await Promise.all([
      h.inside(portalId, (scope) => h.store.touches.claimForSending(scope, T0, 10)),
      h.inside(portalId, (scope) => h.store.touches.claimForSending(scope, T0, 10)),
    ]);

    const claimed = [...first, ...second];
    expect(claimed.map((each) => each.touchId)).toEqual(['touch-2', 'touch-1']);
    expect(claimed[0]).toMatchObject({
      state: 'sending',
      taskOwnerId: '70',
      fence: 1,
      sendAttempts: 1,
      sentAt: T0,
      notBefore: at(50_000),
    });
  });

  it('leaves a touch alone until its not-before has come', async () => {
    const portalId = await planned([touch('1')]);
    await h.inside(portalId, async (scope) => {
      const [claimed] = await h.store.touches.claimForSending(scope, T0, 1);
      const { touchId, fence } = claimed!;
      await h.store.touches.settle(scope, [{ touchId, fence, to: 'planned', notBefore: at(minutes(5)) }]);
    });

    const claim = (instant: Date) =>
      h.inside(portalId, (scope) => h.store.touches.claimForSending(scope, instant, 1));

    await expect(claim(at(minutes(4)))).resolves.toEqual([]);
    await expect(claim(at(minutes(5)))).resolves.toHaveLength(1);
  });

  it('claims nothing for a company that left, and puts it off instead of keeping it due', async () => {
    const portalId = await planned([touch('1', { dueOn: '2026-11-03' }), touch('2')]);
    await h.inside(portalId, async (scope) => {
      await h.store.companies.upsertRead(scope, [company('1'), company('2')], T0);
      await h.store.companies.update(scope, asCompanyId('1'), { inScope: false });
    });

    const claimed = await h.inside(portalId, (scope) => h.store.touches.claimForSending(scope, T0, 1));

    expect(claimed.map((each) => each.touchId)).toEqual(['touch-2']);
    const left = await h.inside(portalId, (scope) => h.store.touches.find(scope, 'touch-1'));
    expect(left).toMatchObject({
      state: 'planned',
      fence: 0,
      sendAttempts: 0,
      sentAt: null,
      notBefore: at(15_000),
    });
  });

  it('frees what waits for an older task as soon as that is gone, and nothing else', async () => {
    const portalId = await planned([
      touch('1', { touchId: 'old', key: 'OLD', cycle: '2026-Q3' }),
      touch('1'),
      touch('2'),
      touch('3', { touchId: 'refused' }),
    ]);
    const later = at(minutes(1));
    const freed = await h.inside(portalId, async (scope) => {
      await h.store.touches.update(scope, 'old', { state: 'missed' });
      for (const id of ['touch-1', 'touch-2', 'refused'])
        await h.store.touches.update(scope, id, { notBefore: later });
      await h.store.touches.update(scope, 'refused', { reason: 'refused: MISSING_SCOPES' });
      return [
        await h.store.touches.freeAfter(scope, ['old', 'refused'], T0),
        await h.store.touches.freeAfter(scope, ['old'], T0),
      ];
    });

    const claimed = await h.inside(portalId, (scope) => h.store.touches.claimForSending(scope, T0, 10));

    expect(freed).toEqual([1, 0]);
    expect(claimed.map(({ touchId }) => touchId)).toEqual(['touch-1']);
  });

  it.each(['planned', 'sending', 'parked'] as const)(
    'waits for the older task of the company to be archived (%s)',
    async (state) => {
      const portalId = await planned([touch('1', { touchId: 'old', key: 'OLD', cycle: '2026-Q3' })]);
      await h.inside(portalId, async (scope) => {
        await h.store.touches.update(scope, 'old', { state: 'missed' });
        await h.store.touches.plan(scope, [touch('1')]);
        const row = { kind: 'archiveTask' as const, key: 'archive', payload: {}, notBefore: T0 };
        await h.store.outbox.add(scope, { ...row, outboxId: 'o1', subject: 'old' });
        await h.store.outbox.claim(scope, T0, 10);
        await h.store.outbox.settle(scope, { outboxId: 'o1', attempts: 1 }, { state });
      });
      const claim = (instant: Date) =>
        h.inside(portalId, (scope) => h.store.touches.claimForSending(scope, instant, 10));

      const first = await claim(T0);
      await h.inside(portalId, async (scope) => {
        for (const row of await h.store.outbox.claim(scope, at(minutes(1)), 10))
          await h.store.outbox.settle(scope, row, { state: 'done' });
      });
      const second = await claim(at(minutes(1)));

      const waits = state !== 'parked';
      expect([first.length, second.length]).toEqual(waits ? [0, 1] : [1, 0]);
    },
  );

  it('finds what is overdue: not what a person moved, nor what is not to be made any more', async () => {
    const portalId = await planned([
      touch('1', { dueOn: '2026-11-04' }),
      touch('2', { dueOn: '2026-11-03' }),
      touch('3', { dueOn: '2026-11-03' }),
      touch('4', { dueOn: '2026-11-03' }),
      touch('5', { dueOn: '2026-11-05' }),
    ]);

    const overdue = await h.inside(portalId, async (scope) => {
      await h.store.touches.update(scope, 'touch-3', { movedByPerson: true });
      await h.store.touches.update(scope, 'touch-4', { state: 'done' });
      return h.store.touches.overdue(scope, '2026-Q4', '2026-11-05', 10);
    });

    expect(overdue.map((each) => each.touchId)).toEqual(['touch-2', 'touch-1']);
  });

  it('writes an outcome only while its fence matches', async () => {
    const portalId = await planned([touch('1'), touch('2')]);
    await h.inside(portalId, (scope) => h.store.touches.claimForSending(scope, T0, 10));
    await h.inside(portalId, (scope) => h.store.touches.unknown(scope, at(minutes(2)), 1));

    const matched = await h.inside(portalId, (scope) =>
      h.store.touches.settle(scope, [
        { touchId: 'touch-1', fence: 1, to: 'created', taskId: 'late' },
        { touchId: 'touch-2', fence: 1, to: 'created', taskId: 'T2' },
      ]),
    );

    expect(matched).toBe(1);
    const found = await h.inside(portalId, async (scope) => ({
      late: await h.store.touches.findByTask(scope, 'late'),
      first: await h.store.touches.find(scope, 'touch-1'),
      second: await h.store.touches.findByTask(scope, 'T2'),
    }));
    expect(found.late).toBeNull();
    expect(found.first).toMatchObject({ state: 'sending', fence: 2 });
    expect(found.second).toMatchObject({ state: 'created', taskId: 'T2', notBefore: null });
  });

  it('keeps a cancellation made while the task was being created, and learns the task', async () => {
    const portalId = await planned([touch('1')]);
    await h.inside(portalId, async (scope) => {
      await h.store.touches.claimForSending(scope, T0, 1);
      await h.store.touches.update(scope, 'touch-1', { state: 'canceled', reason: 'companyDeleted' });
    });

    await h.inside(portalId, (scope) =>
      h.store.touches.settle(scope, [{ touchId: 'touch-1', fence: 1, to: 'created', taskId: 'T1' }]),
    );

    const found = await h.inside(portalId, (scope) => h.store.touches.find(scope, 'touch-1'));
    expect(found).toMatchObject({ state: 'canceled', reason: 'companyDeleted', taskId: 'T1' });
  });

  it('keeps the reason of a parked touch and lists it', async () => {
    const portalId = await planned([touch('1')]);
    await h.inside(portalId, async (scope) => {
      await h.store.touches.claimForSending(scope, T0, 1);
      await h.store.touches.settle(scope, [
        { touchId: 'touch-1', fence: 1, to: 'parked', reason: 'rejected' },
      ]);
    });

    const parked = await h.inside(portalId, (scope) => h.store.touches.parked(scope, null, 10));

    expect(parked.map((each) => [each.touchId, each.reason])).toEqual([['touch-1', 'rejected']]);
  });

  it('prefers the continuity touch of a company', async () => {
    const portalId = await planned([
      touch('1', { touchId: 'continuity', key: 'CONTINUITY', kind: 'continuity' }),
      touch('1'),
    ]);

    const found = await h.inside(portalId, (scope) =>
      h.store.touches.ofCompany(scope, asCompanyId('1'), '2026-Q4'),
    );

    expect(found?.touchId).toBe('continuity');
  });

  it('pages through a state without missing or repeating', async () => {
    const portalId = await planned(Array.from({ length: 7 }, (_, index) => touch(String(index))));

    const seen = await h.inside(portalId, async (scope) => {
      const first = await h.store.touches.inState(scope, 'planned', null, 4);
      const rest = await h.store.touches.inState(scope, 'planned', first.at(-1)!.touchId, 4);
      return [...first, ...rest].map((each) => each.touchId);
    });

    expect(seen).toEqual(Array.from({ length: 7 }, (_, index) => `touch-${index}`));
  });

  it('lists a caller’s calls that are due, oldest first', async () => {
    const portalId = await planned([
      touch('1', { dueOn: '2026-11-06' }),
      touch('2', { dueOn: '2026-11-03' }),
      touch('3', { dueOn: '2026-11-04', callerUserId: asUserId(8) }),
      touch('4', { dueOn: '2026-11-07' }),
    ]);

    const due = await h.inside(portalId, async (scope) => ({
      calls: await h.store.touches.callsDue(scope, asUserId(7), '2026-11-06', 10),
      count: await h.store.touches.countCallsDue(scope, asUserId(7), '2026-11-06'),
      load: await h.store.touches.load(scope, '2026-Q4'),
    }));

    expect(due.calls.map((each) => each.touchId)).toEqual(['touch-2', 'touch-1']);
    expect(due.count).toBe(2);
    expect(due.load).toContainEqual({ callerUserId: asUserId(8), dueOn: '2026-11-04', touches: 1 });
  });

  const tried = (id: string): Attempt => ({
    attemptId: `attempt-${id}`,
    touchId: `touch-${id}`,
    outcome: 'noAnswer',
    contactId: null,
    attemptedAt: T0,
    attemptedBy: asUserId(7),
    nextTryOn: '2026-11-04',
    nextTryHalf: 'afternoon',
  });
  const figuresOf = (portalId: PortalId, callerUserId: number | null) =>
    h.inside(portalId, (scope) =>
      h.store.touches.quarterFigures(scope, '2026-Q4', callerUserId === null ? null : asUserId(callerUserId)),
    );

  it('counts the quarter: accounts, tried, heard, and heard in time', async () => {
    const portalId = await planned(['1', '2', '3', '4'].map((id) => touch(id)));
    await h.inside(portalId, async (scope) => {
      await h.store.touches.update(scope, 'touch-4', { state: 'canceled', reason: 'leftProgram' });
      await h.store.touches.addAttempt(scope, tried('3'));
      await h.store.checkIns.add(scope, checkIn('1'));
      await h.store.checkIns.add(
        scope,
        checkIn('2', { companyId: asCompanyId('2'), happenedOn: '2026-11-06' }),
      );
      await h.store.checkIns.add(scope, checkIn('3', { companyId: asCompanyId('3') }));
      await h.store.checkIns.undo(scope, 'check-in-3', T0);
    });

    const mine = await figuresOf(portalId, 7);

    expect(mine).toEqual({ accounts: 3, heardFrom: 2, attempted: 3, onTime: 1 });
    await expect(figuresOf(portalId, 8)).resolves.toEqual({
      accounts: 0,
      heardFrom: 0,
      attempted: 0,
      onTime: 0,
    });
    await expect(figuresOf(portalId, null)).resolves.toEqual(mine);
    const attempts = await h.inside(portalId, (scope) => h.store.touches.attempts(scope, 'touch-3'));
    expect(attempts).toMatchObject([{ attemptId: 'attempt-3', nextTryOn: '2026-11-04' }]);
  });

  it.each([
    ['notReached', 1],
    ['askedNotToBeCalled', 1],
    ['skipped: the plant is closed', 1],
    ['leftOutByPerson', 1],
    ['deletedInHubSpot', 1],
    [null, 1],
    ['companyGone', 0],
    ['leftProgram', 0],
  ])('counts a try in vain that was called off as %j for %i', async (reason, accounts) => {
    const portalId = await planned([touch('1')]);
    await h.inside(portalId, async (scope) => {
      await h.store.touches.addAttempt(scope, tried('1'));
      await h.store.touches.update(scope, 'touch-1', { state: 'canceled', reason });
    });

    const figures = await figuresOf(portalId, 7);
    const weeks = await h.inside(portalId, (scope) =>
      h.store.touches.quarterWeeks(scope, '2026-Q4', asUserId(7)),
    );

    expect(figures).toEqual({ accounts, heardFrom: 0, attempted: accounts, onTime: 0 });
    expect(weeks.reduce((sum, { due }) => sum + due, 0)).toBe(accounts);
  });

  it('measures on time by the day that was planned first, whoever moved the call since', async () => {
    const portalId = await planned([touch('1'), touch('2'), touch('3')]);
    await h.inside(portalId, async (scope) => {
      await h.store.touches.update(scope, 'touch-1', { dueOn: '2026-11-19', dueHalf: 'afternoon' });
      await h.store.touches.update(scope, 'touch-2', { dueOn: '2026-11-19', movedByPerson: true });
      await h.store.touches.update(scope, 'touch-3', { dueOn: '2026-11-03' });
      for (const [id, happenedOn] of [
        ['1', '2026-11-18'],
        ['2', '2026-11-18'],
        ['3', '2026-11-05'],
      ] as const) {
        await h.store.checkIns.add(scope, checkIn(id, { companyId: asCompanyId(id), happenedOn }));
      }
    });

    const figures = await figuresOf(portalId, 7);
    const weeks = await h.inside(portalId, (scope) =>
      h.store.touches.quarterWeeks(scope, '2026-Q4', asUserId(7)),
    );

    expect(figures).toEqual({ accounts: 3, heardFrom: 3, attempted: 3, onTime: 1 });
    expect(weeks).toEqual([
      { weekOf: '2026-11-02', due: 3, heardFrom: 1 },
      { weekOf: '2026-11-16', due: 0, heardFrom: 2 },
    ]);
  });

  it('keeps the first record of a cycle and closes it once', async () => {
    const portalId = await h.portal();
    const cycle = {
      label: '2026-Q4',
      startsOn: '2026-10-01',
      endsOn: '2027-01-01',
      timeZone: 'UTC',
      plannedAt: T0,
    };

    const kept = await h.inside(portalId, async (scope) => {
      await h.store.touches.ensureCycle(scope, cycle);
      return h.store.touches.ensureCycle(scope, { ...cycle, timeZone: 'Asia/Tokyo' });
    });

    expect(kept).toEqual({ ...cycle, closedAt: null });
    const open = (day: string) =>
      h.inside(portalId, (scope) => h.store.touches.openCyclesEndingBy(scope, day, T0));
    await expect(open('2026-12-31')).resolves.toEqual([]);
    await expect(open('2027-01-01')).resolves.toHaveLength(1);
    await h.inside(portalId, (scope) => h.store.touches.closeCycle(scope, '2026-Q4', T0));
    await expect(open('2027-01-01')).resolves.toEqual([]);
  });

  it('lists a closed cycle again while a touch of it is open', async () => {
    const portalId = await planned([touch('1')]);
    const { touches } = h.store;
    const cycle = { startsOn: '2026-10-01', endsOn: '2027-01-01', timeZone: 'UTC', plannedAt: T0 };
    const ended = () => h.inside(portalId, (scope) => touches.openCyclesEndingBy(scope, '2027-01-01', T0));

    await h.inside(portalId, async (scope) => {
      await touches.ensureCycle(scope, { ...cycle, label: '2026-Q4' });
      await touches.closeCycle(scope, '2026-Q4', T0);
    });
    const open = await ended();
    await h.inside(portalId, (scope) => touches.missOpen(scope, '2026-Q4', T0, 10));

    expect(open).toMatchObject([{ label: '2026-Q4', closedAt: T0 }]);
    expect(await ended()).toEqual([]);
  });

  it('finds companies out of scope whose call is still to be made', async () => {
    const portalId = await planned([touch('1'), touch('2'), touch('3'), touch('4')]);
    const outside = (afterId: string | null, cycle = '2026-Q4') =>
      h.inside(portalId, (scope) =>
        h.store.companies.outsideWithOpenTouch(
          scope,
          cycle,
          10,
          afterId === null ? null : asCompanyId(afterId),
        ),
      );

    await h.inside(portalId, async (scope) => {
      const { companies, touches } = h.store;
      await companies.upsertRead(
        scope,
        ['1', '2', '3', '4', '5'].map((id) => company(id)),
        T0,
      );
      for (const id of ['2', '3', '4', '5'])
        await companies.update(scope, asCompanyId(id), { inScope: false });
      await touches.update(scope, touch('3').touchId, { state: 'missed' });
    });

    expect(await outside(null)).toEqual(['2', '4']);
    expect(await outside('2')).toEqual(['4']);
    expect(await outside(null, '2027-Q1')).toEqual([]);
  });

  it('finds the companies that have no touch yet', async () => {
    const portalId = await planned([touch('2')]);
    await h.inside(portalId, async (scope) => {
      const read = ['1', '2', '3', '4'].map((id) => ({ ...touch(id), name: id }));
      const records = read.map(({ companyId, name }) => ({
        companyId,
        name,
        ownerId: asOwnerId('90'),
        timeZone: null,
        lifecycleStage: 'customer',
        parentCompanyId: null,
      }));
      await h.store.companies.upsertRead(scope, records, T0);
      await h.store.companies.update(scope, asCompanyId('4'), { inScope: false });
    });

    const found = (afterId: string | null) =>
      h.inside(portalId, (scope) =>
        h.store.companies.withoutTouch(scope, '2026-Q4', afterId === null ? null : asCompanyId(afterId), 10),
      );

    expect((await found(null)).map((each) => each.companyId)).toEqual(['1', '3']);
    expect((await found('1')).map((each) => each.companyId)).toEqual(['3']);
  });

  it('finds them among some companies, and among those seen since an instant', async () => {
    const portalId = await planned([touch('2')]);
    const record = (id: string) => ({
      companyId: asCompanyId(id),
      name: id,
      ownerId: null,
      timeZone: null,
      lifecycleStage: 'customer',
      parentCompanyId: null,
    });
    const later = new Date(T0.getTime() + 1_000);
    await h.inside(portalId, async (scope) => {
      await h.store.companies.upsertRead(scope, ['1', '2', '3'].map(record), T0);
      await h.store.companies.upsertRead(scope, ['2', '3', '4'].map(record), later);
    });

    const found = (among: { companyIds?: CompanyId[]; seenSince?: Date }) =>
      h.inside(portalId, (scope) => h.store.companies.withoutTouch(scope, '2026-Q4', null, 10, among));

    const ids = ['1', '2', '3'].map(asCompanyId);
    expect((await found({ companyIds: ids })).map((each) => each.companyId)).toEqual(['1', '3']);
    expect((await found({ companyIds: [] })).map((each) => each.companyId)).toEqual([]);
    expect((await found({ seenSince: later })).map((each) => each.companyId)).toEqual(['3', '4']);
  });
}
