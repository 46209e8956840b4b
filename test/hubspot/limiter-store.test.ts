import { afterEach, describe, expect, it } from '@jest/globals';
import { asPortalId } from '../../src/core/model.ts';
import { openTestStore, type TestStore } from '../support/stores.ts';
import { call, createAccount, createProcess, runAtFullSpeed } from './support/simulated-account.ts';
import { createSimulation } from './support/simulation.ts';

/** Printed with each test; SEED=… repeats it. */
const SEED = Number(process.env['SEED'] ?? Math.floor(Math.random() * 1_000_000));

let store: TestStore | null = null;

afterEach(async () => {
  await store?.close();
  store = null;
}, 60_000);

/** The limiter over the store's own row, with the simulation's clock behind the database's now. */
describe(`limiters of three processes over one database, seed ${SEED}`, () => {
  it('stay within the limit, waste less than three percent of it, and let card calls through', async () => {
    const simulation = createSimulation(SEED);
    store = await openTestStore('pglite', { clock: simulation.clock });
    const { budget } = store;
    const account = createAccount(simulation, { limit: 110, windowMs: 10_000 });
    const processes = [1, 2, 3].map(() => createProcess(simulation, budget));
    for (const each of processes) runAtFullSpeed(simulation, each, account);
    const waits: number[] = [];
    void (async () => {
      for (;;) {
        await simulation.wait(simulation.random() * 1_000);
        void call(simulation, processes[0]!, account, 'card').then((waitedMs) => waits.push(waitedMs));
      }
    })();

    await simulation.run(25_000);

    expect([account.refusals(), account.most() <= 110]).toEqual([0, true]);
    expect(account.arrivals.filter((at) => at >= 5_000).length).toBeGreaterThanOrEqual(0.97 * 2 * 110);
    expect(Math.max(...waits)).toBeLessThanOrEqual(500);
  }, 60_000);

  it('go on at full speed with one account while another is refused again and again', async () => {
    const simulation = createSimulation(SEED);
    store = await openTestStore('pglite', { clock: simulation.clock });
    const { budget } = store;
    const blocked = createAccount(simulation, { limit: 110, windowMs: 10_000, others: 110 });
    const free = createAccount(simulation, { limit: 110, windowMs: 10_000 });
    const processes = [1, 2, 3].map(() => createProcess(simulation, budget));
    for (const each of processes) {
      void (async () => {
        for (;;) await call(simulation, each, blocked, 'run', 'api', asPortalId(1));
      })();
      runAtFullSpeed(simulation, each, free);
    }

    await simulation.run(15_000);

    expect(blocked.refusals()).toBeGreaterThan(1);
    expect(blocked.refusals()).toBe(blocked.arrivals.length);
    expect(blocked.arrivals.length).toBeLessThan(10);
    expect(free.refusals()).toBe(0);
    expect(free.arrivals.filter((at) => at >= 5_000).length).toBeGreaterThanOrEqual(0.97 * 110);
  }, 60_000);
});
