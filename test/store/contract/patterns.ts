import { expect, it } from '@jest/globals';
import { asCompanyId, asOwnerId, asUserId } from '../../../src/core/model.ts';
import type { ExportLink } from '../../../src/usecases/export-port.ts';
import type { Leave } from '../../../src/usecases/leave-port.ts';
import type { Pattern, TeamTestResult } from '../../../src/usecases/pattern-port.ts';
import { at, minutes, T0 } from './harness.ts';
import type { Harness } from './harness.ts';

const counts: Pattern['counts'] = {
  repId: asOwnerId('90'),
  n: 12,
  x: 3,
  firmCompanyIds: [asCompanyId('1'), asCompanyId('2')],
  supportedCompanyIds: [asCompanyId('1'), asCompanyId('2')],
  cycleCredits: 9,
  cycleComparable: 12,
};
const result = (simulatedRate: number): TeamTestResult => ({
  simulatedRate,
  teams: [{ managerUserId: asUserId(7), reps: [counts] }],
});
const pattern = (patternId: string, cycle: string): Pattern => ({
  patternId,
  repOwnerId: counts.repId,
  managerUserId: asUserId(7),
  cycle,
  noticedOn: '2026-10-09',
  replyUntil: '2026-10-19',
  counts,
});
const leave = (leaveId: string, firstDay: string, lastDay: string, ownerId = '90'): Leave => ({
  leaveId,
  ownerId: asOwnerId(ownerId),
  firstDay,
  lastDay,
  enteredBy: asUserId(7),
  enteredAt: T0,
});
const link = (exportId: string): ExportLink => ({
  exportId,
  tokenHash: `hash-${exportId}`,
  kind: 'findings',
  requestedBy: asUserId(7),
  expiresAt: at(minutes(5)),
});

/** Team tests, patterns, leave and links to exports. */
export function patternContract(h: Harness): void {
  it('wants a team test once, has it due from its day on, and keeps it as it was made', async () => {
    const portalId = await h.portal();

    const found = await h.inside(portalId, async (scope) => {
      const { teamTests } = h.store;
      await teamTests.want(scope, '2026-Q3', '2026-10-09');
      await teamTests.want(scope, '2026-Q3', '2026-12-31');
      const before = await teamTests.due(scope, '2026-10-08');
      const due = await teamTests.due(scope, '2026-10-09');
      await teamTests.save(scope, '2026-Q3', result(0.002), T0);
      await teamTests.save(scope, '2026-Q3', result(0.9), T0);
      return {
        before,
        due,
        after: await teamTests.due(scope, '2027-01-01'),
        made: await teamTests.made(scope),
      };
    });

    const made = [{ cycle: '2026-Q3', result: result(0.002) }];
    expect(found).toEqual({ before: [], due: ['2026-Q3'], after: [], made });
  });

  it('wakes a portal on the day of a team test', async () => {
    const portalId = await h.portal({ timeZone: 'America/Chicago' });
    await h.inside(portalId, (scope) => h.store.teamTests.want(scope, '2026-Q3', '2026-10-09'));

    const due = async (instant: string) =>
      (await h.store.system.dueJobs(new Date(instant))).filter((job) => job.portalId === portalId);

    expect((await due('2026-10-09T04:59:59Z')).map(({ job }) => job)).not.toContain('settleFindings');
    expect((await due('2026-10-09T05:00:00Z')).map(({ job }) => job)).toContain('settleFindings');
  });

  it('keeps one pattern a rep and quarter, the newest first, until it expires', async () => {
    const portalId = await h.portal();

    const found = await h.inside(portalId, async (scope) => {
      const { patterns } = h.store;
      await patterns.add(scope, pattern('a', '2026-Q3'));
      await patterns.add(scope, pattern('b', '2026-Q3'));
      await patterns.add(scope, pattern('c', '2026-Q4'));
      const all = await patterns.all(scope);
      const removed = await patterns.removeBefore(scope, '2026-Q4');
      return { all, removed, first: await patterns.find(scope, 'a'), left: await patterns.all(scope) };
    });

    expect(found.all.map(({ patternId }) => patternId)).toEqual(['c', 'a']);
    expect(found.removed).toEqual(['a']);
    expect(found.first).toBeNull();
    expect(found.left).toEqual([pattern('c', '2026-Q4')]);
  });

  it('remembers each opening once', async () => {
    const portalId = await h.portal();

    const openings = await h.inside(portalId, async (scope) => {
      const { patterns } = h.store;
      await patterns.add(scope, pattern('a', '2026-Q3'));
      await patterns.open(scope, { patternId: 'a', userId: asUserId(7), openedAt: T0 });
      await patterns.open(scope, { patternId: 'a', userId: asUserId(7), openedAt: at(minutes(1)) });
      await patterns.open(scope, { patternId: 'a', userId: asUserId(8), openedAt: at(minutes(2)) });
      return patterns.openings(scope, 'a');
    });

    expect(openings.map(({ userId, openedAt }) => [userId, openedAt])).toEqual([
      [7, T0],
      [8, at(minutes(2))],
    ]);
  });

  it('gives leave that reaches a day, the earliest first, without what was removed', async () => {
    const portalId = await h.portal();

    const found = await h.inside(portalId, async (scope) => {
      const { leaves } = h.store;
      await leaves.add(scope, leave('over', '2026-10-01', '2026-10-30'));
      await leaves.add(scope, leave('late', '2026-11-05', '2026-11-06'));
      await leaves.add(scope, leave('edge', '2026-10-20', '2026-10-31'));
      await leaves.add(scope, leave('gone', '2026-11-01', '2026-11-09'));
      await leaves.add(scope, leave('other', '2026-11-01', '2026-11-09', '91'));
      await leaves.remove(scope, 'gone', T0);
      return {
        own: await leaves.ofOwner(scope, asOwnerId('90'), '2026-10-31'),
        all: await leaves.all(scope, '2026-10-31'),
        gone: await leaves.find(scope, 'gone'),
      };
    });

    expect(found.own.map(({ leaveId }) => leaveId)).toEqual(['edge', 'late']);
    expect(found.all.map(({ leaveId }) => leaveId)).toEqual(['edge', 'other', 'late']);
    expect(found.gone).toBeNull();
  });

  it('lets a link be used once, in time, and only in its own account', async () => {
    const portalId = await h.portal();
    const otherId = await h.portal();
    await h.inside(portalId, async (scope) => {
      await h.store.exports.add(scope, link('a'));
      await h.store.exports.add(scope, link('b'));
    });
    const use = (portal: typeof portalId, id: string, ms: number) =>
      h.inside(portal, (scope) => h.store.exports.use(scope, `hash-${id}`, at(ms)));

    expect(await use(otherId, 'a', 0)).toBeNull();
    expect((await use(portalId, 'a', 0))?.exportId).toBe('a');
    expect(await use(portalId, 'a', 0)).toBeNull();
    expect(await use(portalId, 'b', minutes(5))).toBeNull();
  });
}
