import type { PortalId } from '../core/model.ts';
import type { Deps } from '../usecases/ports.ts';
import type { TenantScope } from '../usecases/records.ts';

/** A lease is held 45 s and renewed every 15 s while the job runs: a killed worker's work is taken over within a minute. */
export const LEASE_MS = 45_000;
const RENEW_MS = 15_000;

type LeaseDeps = Pick<Deps, 'store' | 'clock'>;

export type LeaseAsk = {
  readonly portalId: PortalId;
  readonly name: string;
  readonly holder: string;
  /** Asked once the lease is ours, when nobody else can change the answer: false gives it back at once. */
  readonly isWanted?: (scope: TenantScope) => Promise<boolean>;
};

/**
 * Runs `work` while holding the lease. `isLost` turns true once somebody else has it, or once it could not be renewed in time:
 * what the work still learns then fails by the fences of its rows. A lease that ran out and was taken anew has another fence, and
 * is lost for good: somebody may have had it in between.
 * @returns false where somebody else holds the lease, or it was not wanted after all
 */
export async function underLease(
  deps: LeaseDeps,
  lease: LeaseAsk,
  work: (isLost: () => boolean) => Promise<void>,
): Promise<boolean> {
  const { portalId, name, holder, isWanted = () => Promise.resolve(true) } = lease;
  const nowMs = () => deps.clock.now().getTime();
  const held: { untilMs: number; fence: number | null; isGone: boolean } = {
    untilMs: 0,
    fence: null,
    isGone: false,
  };
  const take = async (isFirst: boolean): Promise<boolean> => {
    const sinceMs = nowMs();
    const taken = await deps.store.inTenant(portalId, async (scope) => {
      const lease = await deps.store.leases.take(scope, name, holder, LEASE_MS);
      if (lease === null || !isFirst || (await isWanted(scope))) return lease;
      await deps.store.leases.release(scope, name, holder);
      return null;
    });
    held.fence ??= taken?.fence ?? null;
    if (taken?.fence !== held.fence) held.isGone = true;
    else held.untilMs = sinceMs + LEASE_MS;
    return taken !== null;
  };
  if (!(await take(true))) return false;
  // A renewal that fails is tried again at the next; the lease ends by itself meanwhile.
  let renewals: Promise<unknown> = Promise.resolve();
  const renewal = setInterval(() => {
    if (!held.isGone) renewals = Promise.allSettled([renewals, take(false)]);
  }, RENEW_MS).unref();
  try {
    await work(() => held.isGone || nowMs() > held.untilMs);
    return true;
  } finally {
    clearInterval(renewal);
    // One that landed after the release would hold the lease for nobody.
    await renewals;
    await deps.store.inTenant(portalId, (scope) => deps.store.leases.release(scope, name, holder));
  }
}
