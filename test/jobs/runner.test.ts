import { describe, expect, it } from '@jest/globals';
import { createJobRunner } from '../../src/jobs/runner.ts';
import { retryDelayMs } from '../../src/jobs/retry.ts';
import { JOB_ORDER, LEASE_OF } from '../../src/jobs/jobs.ts';
import { COMPANY, useWorlds, type World } from '../support/world.ts';

const worlds = useWorlds();
const runnerOf = (world: World, holder = 'one') => createJobRunner(world.deps, holder);
const portal = (world: World) => world.inside((scope) => world.store.portals.find(scope));

describe('the order of jobs', () => {
  it('closes an old cycle before the next is planned, and makes tasks only after unknown ones are resolved', () => {
    const at = (job: (typeof JOB_ORDER)[number]) => JOB_ORDER.indexOf(job);

    expect(at('processInbox')).toBe(0);
    expect(at('refreshPortal')).toBeLessThan(at('planCycle'));
    expect(at('closeCycle')).toBeLessThan(at('planCycle'));
    expect(at('resolveTouches')).toBeLessThan(at('releaseTouches'));
    expect(new Set(JOB_ORDER).size).toBe(Object.keys(LEASE_OF).length);
  });
});

describe('a job', () => {
  it('runs under its lease and gives it back', async () => {
    const world = await worlds.fresh();
    const { touchId } = await world.plan();
    const during: unknown[] = [];
    world.deps.fake.hooks.beforeCreate = async () => {
      during.push(
        await world.inside((scope) => world.store.leases.take(scope, 'touches', 'another', 45_000)),
      );
    };

    const ran = await runnerOf(world).runOne('releaseTouches', world.portalId);

    expect(ran).toBe(true);
    expect(during).toEqual([null]);
    expect(await world.touch(touchId)).toMatchObject({ state: 'created' });
    const after = await world.inside((scope) => world.store.leases.take(scope, 'touches', 'another', 45_000));
    expect(after).not.toBeNull();
  });

  it('does not run while another holder has the lease, and does once that one is gone', async () => {
    const world = await worlds.fresh();
    await world.plan();
    await world.inside((scope) => world.store.leases.take(scope, 'touches', 'another', 45_000));

    const refused = await runnerOf(world).runOne('releaseTouches', world.portalId);
    const calls = world.deps.fake.calls.length;
    world.clock.advance(46_000);
    const ran = await runnerOf(world).runOne('releaseTouches', world.portalId);

    expect([refused, calls, ran]).toEqual([false, 0, true]);
    expect(world.deps.fake.tasks.size).toBe(1);
  });

  it('takes turns with others under the same lease in one process: each task is made once', async () => {
    const world = await worlds.fresh();
    await world.plan();
    const runner = runnerOf(world);

    await Promise.all([1, 2, 3].map(() => runner.runOne('releaseTouches', world.portalId)));

    expect(world.deps.fake.callsOf('createTasks')).toHaveLength(1);
  });

  it('lets no create leave any more once its lease has run out', async () => {
    const world = await worlds.fresh();
    await world.plan();
    const answers: unknown[] = [];
    const hubspot: typeof world.deps.hubspot = {
      ...world.deps.hubspot,
      createTasks: (_portalId, _mode, drafts, mayStillLeave) => {
        answers.push(mayStillLeave?.());
        world.clock.advance(46_000);
        answers.push(mayStillLeave?.());
        const kept = { result: 'notSent', reason: 'kept', retryAfterMs: 0 } as const;
        return Promise.resolve(drafts.map(() => kept));
      },
    };

    await createJobRunner({ ...world.deps, hubspot }, 'one').runOne('releaseTouches', world.portalId);

    expect(answers).toEqual([true, false]);
  });

  it('that another worker has done meanwhile is left out where it was found due a while ago', async () => {
    const world = await worlds.fresh();
    const run = (job: 'refreshPortal' | 'planCycle' | 'deliverOutbox') =>
      runnerOf(world).runOne(job, world.portalId, { onlyIfStillDue: true });
    const early = await portal(world);
    await runnerOf(world, 'another').runOne('refreshPortal', world.portalId);
    const calls = world.deps.fake.calls.length;

    const ran = [await run('refreshPortal'), await run('planCycle'), await run('planCycle')];
    const callsAfter = world.deps.fake.callsOf('accountDetails').length;
    const other = await run('deliverOutbox');

    expect(early?.plannedAt).toBeNull();
    expect(calls).toBeGreaterThan(0);
    expect([ran, callsAfter, other]).toEqual([[false, true, false], 1, true]);
  });

  it('rests after a failure as long as its code asks, longer each time, and no other job with it', async () => {
    const world = await worlds.fresh();
    const runner = runnerOf(world);
    const fail = () => world.deps.fake.failNext('accountDetails', 'hubspot_unavailable');
    const tries = () => world.deps.fake.callsOf('accountDetails').length;
    const run = async (afterMs: number) => {
      world.clock.advance(afterMs);
      await runner.runOne('refreshPortal', world.portalId);
      return tries();
    };

    fail();
    const first = await run(0);
    const resting = await run(4_999);
    const others = await runner.runOne('deliverOutbox', world.portalId);
    fail();
    const second = await run(1);
    const restingLonger = await run(9_999);
    const third = await run(1);

    expect([first, resting, others, second, restingLonger, third]).toEqual([1, 1, true, 2, 2, 3]);
    expect(await runner.nextDueAt()).not.toEqual(new Date(world.clock.now().getTime() + 20_000));
  });

  it('waits at least as long as HubSpot asks, and at most a quarter of an hour', () => {
    expect(retryDelayMs('hubspot_throttled', 0)).toBe(10_000);
    expect(retryDelayMs('hubspot_throttled', 0, 60_000)).toBe(60_000);
    expect(retryDelayMs('hubspot_throttled', 0, 1e9)).toBe(900_000);
    expect(retryDelayMs('unavailable', 3)).toBe(16_000);
    expect(retryDelayMs('internal', 40)).toBe(900_000);
  });

  it('whose token is refused disconnects the account, and goes on at once when it is connected again', async () => {
    const world = await worlds.fresh();
    const runner = runnerOf(world);
    world.deps.fake.failNext('accountDetails', 'not_installed');

    await runner.runOne('refreshPortal', world.portalId);
    const after = await portal(world);
    await world.inside((scope) => world.store.portals.update(scope, { status: 'installed' }));
    await runner.runOne('refreshPortal', world.portalId);

    expect(after).toMatchObject({ status: 'disconnected' });
    expect(world.deps.fake.callsOf('accountDetails')).toHaveLength(2);
  });

  it('that fails over a token which is not the stored one any more rests a moment and leaves the account connected', async () => {
    const world = await worlds.fresh();
    const expiresAt = new Date(world.clock.now().getTime() + 1_800_000);
    await world.store.vault.save(world.portalId, { accessToken: 'a', refreshToken: 'r', expiresAt });
    const runner = runnerOf(world);
    world.deps.fake.failNext('accountDetails', 'not_installed');

    await runner.runOne('refreshPortal', world.portalId);
    const atOnce = await runner.runOne('refreshPortal', world.portalId);
    world.clock.advance(2_000);
    const later = await runner.runOne('refreshPortal', world.portalId);

    expect(await portal(world)).toMatchObject({ status: 'installed' });
    expect([atOnce, later]).toEqual([false, true]);
  });

  it('that breaks is logged by kind and place, never by what the error says', async () => {
    const world = await worlds.fresh();
    await world.record();
    const deps = {
      ...world.deps,
      hubspot: {
        ...world.deps.hubspot,
        companyLog: () => Promise.reject(new TypeError('CANARY of the words')),
      },
    };

    await createJobRunner(deps, 'one').runOne('compareCheckIns', world.portalId);

    const lines = JSON.stringify(world.deps.lines);
    expect(lines).toContain('TypeError');
    expect(lines).toContain('compareCheckIns');
    expect(lines).not.toContain('CANARY');
  });

  it('is not taken any more once the runner drains; the running one is waited for', async () => {
    const world = await worlds.fresh();
    const { touchId } = await world.plan();
    const runner = runnerOf(world);
    let letGo: () => void = () => undefined;
    let isAsked: () => void = () => undefined;
    const asked = new Promise<void>((resolve) => (isAsked = resolve));
    world.deps.fake.hooks.beforeCreate = () =>
      new Promise<void>((resolve) => {
        letGo = resolve;
        isAsked();
      });

    const running = runner.runOne('releaseTouches', world.portalId);
    await asked;
    const drained = runner.drain();
    const refused = await runner.runOne('deliverOutbox', world.portalId);
    letGo();
    await drained;

    expect(refused).toBe(false);
    expect(await running).toBe(true);
    expect(await world.touch(touchId)).toMatchObject({ state: 'created' });
  });
});

describe('everything that is due', () => {
  it('takes an account from its install to tasks, and says when more is due', async () => {
    const world = await worlds.fresh({ portal: { companiesReadAt: null, taskKeyMode: null } });
    const runner = runnerOf(world);

    for (let round = 0; round < 5; round += 1) await runner.runDue();

    const touches = await world.inside((scope) => world.store.touches.countByState(scope, '2026-Q3'));
    const company = await world.inside((scope) => world.store.touches.ofCompany(scope, COMPANY, '2026-Q3'));
    const methods = world.deps.fake.calls.map(({ method }) => method);
    const [read, plan] = [methods.indexOf('companyPages'), methods.indexOf('probeTaskKeyMode')];
    expect(touches.planned + touches.created).toBe(4);
    expect(company).not.toBeNull();
    expect(read).toBeGreaterThanOrEqual(0);
    expect(plan).toBeGreaterThan(read);
    const next = await runner.nextDueAt();
    expect(next?.getTime()).toBeGreaterThan(world.clock.now().getTime());
  });
});
