import { describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { getProgram } from '../../src/usecases/get-program.ts';
import { refreshPortal } from '../../src/usecases/refresh-portal.ts';
import { saveProgram } from '../../src/usecases/save-program.ts';
import type { ProgramSettings } from '../../src/core/program-settings.ts';
import { COMPANY, useWorlds, type World } from '../support/world.ts';

const worlds = useWorlds();
const CUSTOMER = { value: 'customer', label: 'Kunde' };
const PARTNER = { value: '48215', label: 'Wholesale partner' };
const KNOWN = { portal: { knownStages: [CUSTOMER, PARTNER] } };

async function save(world: World, change: Partial<ProgramSettings>) {
  const { version, settings } = await getProgram(world.deps, world.manager);
  return saveProgram(world.deps, world.manager, {
    submissionId: randomUUID(),
    expectedVersion: version,
    settings: { ...settings, ...change },
  });
}

describe('the stages that count as a customer', () => {
  it('are read from HubSpot with everybody else, in its order, and offered by their labels', async () => {
    const world = await worlds.fresh();
    world.deps.hubspot.lifecycleStages = () =>
      Promise.resolve(new Map([PARTNER, CUSTOMER].map(({ value, label }) => [value, label])));
    const before = await getProgram(world.deps, world.manager);

    await refreshPortal(world.deps, world.portalId);

    expect(before.stages).toEqual([]);
    expect((await getProgram(world.deps, world.manager)).stages).toEqual([PARTNER, CUSTOMER]);
  });

  it('are none that HubSpot does not have: the field is named', async () => {
    const world = await worlds.fresh(KNOWN);

    const saving = save(world, { lifecycleStages: ['customer', 'custommer'] });

    await expect(saving).rejects.toMatchObject({
      code: 'invalid_input',
      message: 'HubSpot has no lifecycle stage “custommer”.',
      safeDetails: { field: 'settings.lifecycleStages' },
    });
  });

  it('may be any for as long as HubSpot did not tell which there are', async () => {
    const world = await worlds.fresh();

    const { program } = await save(world, { lifecycleStages: ['48215'] });

    expect(program.settings.lifecycleStages).toEqual(['48215']);
  });

  it('keep one that has gone from HubSpot since, until it is taken out', async () => {
    const world = await worlds.fresh({ ...KNOWN, settings: { lifecycleStages: ['customer', 'retired'] } });

    const kept = await save(world, { checkInsPerWeek: 12 });
    await save(world, { lifecycleStages: ['customer'] });
    const again = save(world, { lifecycleStages: ['customer', 'retired'] });

    expect(kept.program.settings.lifecycleStages).toEqual(['customer', 'retired']);
    await expect(again).rejects.toMatchObject({ safeDetails: { field: 'settings.lifecycleStages' } });
  });

  it('are named by their labels in what changed', async () => {
    const world = await worlds.fresh(KNOWN);

    const { program } = await save(world, { lifecycleStages: ['customer', '48215'] });

    expect(program.history[0]?.changes).toEqual([
      'Lifecycle stages: from Kunde to Kunde, Wholesale partner.',
    ]);
  });
});

describe('a dry run', () => {
  it('names no day of a first call where nobody would be called', async () => {
    const world = await worlds.fresh({
      portal: { startedAt: null, companiesReadAt: null, knownStages: [CUSTOMER, PARTNER] },
      settings: { lifecycleStages: ['48215'] },
    });
    const before = await getProgram(world.deps, world.manager);
    world.clock.advance(1_000);

    await refreshPortal(world.deps, world.portalId);

    const { dryRun } = await getProgram(world.deps, world.manager);
    expect(before.dryRun.firstDueOn).not.toBeNull();
    expect(dryRun).toMatchObject({ state: 'ready', customers: 0, tasksThisCycle: 0, firstDueOn: null });
  });

  it('says by its label in which stage a company is that is left out', async () => {
    const world = await worlds.fresh({ portal: { startedAt: null, companiesReadAt: null } });
    const company = world.deps.fake.companies.get(COMPANY);
    if (company !== undefined)
      world.deps.fake.companies.set(COMPANY, { ...company, lifecycleStage: '48215' });
    world.deps.hubspot.lifecycleStages = () => Promise.resolve(new Map([['48215', 'Wholesale partner']]));

    await refreshPortal(world.deps, world.portalId);

    const { dryRun } = await getProgram(world.deps, world.manager);
    expect(dryRun.exclusions.map(({ reason }) => reason)).toEqual(['lifecycle stage Wholesale partner']);
  });
});
