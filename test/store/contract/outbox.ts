import { expect, it } from '@jest/globals';
import type { NewOutboxRow } from '../../../src/usecases/records.ts';
import { at, minutes, T0 } from './harness.ts';
import type { Harness } from './harness.ts';

const row = (outboxId: string, change: Partial<NewOutboxRow> = {}): NewOutboxRow => ({
  outboxId,
  kind: 'note',
  subject: 'check-in-1',
  key: `KEY${outboxId}`,
  payload: { text: outboxId },
  notBefore: T0,
  ...change,
});

/** Every other write to HubSpot, and what HubSpot told us. */
export function outboxContract(h: Harness): void {
  const add = async (...rows: readonly NewOutboxRow[]) => {
    const portalId = await h.portal();
    await h.inside(portalId, async (scope) => {
      for (const each of rows) await h.store.outbox.add(scope, each);
    });
    return portalId;
  };

  it('replaces the payload of a row that has not left', async () => {
    const portalId = await add(row('1'), row('2', { payload: { text: 'newer' }, notBefore: at(1) }));

    const claimed = await h.inside(portalId, (scope) => h.store.outbox.claim(scope, at(minutes(1)), 10));

    expect(claimed).toHaveLength(1);
    expect(claimed[0]).toMatchObject({
      outboxId: '1',
      payload: { text: 'newer' },
      state: 'sending',
      attempts: 1,
    });
  });

  it('lets a newer row follow one that is being sent, never overtake it', async () => {
    const portalId = await add(row('1'));
    const claim = (instant: Date) => h.inside(portalId, (scope) => h.store.outbox.claim(scope, instant, 10));
    await claim(T0);
    await h.inside(portalId, (scope) => h.store.outbox.add(scope, row('2')));

    const meanwhile = await claim(at(1_000));
    const open = await h.inside(portalId, (scope) =>
      h.store.outbox.openSubjects(scope, ['check-in-1', 'other']),
    );
    await h.inside(portalId, (scope) =>
      h.store.outbox.settle(scope, { outboxId: '1', attempts: 1 }, { state: 'done', hubspotId: 'N1' }),
    );
    const after = await claim(at(minutes(1)));

    expect(meanwhile).toEqual([]);
    expect([...open]).toEqual(['check-in-1']);
    expect(after.map((each) => each.outboxId)).toEqual(['2']);
  });

  it('stores what became of many rows at once, each under its own claim, and leaves out what nobody says', async () => {
    const portalId = await add({ ...row('1'), subject: 'a' });
    await h.inside(portalId, (scope) =>
      h.store.outbox.addMany(scope, [
        { ...row('2'), subject: 'b' },
        { ...row('3'), subject: 'c' },
        { ...row('4'), subject: 'd' },
      ]),
    );
    const claim = (instant: Date) => h.inside(portalId, (scope) => h.store.outbox.claim(scope, instant, 10));
    await claim(T0);

    await h.inside(portalId, (scope) =>
      h.store.outbox.settleMany(scope, [
        { claimed: { outboxId: '1', attempts: 1 }, change: { state: 'done', hubspotId: 'N1' } },
        { claimed: { outboxId: '2', attempts: 1 }, change: { state: 'planned', notBefore: at(5_000) } },
        { claimed: { outboxId: '3', attempts: 9 }, change: { state: 'done' } },
        { claimed: { outboxId: '4', attempts: 1 }, change: { state: 'parked', reason: 'refused' } },
      ]),
    );
    const newest = (subject: string) =>
      h.inside(portalId, (scope) => h.store.outbox.newest(scope, row('1').kind, subject));
    const states = [await newest('a'), await newest('b'), await newest('c'), await newest('d')];

    expect(states).toMatchObject([
      { state: 'done', hubspotId: 'N1', reason: null },
      { state: 'planned', notBefore: at(5_000) },
      { state: 'sending', hubspotId: null },
      { state: 'parked', reason: 'refused' },
    ]);
  });

  it('wakes nobody for a row that waits for the one before it', async () => {
    const portalId = await add(row('1'));
    await h.inside(portalId, (scope) => h.store.outbox.claim(scope, T0, 10));
    await h.inside(portalId, (scope) => h.store.outbox.add(scope, row('2')));
    await h.inside(portalId, (scope) => h.store.outbox.claim(scope, at(1_000), 10));

    const due = await h.store.system.dueJobs(at(2_000));

    expect(due.filter((job) => job.portalId === portalId && job.job === 'deliverOutbox')).toEqual([]);
  });

  it('gives a row of unknown outcome back once its time has come', async () => {
    const portalId = await add(row('1'));
    const claim = (instant: Date) => h.inside(portalId, (scope) => h.store.outbox.claim(scope, instant, 10));
    await claim(T0);

    const early = await claim(at(50_000 - 1));
    const late = await claim(at(50_000));

    expect(early).toEqual([]);
    expect(late).toMatchObject([{ outboxId: '1', attempts: 2, sentAt: T0, reason: 'unknownOutcome' }]);
  });

  it('withdraws what has not left', async () => {
    const portalId = await add(row('1'), row('2', { subject: 'check-in-2' }));

    await h.inside(portalId, (scope) => h.store.outbox.withdraw(scope, 'note', 'check-in-1'));

    const claimed = await h.inside(portalId, (scope) => h.store.outbox.claim(scope, T0, 10));
    expect(claimed.map((each) => each.outboxId)).toEqual(['2']);
  });

  it('goes back to planned even where a newer row waits', async () => {
    const portalId = await add(row('1'));
    await h.inside(portalId, async (scope) => {
      await h.store.outbox.claim(scope, T0, 10);
      await h.store.outbox.add(scope, row('2'));
      await h.store.outbox.settle(
        scope,
        { outboxId: '1', attempts: 1 },
        { state: 'planned', notBefore: at(minutes(3)) },
      );
    });

    const claimed = await h.inside(portalId, (scope) => h.store.outbox.claim(scope, at(minutes(3)), 10));

    expect(claimed).toHaveLength(1);
    expect(claimed[0]?.payload).toEqual({ text: '2' });
  });

  it('writes a company’s properties no earlier than the last of those who asked for it', async () => {
    const properties = { kind: 'companyProperties', subject: '1', payload: {} } as const;
    const portalId = await add(
      row('1', { ...properties, notBefore: at(minutes(15)) }),
      row('2', { ...properties, notBefore: at(1) }),
    );
    const claim = (instant: Date) => h.inside(portalId, (scope) => h.store.outbox.claim(scope, instant, 10));

    const early = await claim(at(minutes(15) - 1));
    const due = await claim(at(minutes(15)));

    expect(early).toEqual([]);
    expect(due).toHaveLength(1);
  });

  it('waits for the later of the two where it goes back to planned and a newer row waits', async () => {
    const portalId = await add(row('1'));
    await h.inside(portalId, async (scope) => {
      await h.store.outbox.claim(scope, T0, 10);
      await h.store.outbox.add(scope, row('2', { notBefore: at(minutes(15)) }));
      await h.store.outbox.settle(
        scope,
        { outboxId: '1', attempts: 1 },
        { state: 'planned', notBefore: at(minutes(3)) },
      );
    });
    const claim = (instant: Date) => h.inside(portalId, (scope) => h.store.outbox.claim(scope, instant, 10));

    const early = await claim(at(minutes(15) - 1));
    const due = await claim(at(minutes(15)));

    expect(early).toEqual([]);
    expect(due.map(({ outboxId }) => outboxId)).toEqual(['1']);
  });

  it.each(['planned', 'done', 'sending'] as const)(
    'learns nothing (%s) from a worker whose row another one claimed since',
    async (state) => {
      const portalId = await add(row('1'));
      const claim = (instant: Date) =>
        h.inside(portalId, (scope) => h.store.outbox.claim(scope, instant, 10));
      const [first] = await claim(T0);
      const [second] = await claim(at(minutes(1)));
      await h.inside(portalId, (scope) => h.store.outbox.add(scope, row('2')));
      const settle = (claimed: typeof first, change: { state: 'planned' | 'done' | 'sending' | 'parked' }) =>
        h.inside(portalId, async (scope) => {
          if (claimed !== undefined)
            await h.store.outbox.settle(scope, claimed, { ...change, notBefore: T0, reason: change.state });
        });

      await settle(first, { state });
      const [early] = await claim(at(minutes(1)));
      await settle(second, { state: 'parked' });
      await settle(first, { state });

      const parked = await h.inside(portalId, (scope) => h.store.outbox.parked(scope, 10));
      expect(early).toBeUndefined();
      expect(parked).toMatchObject([{ outboxId: '1', reason: 'parked' }]);
    },
  );

  it('keeps both the day and the caller of a task that is moved twice', async () => {
    const move = { kind: 'moveTask', subject: 'touch-1' } as const;
    const portalId = await add(
      row('1', { ...move, payload: { dueAt: '2026-11-05', ownerId: '70' } }),
      row('2', { ...move, payload: { ownerId: '71' } }),
    );

    const [first] = await h.inside(portalId, (scope) => h.store.outbox.claim(scope, T0, 10));
    await h.inside(portalId, async (scope) => {
      await h.store.outbox.add(scope, row('3', { ...move, payload: { dueAt: '2026-11-09' } }));
      await h.store.outbox.settle(scope, { outboxId: '1', attempts: 1 }, { state: 'planned', notBefore: T0 });
    });
    const [again] = await h.inside(portalId, (scope) => h.store.outbox.claim(scope, T0, 10));

    expect(first?.payload).toEqual({ dueAt: '2026-11-05', ownerId: '71' });
    expect(again?.payload).toEqual({ dueAt: '2026-11-09', ownerId: '71' });
  });

  it('lists parked rows with their reason', async () => {
    const portalId = await add(row('1'));
    await h.inside(portalId, async (scope) => {
      await h.store.outbox.claim(scope, T0, 10);
      await h.store.outbox.settle(
        scope,
        { outboxId: '1', attempts: 1 },
        { state: 'parked', reason: 'rejected' },
      );
    });

    const parked = await h.inside(portalId, (scope) => h.store.outbox.parked(scope, 10));

    expect(parked).toMatchObject([{ outboxId: '1', state: 'parked', reason: 'rejected' }]);
  });

  it('takes each webhook event once, in the order of arrival', async () => {
    const portalId = await h.portal();
    const event = (dedupeKey: string) => ({
      dedupeKey,
      subscriptionType: 'company.propertyChange',
      objectType: 'company',
      objectId: '1',
      propertyName: 'hubspot_owner_id',
      propertyValue: '90',
      occurredAt: T0,
      mergedInto: null,
    });

    const added = await h.inside(portalId, async (scope) => [
      await h.store.inbox.add(scope, [event('b'), event('a'), event('b')], T0),
      await h.store.inbox.add(scope, [event('a'), event('c')], T0),
    ]);
    const first = await h.inside(portalId, (scope) => h.store.inbox.take(scope, 2));
    await h.inside(portalId, (scope) => h.store.inbox.done(scope, ['b', 'a'], T0));
    const rest = await h.inside(portalId, (scope) => h.store.inbox.take(scope, 10));

    expect(added).toEqual([2, 1]);
    expect(first).toMatchObject([event('b'), event('a')]);
    expect(rest).toMatchObject([event('c')]);
  });
}
