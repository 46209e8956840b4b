import { describe, expect, it } from '@jest/globals';
import { asPortalId } from '../../src/core/model.ts';
import type { Deps } from '../../src/usecases/ports.ts';
import type { TouchOutcome } from '../../src/usecases/records.ts';
import { noOutcomes, watchOutcomes } from '../../bench/support/watch-deps.ts';

const PORTAL = asPortalId(7);
const created: TouchOutcome = { touchId: 't1', fence: 1, to: 'created', taskId: '9' };

/** A store whose transaction commits, or fails at its end. */
function depsWith(commit: () => Promise<void>): Deps {
  const store = {
    touches: { settle: () => Promise.resolve() },
    inTenant: async (_portalId: unknown, work: (scope: object) => Promise<unknown>) => {
      const result = await work({ portalId: PORTAL });
      await commit();
      return result;
    },
  };
  return { store } as unknown as Deps;
}

function settleOne({ store }: Deps): Promise<unknown> {
  return store.inTenant(PORTAL, (scope) => store.touches.settle(scope, [created]));
}

describe('outcomes that a bench counts', () => {
  it('count once their transaction is committed', async () => {
    const seen = noOutcomes();
    const deps = watchOutcomes(
      depsWith(() => Promise.resolve()),
      seen,
    );

    await settleOne(deps);

    expect(seen.created).toBe(1);
    expect(seen.lastOfPortal.has(PORTAL)).toBe(true);
  });

  it('do not count where the commit fails', async () => {
    const seen = noOutcomes();
    const deps = watchOutcomes(
      depsWith(() => Promise.reject(new Error('the database went away'))),
      seen,
    );

    await expect(settleOne(deps)).rejects.toThrow('went away');

    expect(seen.created).toBe(0);
    expect(seen.lastCommittedMs).toBe(0);
  });
});
