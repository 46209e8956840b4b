import { expect, it } from '@jest/globals';
import { asCompanyId } from '../../src/core/model.ts';
import { homeView } from '../../src/http/contract-pages.ts';
import { getHome } from '../../src/usecases/get-home.ts';
import { COMPANY, REP, useWorlds, type World } from '../support/world.ts';

const worlds = useWorlds();
const MORE = Array.from({ length: 11 }, (_, index) => ({
  companyId: asCompanyId(String(901 + index)),
  name: `Customer ${index}`,
  ownerId: REP.ownerId,
  timeZone: null,
  lifecycleStage: 'customer',
  parentCompanyId: null,
}));

async function charts(world: World) {
  const home = homeView.parse(await getHome(world.deps, world.manager));
  if (home.manager === null) throw new Error('The manager has a home page.');
  return home.manager.charts;
}

it('draws the quarter from what is due and heard each week, by the caller’s own customers', async () => {
  const world = await worlds.fresh();
  await world.inside((scope) => world.store.companies.upsertRead(scope, MORE, world.clock.now()));
  await world.plan(COMPANY, { dueOn: '2026-08-05' });
  for (const { companyId } of MORE.slice(0, 10)) await world.plan(companyId);
  const few = await charts(world);
  await world.plan(asCompanyId('911'), { dueOn: '2026-09-01' });
  await world.record();

  const { coverage, rates } = await charts(world);

  expect(few.coverage).toEqual([]);
  expect(coverage[0]).toEqual({ weekOf: '2026-06-29', due: 0, heardFrom: 0 });
  expect(coverage.slice(-2)).toEqual([
    { weekOf: '2026-08-03', due: 1, heardFrom: 0 },
    { weekOf: '2026-08-10', due: 11, heardFrom: 1 },
  ]);
  expect(rates).toEqual([]);
});
