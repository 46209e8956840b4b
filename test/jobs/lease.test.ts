import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { asPortalId } from '../../src/core/model.ts';
import { LEASE_MS, underLease } from '../../src/jobs/lease.ts';
import type { Store } from '../../src/usecases/store-port.ts';

const LEASE = { portalId: asPortalId(1), name: 'touches', holder: 'slow' };
const RENEWAL_MS = LEASE_MS / 3;

/** Gives one fence after another, the last one again and again; null where another holder has the lease. */
function storeWith(
  fences: readonly (number | null)[],
  events: string[],
  landed: () => Promise<void> = () => Promise.resolve(),
) {
  let taken = 0;
  const leases: Store['leases'] = {
    take: async () => {
      const fence = fences[Math.min(taken, fences.length - 1)] ?? null;
      taken += 1;
      if (taken > 1) await landed();
      events.push('taken');
      return fence === null ? null : { fence };
    },
    release: () => {
      events.push('released');
      return Promise.resolve();
    },
  };
  const inTenant: Store['inTenant'] = (portalId, work) => work({ portalId });
  return { leases, inTenant } as Store;
}

const clock = { now: () => new Date() };

describe('a lease', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('goes back at once where it is not wanted once it is ours, and nothing runs', async () => {
    const events: string[] = [];
    const isWanted = () => {
      events.push('asked');
      return Promise.resolve(false);
    };

    const ran = await underLease({ store: storeWith([1], events), clock }, { ...LEASE, isWanted }, () => {
      events.push('worked');
      return Promise.resolve();
    });

    expect(ran).toBe(false);
    expect(events).toEqual(['taken', 'asked', 'released']);
  });

  it('is asked for once however long the work takes', async () => {
    let asked = 0;
    const isWanted = () => {
      asked += 1;
      return Promise.resolve(asked === 1);
    };
    const lost: boolean[] = [];

    await underLease({ store: storeWith([1], []), clock }, { ...LEASE, isWanted }, async (isLost) => {
      await jest.advanceTimersByTimeAsync(RENEWAL_MS);
      lost.push(isLost());
    });

    expect([asked, lost]).toEqual([1, [false]]);
  });

  it.each([
    ['ran out and was taken anew', [1, 2], [false, true, true]],
    ['another one had in between', [1, null, 3], [false, true, true]],
    ['is renewed in time', [1, 1, 1], [false, false, false]],
  ] as const)('that %s is lost for good, or not at all', async (_what, fences, expected) => {
    const seen: boolean[] = [];

    await underLease({ store: storeWith(fences, []), clock }, LEASE, async (isLost) => {
      seen.push(isLost());
      await jest.advanceTimersByTimeAsync(RENEWAL_MS);
      seen.push(isLost());
      await jest.advanceTimersByTimeAsync(RENEWAL_MS);
      seen.push(isLost());
    });

    expect(seen).toEqual(expected);
  });

  it('is released after its last renewal has landed', async () => {
    const events: string[] = [];
    let land: () => void = () => undefined;
    const landed = new Promise<void>((resolve) => {
      land = resolve;
    });
    const store = storeWith([1], events, () => landed);

    let finish: () => void = () => undefined;
    const ended = underLease(
      { store, clock },
      LEASE,
      () => new Promise<void>((resolve) => (finish = resolve)),
    );
    await jest.advanceTimersByTimeAsync(RENEWAL_MS);
    finish();
    await jest.advanceTimersByTimeAsync(1);
    land();
    await ended;

    expect(events).toEqual(['taken', 'taken', 'released']);
  });
});
