import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { asPortalId } from '../../src/core/model.ts';
import { createInProcessQueue } from '../../src/jobs/in-process-queue.ts';
import type { DueTurns, JobRunner, Turn } from '../../src/jobs/runner.ts';
import { createWorker, type Worker } from '../../src/jobs/worker.ts';
import type { JobName } from '../../src/usecases/records.ts';

const NEVER_MS = 3_600_000;
const P = (id: number) => asPortalId(id);
const turn = (id: number, ...jobs: JobName[]): Turn => ({ portalId: P(id), jobs });
const workers: Worker[] = [];
afterEach(async () => {
  jest.useRealTimers();
  await Promise.all(workers.splice(0).map((worker) => worker.stop()));
});

/** A runner whose jobs end when the test lets them, beside what began in it. `looks` are the answers to what is due. */
function createFakeRunner(looks: DueTurns[] = []) {
  const began: string[] = [];
  const checked: string[] = [];
  const held = new Map<string, () => void>();
  let looked = 0;
  let isHolding = true;
  const runner: JobRunner = {
    runOne: async (job, portalId, how) => {
      const name = `${portalId}/${job}`;
      began.push(name);
      if (how?.onlyIfStillDue === true) checked.push(name);
      if (isHolding) await new Promise<void>((resolve) => held.set(name, resolve));
      return true;
    },
    dueTurns: () => {
      looked += 1;
      return Promise.resolve(looks.shift() ?? { turns: [], isFull: false });
    },
    runDue: () => Promise.resolve(0),
    nextDueAt: () => Promise.resolve(null),
    drain: () => Promise.resolve(),
  };
  const end = async (name: string) => {
    held.get(name)?.();
    held.delete(name);
    await settled();
  };
  return {
    runner,
    began,
    checked,
    looks: () => looked,
    end,
    endAll: async () => {
      isHolding = false;
      for (const name of held.keys()) await end(name);
    },
  };
}

