import { describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { asOwnerId, asUserId } from '../../src/core/model.ts';
import { compareCheckIns } from '../../src/usecases/compare-check-ins.ts';
import { getHome } from '../../src/usecases/get-home.ts';
import { getProgram } from '../../src/usecases/get-program.ts';
import { DEFAULT_SETTINGS } from '../../src/usecases/person.ts';
import { saveProgram } from '../../src/usecases/save-program.ts';
import type { ProgramSettings } from '../../src/core/program-settings.ts';
import { CONNECTED } from '../core/comparison/activity-builder.ts';
import { COMPANY, MANAGER, REP, sixCalls, useWorlds, type World } from '../support/world.ts';

const worlds = useWorlds();
const DEMO_HELD = 'custom-1';

async function save(world: World, change: Partial<ProgramSettings>) {
  const { version, settings } = await getProgram(world.deps, world.manager);
  return saveProgram(world.deps, world.manager, {
    submissionId: randomUUID(),
    expectedVersion: version,
    settings: { ...settings, ...change },
  });
}

/** Owns no customer and leads nobody. */
const COLLEAGUE = { userId: asUserId(930), ownerId: asOwnerId('30') };

function addColleague(world: World): Promise<void> {
  return world.inside(async (scope) => {
    const owners = await world.store.people.owners(scope);
    const [sample] = owners;
    if (sample === undefined) throw new Error('nobody is there');
    await world.store.people.replaceOwners(scope, [
      ...owners,
      { ...sample, ...COLLEAGUE, name: 'Iris Novak' },
    ]);
  });
}

describe('the advanced settings', () => {
  it('list the account’s own call outcomes by name, without HubSpot’s standard ones', async () => {
    const world = await worlds.fresh({
      portal: { callDispositions: { [CONNECTED]: 'Connected', z: 'Talked', [DEMO_HELD]: 'Demo held' } },
    });

    const { dispositions } = await getProgram(world.deps, world.manager);

    expect(dispositions).toEqual([
      { id: DEMO_HELD, label: 'Demo held' },
      { id: 'z', label: 'Talked' },
    ]);
  });

  it('offer the sources that are trusted by default, also where the admin trusts none', async () => {
    const world = await worlds.fresh({ settings: { trustedSources: [] } });

    const { knownSources } = await getProgram(world.deps, world.manager);

    expect(knownSources).toEqual(DEFAULT_SETTINGS.trustedSources);
  });

  it.each(['CRM_UI', 'IMPORT', 'MOBILE_IOS'])('never trust %s', async (label) => {
    const world = await worlds.fresh();

    const saving = save(world, { trustedSources: [{ label, detail: '' }] });

    await expect(saving).rejects.toMatchObject({
      code: 'invalid_input',
      hint: 'Name a phone system, calendar or mailbox.',
    });
  });

  it.each([
    ['region', { holidayCountry: 'DE', holidayRegion: 'ZZ' }, 'settings.holidayRegion'],
    ['country', { holidayCountry: 'XX', holidayRegion: null }, 'settings.holidayCountry'],
  ])('take no %s whose holidays are unknown', async (_what, place, field) => {
    const world = await worlds.fresh();

    await expect(save(world, place)).rejects.toMatchObject({ code: 'invalid_input', safeDetails: { field } });
    const { program } = await save(world, { holidayCountry: 'DE', holidayRegion: 'BY' });
    expect(program.settings).toMatchObject({ holidayCountry: 'DE', holidayRegion: 'BY' });
  });

  it.each([
    ['the admin', MANAGER.userId],
    ['a rep', REP.userId],
    ['somebody whom HubSpot does not know', 999_999],
  ])('never name %s as auditor', async (_who, auditorUserId) => {
    const world = await worlds.fresh();

    await expect(save(world, { auditorUserId })).rejects.toMatchObject({
      code: 'invalid_input',
      safeDetails: { field: 'settings.auditorUserId' },
    });
    const { version } = await getProgram(world.deps, world.manager);
    expect((await save(world, { auditorUserId: null })).program.version).toBe(version + 1);
  });

  it('take somebody without a part in it as auditor, and make no manager of them then', async () => {
    const world = await worlds.fresh();
    await addColleague(world);

    const { program } = await save(world, { auditorUserId: COLLEAGUE.userId });
    const managers = [{ managerUserId: COLLEAGUE.userId, repOwnerIds: [REP.ownerId] }];
    const saving = save(world, { managers });

    expect(program.settings.auditorUserId).toBe(COLLEAGUE.userId);
    await expect(saving).rejects.toMatchObject({ safeDetails: { field: 'settings.auditorUserId' } });
  });

  it('offer as auditor who is nobody’s manager, rep or admin', async () => {
    const world = await worlds.fresh();
    await addColleague(world);

    const { people } = await getProgram(world.deps, world.manager);

    const offered = people.filter(({ canAudit }) => canAudit).map(({ userId }) => userId);
    expect(offered).toEqual([COLLEAGUE.userId]);
  });

  it('let calls of an own outcome count once the admin says that the customer was reached', async () => {
    const unmapped = await worlds.fresh({ portal: { callDispositions: { [DEMO_HELD]: 'Demo held' } } });
    const mapped = await worlds.fresh({ portal: { callDispositions: { [DEMO_HELD]: 'Demo held' } } });
    await save(mapped, { dispositionMeanings: { [DEMO_HELD]: 'live' } });

    const verdicts = [];
    for (const world of [unmapped, mapped]) {
      const log = world.deps.fake.logs.get(COMPANY);
      if (log === undefined) throw new Error('The company has a log.');
      world.deps.fake.logs.set(COMPANY, { ...log, activities: sixCalls({ disposition: DEMO_HELD }) });
      const { saved } = await world.record();
      await compareCheckIns(world.deps, world.portalId);
      const finding = await world.inside((scope) => world.store.findings.ofCheckIn(scope, saved.checkInId));
      verdicts.push(finding?.result?.verdict);
    }

    expect(verdicts).toEqual(['CONSISTENT', 'DIFFERS_FIRM']);
  });
});

describe('the month in which the year starts', () => {
  it('decides which quarter is planned, and how it is called', async () => {
    const world = await worlds.fresh({ portal: { startedAt: null } });

    const january = (await getProgram(world.deps, world.manager)).dryRun;
    const april = (await save(world, { fiscalStartMonth: 4 })).program.dryRun;
    const november = (await save(world, { fiscalStartMonth: 11 })).program.dryRun;

    expect(january).toMatchObject({ cycle: '2026-Q3', cycleName: 'Q3 2026', cycleStartsOn: '2026-07-01' });
    expect(april).toMatchObject({ cycle: '2026-Q2', cycleName: 'Q2 (Jul to Sep)' });
    expect(november).toMatchObject({
      cycle: '2025-Q4',
      cycleName: 'Q4 (Aug to Oct)',
      cycleStartsOn: '2026-08-01',
      cycleLastDay: '2026-10-31',
    });
    expect(november.businessDays).toBeGreaterThan(april.businessDays);
    expect(november.businessDays).toBe(56);
  });

  it('stands still once check-ins have started, with a word on what to do', async () => {
    const world = await worlds.fresh({ settings: { fiscalStartMonth: 4 } });

    const changing = save(world, { fiscalStartMonth: 7 });
    const same = save(world, { checkInsPerWeek: 12 });

    await expect(changing).rejects.toMatchObject({
      code: 'conflict',
      hint: 'Set it back to April: the quarters that are planned and the answers in them are counted from there.',
    });
    expect((await same).program.settings).toMatchObject({ fiscalStartMonth: 4, checkInsPerWeek: 12 });
  });

  it('is January for rules that were saved before there was a choice', async () => {
    const { fiscalStartMonth: _, ...older } = { ...DEFAULT_SETTINGS };
    const world = await worlds.fresh();
    await world.program(older);

    const { settings } = await getProgram(world.deps, world.manager);

    expect(settings.fiscalStartMonth).toBe(1);
  });

  it('stands beside the quarter on the manager’s page', async () => {
    const world = await worlds.fresh({ settings: { fiscalStartMonth: 2 } });

    const { manager } = await getHome(world.deps, world.manager);

    expect(manager?.quarter).toMatchObject({ label: '2026-Q3', name: 'Q3 (Aug to Oct)' });
  });
});
