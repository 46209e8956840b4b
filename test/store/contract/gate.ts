import { expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { asCompanyId, asOwnerId, asUserId } from '../../../src/core/model.ts';
import { txOf } from '../../../src/store/transact.ts';
import { at, checkIn, minutes, openGate, T0 } from './harness.ts';
import type { Harness } from './harness.ts';

const DAYS = minutes(24 * 60);
const REP = asOwnerId('90');
const CLOSED = 'the gate of this rep is closed';
const finding = {
  findingId: 'f1',
  checkInId: 'check-in-1',
  companyId: asCompanyId('1'),
  repOwnerId: REP,
  callerUserId: asUserId(7),
  nextTryAt: T0,
};
const announcement = (daysBefore: number) => ({
  announcedAt: at(-daysBefore * DAYS),
  announcedBy: asUserId(1),
  startsOn: '2026-11-02',
  text: 'I will call our customers.',
});

/** The lock before a comparison, where no code can leave it out. */
export function gateContract(h: Harness): void {
  it.each([
    ['nothing was announced', null, -9, REP],
    ['the announcement is younger than five days', 4.9, -4, REP],
    ['nobody acknowledged it', 10, null, REP],
    ['another rep acknowledged it', 10, -9, asOwnerId('91')],
    ['the rep acknowledged it after the facts were saved', 10, 0.1, REP],
  ] as const)('opens no comparison where %s', async (_why, announcedDaysBefore, acknowledgedDay, reader) => {
    const portalId = await h.portal();

    const adding = h.inside(portalId, async (scope) => {
      const { programs, checkIns, findings } = h.store;
      if (announcedDaysBefore !== null) await programs.announce(scope, announcement(announcedDaysBefore));
      if (acknowledgedDay !== null) await programs.acknowledge(scope, reader, at(acknowledgedDay * DAYS));
      await checkIns.add(scope, checkIn('1'));
      await findings.add(scope, finding);
    });

    await expect(adding).rejects.toThrow(CLOSED);
  });

  it('opens one where the rep was told five days ago and read it', async () => {
    const portalId = await h.portal();

    const found = await h.inside(portalId, async (scope) => {
      await h.store.programs.announce(scope, announcement(5));
      await h.store.programs.acknowledge(scope, REP, T0);
      await h.store.checkIns.add(scope, checkIn('1'));
      await h.store.findings.add(scope, finding);
      return h.store.findings.find(scope, 'f1');
    });

    expect(found?.state).toBe('pending');
  });

  it('does not let a comparison be moved to a rep who was not told', async () => {
    const portalId = await h.portal();
    await h.inside(portalId, async (scope) => {
      await openGate(h.store, scope);
      await h.store.checkIns.add(scope, checkIn('1'));
      await h.store.findings.add(scope, finding);
    });

    const moving = h.inside(portalId, (scope) =>
      sql`UPDATE findings SET rep_owner_id = '91'`.execute(txOf(scope)),
    );

    await expect(moving).rejects.toThrow(CLOSED);
  });

  it('is not opened by the announcement of another account', async () => {
    const [told, untold] = [await h.portal(), await h.portal()];
    await h.inside(told, (scope) => openGate(h.store, scope));

    const adding = h.inside(untold, async (scope) => {
      await h.store.checkIns.add(scope, checkIn('1'));
      await h.store.findings.add(scope, finding);
    });

    await expect(adding).rejects.toThrow(CLOSED);
  });
}