function start(runner: JobRunner, { slots = 2, tickMs = NEVER_MS } = {}) {
  const errors: unknown[] = [];
  const log = {
    info: () => undefined,
    warn: () => undefined,
    error: (fields: unknown) => void errors.push(fields),
  };
  const worker = createWorker(runner, log, { slots, tickMs });
  workers.push(worker);
  return { worker, errors };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('the worker', () => {
  it('runs as many jobs at once as it has slots, and the next as soon as one is free', async () => {
    const { runner, began, end, endAll } = createFakeRunner();
    const { worker } = start(runner, { slots: 2 });

    for (const id of [1, 2, 3]) worker.wake('planCycle', P(id));
    const atFirst = [...began];
    await end('1/planCycle');
    const afterOne = [...began];
    await endAll();
    await worker.quiet();

    expect(atFirst).toEqual(['1/planCycle', '2/planCycle']);
    expect(afterOne).toEqual(['1/planCycle', '2/planCycle', '3/planCycle']);
  });

  it('leaves room for others however much one account has to do, and runs what shares a lease in turn', async () => {
    const { runner, began, end, endAll } = createFakeRunner();
    const { worker } = start(runner, { slots: 4 });

    worker.wake('planCycle', P(1));
    worker.wake('releaseTouches', P(1));
    worker.wake('readContacts', P(1));
    worker.wake('deliverOutbox', P(1));
    worker.wake('planCycle', P(2));
    const atFirst = [...began];
    await end('1/planCycle');
    const afterPlan = began.slice(atFirst.length);
    await endAll();
    await worker.quiet();

    expect(atFirst).toEqual(['1/planCycle', '1/readContacts', '2/planCycle']);
    expect(afterPlan).toEqual(['1/releaseTouches']);
  });

  it('keeps one waiting wake-up of a kind, and takes a new one once that has begun', async () => {
    const { runner, began, endAll } = createFakeRunner();
    const { worker } = start(runner, { slots: 1 });
    worker.wake('planCycle', P(1));

    for (let count = 0; count < 5; count += 1) worker.wake('planCycle', P(1));
    await endAll();
    await worker.quiet();

    expect(began).toEqual(['1/planCycle', '1/planCycle']);
  });

  it('looks for due work at every tick by itself, and does the jobs of one account in order', async () => {
    const { runner, began, looks, endAll } = createFakeRunner([
      { turns: [turn(1, 'refreshPortal', 'planCycle')], isFull: false },
    ]);
    await endAll();

    const { worker } = start(runner, { tickMs: 1 });
    while (looks() < 3) await settled();
    await worker.stop();

    expect(began).toEqual(['1/refreshPortal', '1/planCycle']);
  });

  it('looks for the work of others while what it found waits for a job of the same account', async () => {
    const { runner, began, end, endAll } = createFakeRunner([
      { turns: [turn(1, 'releaseTouches')], isFull: false },
      { turns: [turn(2, 'refreshPortal')], isFull: false },
    ]);
    jest.useFakeTimers({ doNotFake: ['setImmediate'] });
    const { worker } = start(runner, { slots: 4, tickMs: 1_000 });
    worker.wake('planCycle', P(1));

    for (let tick = 0; tick < 2; tick += 1) {
      jest.advanceTimersByTime(1_000);
      await settled();
    }
    const besides = [...began];
    await end('1/planCycle');
    const afterwards = began.slice(besides.length);
    await endAll();

    expect(besides).toEqual(['1/planCycle', '2/refreshPortal']);
    expect(afterwards).toEqual(['1/releaseTouches']);
  });

  it('does not look again and again where a full look shows only what waits', async () => {
    const onlyWaiting = { turns: [turn(1, 'planCycle')], isFull: true };
    const { runner, began, looks, endAll } = createFakeRunner([
      { turns: [turn(1, 'planCycle'), turn(2, 'refreshPortal')], isFull: true },
      ...Array<DueTurns>(20).fill(onlyWaiting),
    ]);
    jest.useFakeTimers({ doNotFake: ['setImmediate'] });
    const { worker } = start(runner, { slots: 4, tickMs: 1_000 });
    worker.wake('planCycle', P(1));

    jest.advanceTimersByTime(1_000);
    for (let round = 0; round < 20; round += 1) await settled();
    const looked = looks();
    await endAll();

    expect(began.slice(0, 2)).toEqual(['1/planCycle', '2/refreshPortal']);
    expect(looked).toBe(2);
  });

  it('does first what was asked for, then what is due, then what followed, so that equal accounts go side by side', async () => {
    const { runner, began, end, endAll } = createFakeRunner([
      { turns: [turn(1, 'refreshPortal'), turn(2, 'refreshPortal')], isFull: true },
      { turns: [turn(3, 'refreshPortal')], isFull: false },
    ]);
    const { worker } = start(runner, { slots: 1, tickMs: 1 });
    while (began.length < 1) await settled();

    worker.follow('planCycle', P(1));
    worker.wake('compareCheckIns', P(9));
    await end('1/refreshPortal');
    await endAll();
    await worker.quiet();

    expect(began).toEqual([
      '1/refreshPortal',
      '9/compareCheckIns',
      '2/refreshPortal',
      '3/refreshPortal',
      '1/planCycle',
    ]);
  });

  it('asks once more whether a job is due that was found so, but not where it followed or somebody asks for it', async () => {
    const { runner, began, checked, endAll } = createFakeRunner([
      { turns: [turn(1, 'refreshPortal')], isFull: false },
    ]);
    const { worker } = start(runner, { slots: 1, tickMs: 1 });
    while (began.length < 1) await settled();

    worker.follow('planCycle', P(1));
    worker.wake('refreshPortal', P(2));
    await endAll();
    await worker.quiet();

    expect(began).toEqual(['1/refreshPortal', '2/refreshPortal', '1/planCycle']);
    expect(checked).toEqual(['1/refreshPortal']);
  });

  it('does not do again what followed once the same was found due', async () => {
    const { runner, began, end, endAll } = createFakeRunner([
      { turns: [turn(1, 'refreshPortal')], isFull: true },
      { turns: [turn(1, 'planCycle', 'releaseTouches')], isFull: false },
    ]);
    const { worker } = start(runner, { slots: 1, tickMs: 1 });
    while (began.length < 1) await settled();

    worker.follow('planCycle', P(1));
    worker.follow('planCycle', P(2));
    await end('1/refreshPortal');
    await endAll();
    await worker.quiet();

    expect(began).toEqual(['1/refreshPortal', '1/planCycle', '1/releaseTouches', '2/planCycle']);
  });

  it('does what followed at once where nothing else waits', async () => {
    const { runner, began, looks, end, endAll } = createFakeRunner();
    const { worker } = start(runner, { slots: 1 });
    worker.wake('refreshPortal', P(1));

    worker.follow('planCycle', P(1));
    await end('1/refreshPortal');
    const atOnce = [...began];
    await endAll();

    expect(atOnce).toEqual(['1/refreshPortal', '1/planCycle']);
    expect(looks()).toBe(0);
  });

  it('goes on after a job that broke, and logs its kind only', async () => {
    const { runner, began } = createFakeRunner();
    const broken = { ...runner, runOne: () => Promise.reject(new RangeError('CANARY')) };
    const { worker, errors } = start(broken);

    worker.wake('planCycle', P(7));
    await worker.quiet();
    worker.wake('planCycle', P(8));
    await worker.quiet();

    expect(errors).toEqual([{ cause: 'RangeError' }, { cause: 'RangeError' }]);
    expect(began).toEqual([]);
  });

  it('takes nothing new once it stops, and waits for what is running', async () => {
    const { runner, began, endAll } = createFakeRunner();
    const { worker } = start(runner, { slots: 1 });
    worker.wake('planCycle', P(1));
    worker.wake('releaseTouches', P(1));

    let isStopped = false;
    const stopping = worker.stop().then(() => (isStopped = true));
    worker.wake('syncTasks', P(1));
    await settled();
    const early = isStopped;
    await endAll();
    await stopping;

    expect(early).toBe(false);
    expect(began).toEqual(['1/planCycle']);
  });
});

describe('the queue within one process', () => {
  it('hands a wake-up on, and drops it where nobody listens yet', async () => {
    const queue = createInProcessQueue();
    const heard: unknown[] = [];

    await queue.wake('planCycle', P(7));
    queue.onWake((job, portal) => heard.push([job, portal]));
    await queue.wake('syncTasks', P(7));

    expect(heard).toEqual([['syncTasks', P(7)]]);
  });
});
