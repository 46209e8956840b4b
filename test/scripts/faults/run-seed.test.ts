import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { findPostgresBinaries } from '../../../scripts/support/postgres-cluster.ts';
import { runSeed } from '../../../scripts/faults/run-cell.ts';
import type { Row } from '../../../scripts/faults/row.ts';
import { CREATE } from '../../../scripts/faults/rows/replies.ts';
import { ROWS } from '../../../scripts/faults/rows/all.ts';
import { openWorld, type World } from '../../../scripts/faults/world.ts';
import type { Deps } from '../../../src/usecases/ports.ts';

const describeWithPostgres = findPostgresBinaries() === null ? describe.skip : describe;

function rowNamed(text: string): Row {
  const row = ROWS.find(({ fault, point }) => `${fault}, ${point}`.startsWith(text));
  if (row === undefined) throw new Error(`There is no row "${text}".`);
  return row;
}

/** A create that is done, or not, and answered by a 502. */
const lostReply = (when: 'before' | 'after' = 'after'): Row => ({
  ...rowNamed('status 502'),
  run: async (cell) => {
    await cell.start();
    await cell.plant({ match: { path: CREATE }, when, fault: { kind: 'status', status: 502 } });
    await cell.settle();
  },
});

/** What the official client does by itself: an answer of 502 to a create is followed by the same create. */
const resends = (deps: Deps): Deps => ({
  ...deps,
  hubspot: {
    ...deps.hubspot,
    createTasks: async (portalId, mode, drafts) => {
      const outcomes = await deps.hubspot.createTasks(portalId, mode, drafts);
      const isUnknown = outcomes.some(({ result }) => result === 'unknown');
      return isUnknown ? deps.hubspot.createTasks(portalId, mode, drafts) : outcomes;
    },
  },
});

/** Takes an unknown outcome for a success. */
const believes = (deps: Deps): Deps => ({
  ...deps,
  hubspot: {
    ...deps.hubspot,
    createTasks: async (portalId, mode, drafts) => {
      const outcomes = await deps.hubspot.createTasks(portalId, mode, drafts);
      return outcomes.map((outcome, index) =>
        outcome.result === 'unknown' ? { result: 'created', id: String(index) } : outcome,
      );
    },
  },
});

/** Claims without a limiter's patience: nothing is ever settled. */
const forgets = (deps: Deps): Deps => ({
  ...deps,
  store: { ...deps.store, touches: { ...deps.store.touches, settle: () => Promise.resolve(0) } },
});

/** Sends what no row of the ledger stands for. */
const improvises = (deps: Deps): Deps => ({
  ...deps,
  hubspot: {
    ...deps.hubspot,
    createTasks: (portalId, mode, drafts) =>
      deps.hubspot.createTasks(
        portalId,
        mode,
        drafts.map((draft) => ({ ...draft, key: `${draft.key.slice(1)}2` })),
      ),
  },
});

describeWithPostgres('one seed of the fault matrix', () => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld();
  }, 60_000);
  afterAll(async () => {
    await world.close();
  }, 60_000);

  it.each(['unique', 'ledger'] as const)(
    'finds nothing wrong with the engine (%s)',
    async (mode) => {
      const result = await runSeed(world, lostReply(), mode, 'seed/1');

      expect(result).toMatchObject({ hits: 1, duplicates: 0, missing: 0, violations: [] });
    },
    60_000,
  );

  it('counts the duplicates of an engine that sends an unanswered create again', async () => {
    const result = await runSeed(world, lostReply(), 'ledger', 'seed/1', resends);

    expect(result.duplicates).toBeGreaterThan(0);
    expect(result.violations.join()).toMatch(/has 2 tasks/);
  }, 60_000);

  it('counts what an engine misses that takes silence for success', async () => {
    const result = await runSeed(world, lostReply('before'), 'unique', 'seed/1', believes);

    expect(result.missing).toBeGreaterThan(0);
    expect(result.violations.join()).toMatch(/no task and no parked row/);
  }, 60_000);

  it('names the rows of an engine that never settles an outcome', async () => {
    const result = await runSeed(world, lostReply(), 'unique', 'seed/1', forgets);

    expect(result.violations.join()).toMatch(/is stuck as sending|does not come to rest|it hangs/);
  }, 60_000);

  it('names tasks that were made without a stored intent', async () => {
    const result = await runSeed(world, lostReply(), 'unique', 'seed/1', improvises);

    expect(result.violations.join()).toMatch(/tasks were made without a stored intent/);
  }, 60_000);

  it('names calls that no lease stood behind', async () => {
    const unleased: Row = {
      ...lostReply(),
      run: async (cell) => {
        const { deps } = await cell.start();
        await deps.hubspot.owners(cell.account.portalId);
      },
    };

    const result = await runSeed(world, unleased, 'unique', 'seed/1');

    expect(result.violations.join()).toMatch(/a call of .*owners.* without a lease/);
  }, 60_000);

  it('counts no hit where the fault did not happen', async () => {
    const never: Row = {
      ...lostReply(),
      run: async (cell) => {
        await cell.start();
        await cell.plant({ match: { path: '/nowhere' }, fault: { kind: 'status', status: 502 } });
        await cell.settle();
      },
    };

    const result = await runSeed(world, never, 'unique', 'seed/1');

    expect(result).toMatchObject({ hits: 0, violations: [] });
  }, 60_000);

  it('gives the same result for the same seed', async () => {
    const row = rowNamed('killed at K5');

    const first = await runSeed(world, row, 'ledger', 'seed/7');
    const second = await runSeed(world, row, 'ledger', 'seed/7');

    expect(second).toEqual(first);
  }, 60_000);

  it('tells a run that breaks from one that is quiet', async () => {
    const breaks: Row = { ...lostReply(), run: () => Promise.reject(new Error('the story is wrong')) };

    const result = await runSeed(world, breaks, 'unique', 'seed/1');

    expect(result.violations.join()).toMatch(/the story is wrong/);
  }, 60_000);
});
