import { expect, it } from '@jest/globals';
import { asCompanyId, asOwnerId } from '../../../src/core/model.ts';
import { company, T0 } from './harness.ts';
import type { Harness } from './harness.ts';

const FOUND = {
  total: 12,
  stages: ['customer'],
  sample: [
    { name: 'Elm Works', lifecycleStage: 'lead' },
    { name: 'Fir Foods', lifecycleStage: null },
  ],
};

/** What set-up shows of the companies that get no call of their own. */
export function leftOutContract(h: Harness): void {
  it('keeps what was left out, of its own account, until it is counted again', async () => {
    const portalId = await h.portal();
    const other = await h.portal();

    const found = await h.inside(portalId, async (scope) => {
      const { companies } = h.store;
      const none = await companies.leftOut(scope);
      await companies.keepLeftOut(scope, { ...FOUND, total: 3 });
      await companies.keepLeftOut(scope, FOUND);
      return { none, kept: await companies.leftOut(scope) };
    });

    expect(found).toEqual({ none: null, kept: FOUND });
    expect(await h.inside(other, (scope) => h.store.companies.leftOut(scope))).toBeNull();
  });

  it('counts branches of companies in scope by their owner', async () => {
    const portalId = await h.portal();
    const branch = { parentCompanyId: asCompanyId('1') };
    const read = [
      company('1', { name: 'Acme' }),
      company('2', { ...branch, name: 'Acme West', ownerId: asOwnerId('90') }),
      company('3', { ...branch, name: 'Acme East', ownerId: null }),
      company('4', { name: 'Elm', parentCompanyId: asCompanyId('99') }),
      company('5', { ...branch, name: 'Acme Gone' }),
    ];

    const found = await h.inside(portalId, async (scope) => {
      await h.store.companies.upsertRead(scope, read, T0);
      await h.store.companies.update(scope, asCompanyId('5'), { inScope: false });
      return h.store.companies.branches(scope, 1);
    });

    expect(found).toEqual({
      byOwner: new Map([
        [asOwnerId('90'), 1],
        [null, 1],
      ]),
      sample: [{ name: 'Acme West', parentName: 'Acme' }],
    });
  });
}
