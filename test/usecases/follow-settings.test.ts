import { describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { ProgramSettings } from '../../src/core/program-settings.ts';
import { createJobRunner } from '../../src/jobs/runner.ts';
import { getProgram } from '../../src/usecases/get-program.ts';
import { planCycle } from '../../src/usecases/plan-cycle.ts';
import type { Deps } from '../../src/usecases/ports.ts';
import { releaseTouches } from '../../src/usecases/release-touches.ts';
import { saveProgram } from '../../src/usecases/save-program.ts';
import { MINUTE_MS } from '../support/deps.ts';
import { COMPANY, CYCLE, OTHER_COMPANY, OTHER_REP, REP, useWorlds, type World } from '../support/world.ts';

const worlds = useWorlds();
const UNDER_OTHER = { managers: [{ managerUserId: OTHER_REP.userId, repOwnerIds: [REP.ownerId] }] };
/** Released ten business days before its day. */
const LATE = { dueOn: '2026-09-23', releaseAt: new Date('2026-09-09T05:00:00Z') } as const;

async function save(world: World, change: Partial<ProgramSettings>, deps: Deps = world.deps): Promise<void> {
  const { version, settings } = await getProgram(world.deps, world.manager);
  await saveProgram(deps, world.manager, {
    submissionId: randomUUID(),
    expectedVersion: version,
    settings: { ...settings, ...change },
  });
}

/** What is due within two minutes, as a worker does it. */
async function work(world: World): Promise<void> {
  const runner = createJobRunner(world.deps, 'the worker');
  for (let round = 0; round < 3; round += 1) {
    await runner.runDue();
    world.clock.advance(MINUTE_MS / 2);
  }
}

const portalOf = (world: World) => world.inside((scope) => world.store.portals.find(scope));
const stateCounts = (world: World) => world.inside((scope) => world.store.touches.countByState(scope, CYCLE));

describe('settings that are saved while the program runs', () => {
  it('bring the calls to another manager within minutes', async () => {
    const world = await worlds.fresh();
    const { touchId } = await world.plan(COMPANY);
    await releaseTouches(world.deps, world.portalId);
    world.clock.advance(MINUTE_MS);

    await save(world, UNDER_OTHER);
    await work(world);

    expect(await world.touch(touchId)).toMatchObject({ callerUserId: OTHER_REP.userId });
    expect(
      [...world.deps.fake.tasks.values()].find(({ draft }) => draft.companyId === COMPANY),
    ).toMatchObject({ ownerId: OTHER_REP.ownerId });
    expect((await portalOf(world))?.planRequestedAt).toBeNull();
  });

  it('make a quarter’s tasks at once where they are to be out from its start', async () => {
    const world = await worlds.fresh();
    const { touchId } = await world.plan(COMPANY, LATE);
    world.clock.advance(MINUTE_MS);
    await work(world);
    const before = await world.touch(touchId);

    await save(world, { releaseHorizon: 'cycle' });
    await work(world);

    expect(before).toMatchObject({ state: 'planned' });
    expect(await world.touch(touchId)).toMatchObject({ state: 'created', dueOn: LATE.dueOn });
    expect(await stateCounts(world)).toMatchObject({ created: 4, planned: 0 });
  });

  it.each([
    ['other managers', UNDER_OTHER],
    ['another time of release', { releaseHorizon: 5 }],
    ['branches as part of their parent', { combineBranches: true }],
  ] as const)('ask for a read and a plan with %s, but not before the start', async (_what, change) => {
    const running = await worlds.fresh();
    const settingUp = await worlds.fresh({ portal: { startedAt: null } });
    const woken: string[] = [];
    const queue = { wake: (job: string) => Promise.resolve(void woken.push(job)) };

    await save(running, change, { ...running.deps, queue });
    await save(settingUp, change);

    expect((await portalOf(running))?.planRequestedAt).toEqual(running.clock.now());
    expect(woken).toEqual(['refreshPortal']);
    expect((await portalOf(settingUp))?.planRequestedAt).toBeNull();
  });

  it('ask for nothing where no call changes by them', async () => {
    const world = await worlds.fresh();

    await save(world, { checkInsPerWeek: 4 });

    expect((await portalOf(world))?.planRequestedAt).toBeNull();
  });
});

describe('another time of release', () => {
  it('holds back what is not made yet, and not what was sent before', async () => {
    const world = await worlds.fresh({ settings: { releaseHorizon: 10 } });
    const early = { ...LATE, releaseAt: world.clock.now() };
    const { touchId } = await world.plan(COMPANY, early);
    await releaseTouches(world.deps, world.portalId);
    await world.inside((scope) => world.store.touches.update(scope, touchId, { state: 'planned' }));
    const { touchId: unsent } = await world.plan(OTHER_COMPANY, early);

    await planCycle(world.deps, world.portalId);

    expect(await world.touch(touchId)).toMatchObject({ releaseAt: early.releaseAt });
    expect(await world.touch(unsent)).toMatchObject({ state: 'planned', releaseAt: LATE.releaseAt });
  });
});
