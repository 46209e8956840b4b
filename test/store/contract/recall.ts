import { expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { asCompanyId, asOwnerId, asUserId } from '../../../src/core/model.ts';
import { txOf } from '../../../src/store/transact.ts';
import type { RecallMeasurement } from '../../../src/usecases/recall-port.ts';
import type { TenantScope } from '../../../src/usecases/records.ts';
import type { FindingResult } from '../../../src/usecases/finding-records.ts';
import { checkIn, openGate, T0 } from './harness.ts';
import type { Harness } from './harness.ts';

const measurement = (q: number): RecallMeasurement => ({
  settings: { q, rho: 0, sigma: 0.55, alpha: 0.015, floor: 3 },
  missStatements: 60,
  missed: 11,
  dateStatements: 49,
  severalStatements: 0,
  honest: { soft: 0.02, firm: 0.003 },
  simulatedDraws: 10_000,
  methodVersion: '1.0.0',
});
const claim = { ageDays: 20, outcome: 'live', tier: 3, contact: 'respondent', owner: '90' } as const;

/** What a portal measured of its customers' memory, and the statements it measures by. */
export function recallContract(h: Harness): void {
  it('keeps the first measurement of a day and gives back the newest day', async () => {
    const portalId = await h.portal();

    const found = await h.inside(portalId, async (scope) => {
      const { recall } = h.store;
      const none = await recall.newest(scope);
      await recall.add(scope, '2026-11-02', measurement(0.24));
      const second = await recall.add(scope, '2026-11-02', measurement(0.3));
      await recall.add(scope, '2026-11-01', measurement(0.2));
      return { none, second, newest: await recall.newest(scope) };
    });

    const standing = { ...measurement(0.24), measuredOn: '2026-11-02' };
    expect(found).toEqual({ none: null, second: standing, newest: standing });
  });

  it('lists the days on which what was measured changed, the newest first', async () => {
    const portalId = await h.portal();

    const found = await h.inside(portalId, async (scope) => {
      const { recall } = h.store;
      await recall.add(scope, '2026-11-04', measurement(0.3));
      await recall.add(scope, '2026-11-02', measurement(0.24));
      await recall.add(scope, '2026-11-03', { ...measurement(0.24), missStatements: 61 });
      return { all: await recall.changes(scope, 10), newest: await recall.changes(scope, 1) };
    });

    const change = (measuredOn: string, q: number) => ({ ...measurement(q), measuredOn });
    expect(found.all).toEqual([change('2026-11-04', 0.3), change('2026-11-02', 0.24)]);
    expect(found.newest).toEqual([change('2026-11-04', 0.3)]);
  });

  it('refuses to change a measurement that was made', async () => {
    const portalId = await h.portal();
    await h.inside(portalId, (scope) => h.store.recall.add(scope, '2026-11-02', measurement(0.24)));

    const changing = h.inside(portalId, (scope) =>
      sql`UPDATE measured_recall SET measurement = '{}'`.execute(txOf(scope)),
    );

    await expect(changing).rejects.toThrow();
  });

  it('reads the newest compared statements that met a claim and were not undone', async () => {
    const portalId = await h.portal();

    const found = await h.inside(portalId, async (scope) => {
      await compared(h, scope, '1', [claim]);
      await compared(h, scope, '2', [{ ...claim, ageDays: 30 }]);
      await compared(h, scope, '3', []);
      await compared(h, scope, '4', [claim]);
      await h.store.checkIns.undo(scope, 'check-in-4', T0);
      return {
        all: await h.store.recall.statements(scope, 10),
        one: await h.store.recall.statements(scope, 1),
      };
    });

    expect(found.all.map(({ claims }) => claims[0]?.ageDays)).toEqual([30, 20]);
    expect(found.one).toEqual([
      { claims: [{ ...claim, ageDays: 30 }], recency: 'W4', count: '1', flags: [] },
    ]);
  });
}

async function compared(h: Harness, scope: TenantScope, id: string, claims: readonly unknown[]) {
  const result: FindingResult = {
    verdict: 'CORROBORATED',
    severity: 0,
    rule: 'R07',
    mu: null,
    oneIn: null,
    serviceGap: false,
    inputs: { claims, recency: 'W4', count: '1', flags: [] },
    thresholds: {},
    methodVersion: '1',
  };
  await h.store.checkIns.add(scope, checkIn(id));
  await openGate(h.store, scope);
  await h.store.findings.add(scope, {
    findingId: `finding-${id}`,
    checkInId: `check-in-${id}`,
    companyId: asCompanyId('1'),
    repOwnerId: asOwnerId('90'),
    callerUserId: asUserId(7),
    nextTryAt: T0,
  });
  await h.store.findings.saveResult(scope, `finding-${id}`, { state: 'ready', result });
}
