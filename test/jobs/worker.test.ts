import { afterEach, describe, expect, it } from '@jest/globals';
import { asPortalId } from '../../src/core/model.ts';
import { createInProcessQueue } from '../../src/jobs/in-process-queue.ts';
import type { JobRunner } from '../../src/jobs/runner.ts';
import { createWorker, type Worker } from '../../src/jobs/worker.ts';

const portalId = asPortalId(7);
const NEVER_MS = 3_600_000;
const workers: Worker[] = [];
afterEach(async () => {
  await Promise.all(workers.splice(0).map((worker) => worker.stop()));
});

/** A runner whose jobs end when the test lets them, beside what it was asked to do. */
function createFakeRunner() {
  const ran: string[] = [];
  const held: (() => void)[] = [];
  let isHolding = false;
  const work = async (name: string) => {
    ran.push(name);
    if (isHolding) await new Promise<void>((resolve) => held.push(resolve));
  };
  const runner: JobRunner = {
    runOne: async (job) => {
      await work(job);
      return true;
    },
    runDue: async () => {
      await work('due');
      return 0;
    },
    nextDueAt: () => Promise.resolve(null),
    drain: () => Promise.resolve(),
  };
  return {
    runner,
    ran,
    hold: () => {
      isHolding = true;
    },
    letGo: () => {
      isHolding = false;
      for (const end of held.splice(0)) end();
    },
  };
}

function start(runner: JobRunner, tickMs = NEVER_MS) {
  const errors: unknown[] = [];
  const log = {
    info: () => undefined,
    warn: () => undefined,
    error: (fields: unknown) => void errors.push(fields),
  };
  const worker = createWorker(runner, log, tickMs);
  workers.push(worker);
  return { worker, errors };
}

const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

describe('the worker', () => {
  it('runs wake-ups one after another, in order', async () => {
    const { runner, ran, hold, letGo } = createFakeRunner();
    const { worker } = start(runner);
    hold();

    worker.wake('planCycle', portalId);
    worker.wake('releaseTouches', portalId);
    await nextTurn();
    const whileHeld = [...ran];
    letGo();
    await worker.quiet();

    expect(whileHeld).toEqual(['planCycle']);
    expect(ran).toEqual(['planCycle', 'releaseTouches']);
  });

  it('keeps one waiting wake-up of a kind, and takes a new one once that has begun', async () => {
    const { runner, ran, hold, letGo } = createFakeRunner();
    const { worker } = start(runner);
    hold();
    worker.wake('planCycle', portalId);
    await nextTurn();

    for (let count = 0; count < 5; count += 1) worker.wake('planCycle', portalId);
    letGo();
    await worker.quiet();

    expect(ran).toEqual(['planCycle', 'planCycle']);
  });

  it('looks for due work at every tick by itself', async () => {
    const { runner, ran } = createFakeRunner();

    const { worker } = start(runner, 1);
    while (ran.length < 2) await nextTurn();
    await worker.stop();

    expect(new Set(ran)).toEqual(new Set(['due']));
  });

  it('goes on after a job that broke, and logs its kind only', async () => {
    const { runner, ran } = createFakeRunner();
    const broken = { ...runner, runOne: () => Promise.reject(new RangeError('CANARY')) };
    const { worker, errors } = start(broken, NEVER_MS);

    worker.wake('planCycle', portalId);
    await worker.quiet();
    worker.wake('planCycle', asPortalId(8));
    await worker.quiet();

    expect(errors).toEqual([{ cause: 'RangeError' }, { cause: 'RangeError' }]);
    expect(ran).toEqual([]);
  });

  it('takes nothing new once it stops, and waits for what is running', async () => {
    const { runner, ran, hold, letGo } = createFakeRunner();
    const { worker } = start(runner);
    hold();
    worker.wake('planCycle', portalId);
    worker.wake('releaseTouches', portalId);
    await nextTurn();

    let isStopped = false;
    const stopping = worker.stop().then(() => (isStopped = true));
    worker.wake('syncTasks', portalId);
    await nextTurn();
    const early = isStopped;
    letGo();
    await stopping;

    expect(early).toBe(false);
    expect(ran).toEqual(['planCycle']);
  });
});

describe('the queue within one process', () => {
  it('hands a wake-up on, and drops it where nobody listens yet', async () => {
    const queue = createInProcessQueue();
    const heard: unknown[] = [];

    await queue.wake('planCycle', portalId);
    queue.onWake((job, portal) => heard.push([job, portal]));
    await queue.wake('syncTasks', portalId);

    expect(heard).toEqual([['syncTasks', portalId]]);
  });
});
