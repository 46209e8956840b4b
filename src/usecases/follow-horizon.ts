import { releaseInstants } from '../core/cadence/release.ts';
import type { PortalId } from '../core/model.ts';
import { loadPortal, type PortalContext } from './person.ts';
import type { Deps } from './ports.ts';
import type { TenantScope } from './records.ts';
import type { ReleaseGroup } from './touch-port.ts';

const SLICE = 500;

/**
 * Planned touches of the present cycle are released as many days ahead as the settings say now, by the zone and the holidays of now.
 * What was sent before, and what is to be released at once either way, stays as it is. Harmless when repeated.
 */
export async function followHorizon(deps: Deps, portalId: PortalId): Promise<void> {
  const shifted = await deps.store.inTenant(portalId, async (scope) => {
    const context = await loadPortal(deps, scope);
    if (context.portal.startedAt === null) return [];
    const groups = await deps.store.touches.releaseGroups(scope, context.cycle.label);
    return groups.filter((group) => newReleaseOf(context, group) !== null);
  });
  for (const group of shifted) {
    while (!deps.isStopping() && (await shiftSlice(deps, portalId, group)) === SLICE);
  }
}

/** One transaction; returns how many touches have their new instant. */
function shiftSlice(deps: Deps, portalId: PortalId, group: ReleaseGroup): Promise<number> {
  return deps.store.inTenant(portalId, (scope) => shift(deps, scope, group));
}

async function shift(deps: Deps, scope: TenantScope, group: ReleaseGroup): Promise<number> {
  const context = await loadPortal(deps, scope);
  // The settings may have changed back since the groups were read.
  const releaseAt = newReleaseOf(context, group);
  if (releaseAt === null) return 0;
  return deps.store.touches.releaseAnew(scope, context.cycle.label, group, releaseAt, SLICE);
}

/** Null where it stays. */
function newReleaseOf(context: PortalContext, { dueOn, releaseAt }: ReleaseGroup): Date | null {
  const { settings, cycle, portal, cal, now } = context;
  const next = releaseInstants(settings.releaseHorizon, cycle.startsOn, portal.timeZone, cal)(dueOn);
  const isSame = next.getTime() === releaseAt.getTime() || (next <= now && releaseAt <= now);
  return isSame ? null : next;
}
