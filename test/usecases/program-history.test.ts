import { expect, it } from '@jest/globals';
import { programView } from '../../src/http/contract-pages.ts';
import { getCompany } from '../../src/usecases/get-company.ts';
import { getProgram } from '../../src/usecases/get-program.ts';
import { measurementOf } from '../../src/usecases/measure-recall.ts';
import { COMPANY, OTHER_REP, useWorlds } from '../support/world.ts';

const worlds = useWorlds();
const measuredChance = (q: number) => {
  const measured = measurementOf([], 'any');
  return { ...measured, settings: { ...measured.settings, q } };
};

it('tells of each version who saved it and what it changed, the newest first', async () => {
  const world = await worlds.fresh();
  await world.program({ checkInsPerWeek: 12 });

  const { history } = programView.parse(await getProgram(world.deps, world.manager));

  expect(history).toEqual([
    {
      version: 2,
      savedAt: '2026-08-12T15:00:00.000Z',
      savedByName: 'Ana Silva',
      changes: ['Check-ins a week: from 10 to 12.'],
    },
    expect.objectContaining({
      version: 1,
      changes: ['How open: from not chosen to listening and log comparison.'],
    }),
  ]);
});

it('tells from which day on comparisons weighed memory by other numbers', async () => {
  const world = await worlds.fresh();
  await world.inside((scope) => world.store.recall.add(scope, '2026-08-03', measuredChance(0.24)));

  const { recallHistory } = programView.parse(await getProgram(world.deps, world.manager));

  expect(recallHistory).toEqual([
    { since: '2026-08-03', changes: ['Chance that a customer forgets one contact: from 33% to 24%.'] },
  ]);
});

it('keeps with each earlier answer who looked after the account then', async () => {
  const world = await worlds.fresh();
  await world.record();
  await world.inside((scope) => world.store.companies.update(scope, COMPANY, { ownerId: OTHER_REP.ownerId }));
  world.clock.set('2026-11-12T15:00:00Z');

  const view = await getCompany(world.deps, world.manager, COMPANY);

  expect(view).toMatchObject({ earlierAnswers: [{ callerName: 'Ana Silva', repName: 'Tom Baker' }] });
});
