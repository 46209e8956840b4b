import { describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { compareCheckIns } from '../../src/usecases/compare-check-ins.ts';
import { getProgram } from '../../src/usecases/get-program.ts';
import { DEFAULT_SETTINGS } from '../../src/usecases/person.ts';
import { saveProgram } from '../../src/usecases/save-program.ts';
import type { ProgramSettings } from '../../src/usecases/records.ts';
import { CONNECTED } from '../core/comparison/activity-builder.ts';
import { COMPANY, sixCalls, useWorlds, type World } from '../support/world.ts';

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
