import type { PortalId } from '../core/model.ts';
import type { Deps } from '../usecases/ports.ts';

/** A lease is held 45 s and renewed every 15 s while the job runs: a killed worker's work is taken over within a minute. */
export const LEASE_MS = 45_000;
const RENEW_MS = 15_000;

type LeaseDeps = Pick<Deps, 'store' | 'clock'>;

/**
 * Runs `work` while holding the lease. `isLost` turns true once somebody else has it, or once it could not be renewed in time:
 * what the work still learns then fails by the fences of its rows.
 * @returns false where somebody else holds the lease
 */
export async function underLease(
  deps: LeaseDeps,
  lease: { readonly portalId: PortalId; readonly name: string; readonly holder: string },
  work: (isLost: () => boolean) => Promise<void>,
): Promise<boolean> {
  const { portalId, name, holder } = lease;
  const nowMs = () => deps.clock.now().getTime();
  const held = { untilMs: 0, byAnother: false };
  const take = async (): Promise<boolean> => {
    const sinceMs = nowMs();
    const taken = await deps.store.inTenant(portalId, (scope) =>
      deps.store.leases.take(scope, name, holder, LEASE_MS),
    );
    held.byAnother = taken === null;
    if (taken !== null) held.untilMs = sinceMs + LEASE_MS;
    return taken !== null;
  };
  if (!(await take())) return false;
  // A renewal that fails is tried again at the next; the lease ends by itself meanwhile.
  const renewal = setInterval(() => void take().catch(() => undefined), RENEW_MS).unref();
  try {
    await work(() => held.byAnother || nowMs() > held.untilMs);
    return true;
  } finally {
    clearInterval(renewal);
    await deps.store.inTenant(portalId, (scope) => deps.store.leases.release(scope, name, holder));
  }
}
