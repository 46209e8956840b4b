import { describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { asCompanyId } from '../../src/core/model.ts';
import { AppError } from '../../src/errors.ts';
import type { CompanyRecord } from '../../src/usecases/hubspot-port.ts';
import { getProgram } from '../../src/usecases/get-program.ts';
import { DEFAULT_SETTINGS } from '../../src/usecases/person.ts';
import { refreshPortal } from '../../src/usecases/refresh-portal.ts';
import { saveProgram } from '../../src/usecases/save-program.ts';
import {
  COMPANY,
  MANAGER,
  OTHER_COMPANY,
  OTHER_REP,
  OWN_COMPANY,
  useWorlds,
  type World,
} from '../support/world.ts';

const worlds = useWorlds();
const SETTING_UP = { portal: { startedAt: null } };
const NEVER_READ = { portal: { startedAt: null, companiesReadAt: null } };

function addCompany(world: World, id: number, change: Partial<CompanyRecord>): void {
  const companyId = asCompanyId(String(id));
  world.deps.fake.companies.set(companyId, {
    companyId,
    name: `Company ${id}`,
    ownerId: null,
    timeZone: null,
    lifecycleStage: 'customer',
    parentCompanyId: null,
    ...change,
  });
}

const lookAt = async (world: World) => (await getProgram(world.deps, world.manager)).dryRun;

describe('the look before the start', () => {
  it('counts who is left out, with five of them and the reason of each', async () => {
    const world = await worlds.fresh(NEVER_READ);
    addCompany(world, 301, { name: 'Elm Works', lifecycleStage: 'lead' });
    addCompany(world, 302, { name: 'Fir Foods', lifecycleStage: null });
    addCompany(world, 303, { name: 'Gale Tools', lifecycleStage: '28374' });
    for (let id = 304; id < 310; id += 1) addCompany(world, id, { lifecycleStage: 'opportunity' });
    const before = await lookAt(world);

    await refreshPortal(world.deps, world.portalId);

    expect(before).toMatchObject({ state: 'reading', excluded: null, exclusions: [] });
    expect(await lookAt(world)).toMatchObject({
      state: 'ready',
      customers: 4,
      excluded: 9,
      exclusions: [
        { name: 'Elm Works', reason: 'lifecycle stage Lead' },
        { name: 'Fir Foods', reason: 'no lifecycle stage' },
        { name: 'Gale Tools', reason: 'lifecycle stage 28374' },
        { name: 'Company 304', reason: 'lifecycle stage Opportunity' },
        { name: 'Company 305', reason: 'lifecycle stage Opportunity' },
      ],
    });
  });

  it('counts branches of a customer as left out where they are combined', async () => {
    const world = await worlds.fresh({ ...SETTING_UP, settings: { combineBranches: true } });
    addCompany(world, 301, { name: 'Acme Plating West', parentCompanyId: COMPANY });
    addCompany(world, 302, { name: 'Elm Works', parentCompanyId: asCompanyId('999') });

    await refreshPortal(world.deps, world.portalId);

    expect(await lookAt(world)).toMatchObject({
      customers: 5,
      tasksThisCycle: 5,
      excluded: 1,
      exclusions: [{ name: 'Acme Plating West', reason: 'branch of Acme Plating' }],
    });
  });

  it('names a customer that HubSpot took away while a call was planned', async () => {
    const world = await worlds.fresh(SETTING_UP);
    await world.plan();
    world.deps.fake.companies.delete(COMPANY);
    world.clock.advance(1_000);

    await refreshPortal(world.deps, world.portalId);

    const { exclusions } = await lookAt(world);
    expect(exclusions).toEqual([{ name: 'Acme Plating', reason: 'archived or deleted in HubSpot' }]);
  });

  it('shows the customers of new stages only once they are read', async () => {
    const world = await worlds.fresh(SETTING_UP);
    await refreshPortal(world.deps, world.portalId);
    world.clock.advance(1_000);

    const { program } = await saveProgram(world.deps, world.manager, {
      submissionId: randomUUID(),
      expectedVersion: 1,
      settings: { ...DEFAULT_SETTINGS, lifecycleStages: ['customer', 'evangelist'] },
    });
    world.clock.advance(1_000);
    await refreshPortal(world.deps, world.portalId);

    expect(program.dryRun.state).toBe('reading');
    expect((await lookAt(world)).state).toBe('ready');
  });

  it('asks for nobody who is left out once check-ins run', async () => {
    const world = await worlds.fresh();

    await refreshPortal(world.deps, world.portalId);

    expect(world.deps.fake.callsOf('companiesOutside')).toEqual([]);
  });

  it('reads the customers even where HubSpot does not count the others', async () => {
    const world = await worlds.fresh(NEVER_READ);
    world.deps.hubspot.companiesOutside = () => Promise.reject(new AppError('hubspot_rejected', 'No.'));

    await refreshPortal(world.deps, world.portalId);

    expect(await lookAt(world)).toMatchObject({ state: 'ready', customers: 4, excluded: null });
  });
});

describe('the callers', () => {
  it('are counted as they will call: by the settings, by HubSpot’s teams, else the installer', async () => {
    const alone = await worlds.fresh();
    const named = await worlds.fresh({
      settings: { managers: [{ managerUserId: OTHER_REP.userId, repOwnerIds: [MANAGER.ownerId] }] },
    });

    const looks = [await lookAt(alone), await lookAt(named)];

    expect(looks).toMatchObject([
      { callers: 1, busiest: { name: 'Ana Silva', customers: 4 } },
      { callers: 2, busiest: { name: 'Ana Silva', customers: 3 } },
    ]);
  });

  it('are not those who call for nobody', async () => {
    const world = await worlds.fresh({
      settings: { managers: [{ managerUserId: OTHER_REP.userId, repOwnerIds: ['999'] }] },
    });

    const look = await lookAt(world);

    expect(look.callers).toBe(1);
  });

  it('find their managers in the teams that HubSpot has', async () => {
    const world = await worlds.fresh({
      settings: { managers: [{ managerUserId: OTHER_REP.userId, repOwnerIds: [] }] },
    });
    const inTeam = world.deps.fake.owners.map((owner) => ({ ...owner, primaryTeamId: 'north' }));
    await world.inside((scope) => world.store.people.replaceOwners(scope, inTeam));
    await world.inside((scope) => world.store.companies.update(scope, OWN_COMPANY, { inScope: false }));
    await world.inside((scope) => world.store.companies.update(scope, OTHER_COMPANY, { inScope: false }));

    const look = await lookAt(world);

    expect(look).toMatchObject({ callers: 2, customers: 2 });
  });
});
