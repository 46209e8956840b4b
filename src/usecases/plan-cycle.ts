import type { CompanyId, PortalId } from '../core/model.ts';
import { loadOfCallers, type GrowingLoad } from './callers-load.ts';
import { closeCycle } from './close-cycle.ts';
import { followHorizon } from './follow-horizon.ts';
import { loadPortal, type PortalContext } from './person.ts';
import { planCompanies } from './plan-companies.ts';
import { readingOf } from './plan-while-reading.ts';
import type { Deps } from './ports.ts';
import { prepareWrites } from './prepare-writes.ts';
import { releaseTouches } from './release-touches.ts';
import type { Cycle, TenantScope } from './records.ts';

/** PGlite stalls the loop on larger statements. */
const SLICE = 1_000;

/**
 * Plans the cycle's touches: one a customer, spread over the business days that are left and each caller's load, once the cycle
 * before it is closed. Rows that exist stay as they are, so planning again adds only what is new. Where there are more than a
 * slice, the first tasks are made while the others are still planned. While the customers are still read it plans those that this
 * read has met; the others are planned as they come (plan-while-reading.ts), and once more after the last.
 */
export async function planCycle(deps: Deps, portalId: PortalId): Promise<void> {
  await prepareWrites(deps, portalId);
  await closeCycle(deps, portalId);
  // What is not closed yet must not be planned over.
  if (deps.isStopping()) return;
  await followHorizon(deps, portalId);
  const first = await planSlice(deps, portalId, null);
  if (first !== null) {
    const [planning, releasing] = await Promise.allSettled([
      planRest(deps, portalId, first),
      releaseTouches(deps, portalId),
    ]);
    for (const part of [planning, releasing]) if (part.status === 'rejected') throw part.reason;
  }
  if (!deps.isStopping()) await deps.queue.wake('releaseTouches', portalId);
}

async function planRest(deps: Deps, portalId: PortalId, first: Place): Promise<void> {
  for (let place: Place | null = first; place !== null && !deps.isStopping();)
    place = await planSlice(deps, portalId, place);
}

/** Where the next slice begins, and the callers' load with all slices before it: read once a run. */
type Place = { readonly afterId: CompanyId; readonly load: GrowingLoad };

/** One transaction: up to 1,000 companies. Returns where the next slice begins, null after the last. */
function planSlice(deps: Deps, portalId: PortalId, place: Place | null): Promise<Place | null> {
  return deps.store.inTenant(portalId, async (scope) => {
    const context = await loadPortal(deps, scope);
    if (context.portal.startedAt === null) return null;
    const reading = readingOf(context);
    if (reading === 'to be planned later') return null;
    const { cycle } = context;
    const { closedAt } = await ensureCycle(deps, scope, context);
    // The clock went back over its end, or the account moved to a zone where it is not reached yet.
    if (closedAt !== null) {
      if (reading === null) await markPlanned(deps, scope, context);
      return null;
    }
    const afterId = place?.afterId ?? null;
    const among = reading === null ? {} : { seenSince: reading.startedAt };
    const companies = await deps.store.companies.withoutTouch(scope, cycle.label, afterId, SLICE, among);
    const load = place?.load ?? (await loadOfCallers(deps, scope, cycle));
    await planCompanies(deps, scope, context, companies, load);
    const last = companies.at(-1);
    if (companies.length === SLICE && last !== undefined) return { afterId: last.companyId, load };
    if (reading === null) await markPlanned(deps, scope, context);
    return null;
  });
}

function ensureCycle(deps: Deps, scope: TenantScope, context: PortalContext): Promise<Cycle> {
  const { cycle, portal, now } = context;
  return deps.store.touches.ensureCycle(scope, {
    label: cycle.label,
    startsOn: cycle.startsOn,
    endsOn: cycle.endsOn,
    timeZone: portal.timeZone,
    plannedAt: now,
  });
}

async function markPlanned(deps: Deps, scope: TenantScope, context: PortalContext): Promise<void> {
  await deps.store.portals.update(scope, {
    plannedAt: context.now,
    ...(isAnswered(context) ? { planRequestedAt: null } : {}),
  });
}

/** What a person asked for is planned once a read that began no earlier has ended. */
function isAnswered({ portal }: PortalContext): boolean {
  const { planRequestedAt, readStartedAt, companiesReadAt } = portal;
  if (planRequestedAt === null || companiesReadAt === null) return false;
  const startedAt = readStartedAt ?? companiesReadAt;
  return planRequestedAt <= startedAt && startedAt <= companiesReadAt;
}
