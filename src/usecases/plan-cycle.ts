import { businessDayFrom, businessDaysBetween } from '../core/cadence/business-days.ts';
import type { CycleDays } from '../core/cadence/cycle.ts';
import { releaseInstants } from '../core/cadence/release.ts';
import { spread, type DueSlot } from '../core/cadence/schedule.ts';
import { touchKey } from '../core/cadence/touch-key.ts';
import type { CompanyId, LocalDay, OwnerId, PortalId, UserId } from '../core/model.ts';
import { addToLoad, loadOfCallers, type GrowingLoad } from './callers-load.ts';
import { closeCycle } from './close-cycle.ts';
import { callerOf, loadPortal, ownerIdOfUser, type PortalContext } from './person.ts';
import type { Deps } from './ports.ts';
import { prepareWrites } from './prepare-writes.ts';
import { releaseTouches } from './release-touches.ts';
import type { Company, NewTouch, TenantScope } from './records.ts';

/** PGlite stalls the loop on larger statements. */
const SLICE = 1_000;

/**
 * Plans the cycle's touches: one a customer, spread over the business days that are left and each caller's load, once the cycle
 * before it is closed. Rows that exist stay as they are, so planning again adds only what is new. Where there are more than a
 * slice, the first tasks are made while the others are still planned.
 */
export async function planCycle(deps: Deps, portalId: PortalId): Promise<void> {
  await prepareWrites(deps, portalId);
  await closeCycle(deps, portalId);
  // What is not closed yet must not be planned over.
  if (deps.isStopping()) return;
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
    const { cycle } = context;
    await deps.store.touches.ensureCycle(scope, {
      label: cycle.label,
      startsOn: cycle.startsOn,
      endsOn: cycle.endsOn,
      timeZone: context.portal.timeZone,
      plannedAt: context.now,
    });
    const afterId = place?.afterId ?? null;
    const companies = await deps.store.companies.withoutTouch(scope, cycle.label, afterId, SLICE);
    const load = place?.load ?? (await loadOfCallers(deps, scope, cycle));
    const days = daysLeft(context, cycle);
    if (companies.length > 0 && days.length > 0)
      await deps.store.touches.plan(scope, await newTouches(deps, scope, context, companies, days, load));
    const last = companies.at(-1);
    if (companies.length === SLICE && last !== undefined) return { afterId: last.companyId, load };
    await deps.store.portals.update(scope, {
      plannedAt: context.now,
      ...(isAnswered(context) ? { planRequestedAt: null } : {}),
    });
    return null;
  });
}

/** What a person asked for is planned once a read that began no earlier has ended. */
function isAnswered({ portal }: PortalContext): boolean {
  const { planRequestedAt, readStartedAt, companiesReadAt } = portal;
  if (planRequestedAt === null || companiesReadAt === null) return false;
  const startedAt = readStartedAt ?? companiesReadAt;
  return planRequestedAt <= startedAt && startedAt <= companiesReadAt;
}

/** Business days from today (or the next one) to the end of the cycle. */
function daysLeft({ today, cal }: PortalContext, cycle: CycleDays): LocalDay[] {
  const from = businessDayFrom(today > cycle.startsOn ? today : cycle.startsOn, cal);
  return businessDaysBetween(from, cycle.endsOn, cal);
}

async function newTouches(
  deps: Deps,
  scope: TenantScope,
  context: PortalContext,
  companies: readonly Company[],
  days: readonly LocalDay[],
  load: GrowingLoad,
): Promise<NewTouch[]> {
  const { settings, portal, cal, cycle } = context;
  const eligible = await withoutBranches(deps, scope, context, companies);
  const callerIdOf = callersOf(context);
  const slots = spread({
    companies: eligible.map((company) => ({
      companyId: company.companyId,
      callerKey: String(callerIdOf(company)),
    })),
    days,
    existingLoad: load,
    seed: `${portal.portalId}/${cycle.label}`,
  });
  const secret = await deps.store.portals.touchKeySecret(scope);
  const releaseAt = releaseInstants(settings.releaseHorizon, cycle.startsOn, portal.timeZone, cal);
  return eligible.flatMap((company) => {
    const slot = slots.get(company.companyId);
    if (slot === undefined) return [];
    const callerUserId = callerIdOf(company);
    addToLoad(load, callerUserId, slot.dueOn);
    return [
      newTouch(deps, context, company, callerUserId, { ...slot, releaseAt: releaseAt(slot.dueOn) }, secret),
    ];
  });
}

/** As callerOf, which looks through all people, once for each owner. */
function callersOf(context: PortalContext): (company: Company) => UserId {
  const known = new Map<OwnerId | null, UserId>();
  return (company) => {
    const callerUserId = known.get(company.ownerId) ?? callerOf(context, company);
    known.set(company.ownerId, callerUserId);
    return callerUserId;
  };
}

function newTouch(
  deps: Deps,
  context: PortalContext,
  company: Company,
  callerUserId: UserId,
  slot: DueSlot & { readonly releaseAt: Date },
  secret: Uint8Array,
): NewTouch {
  const { portal, program, cycle } = context;
  const subject = `${portal.portalId}/${cycle.label}/checkIn/${company.companyId}`;
  return {
    touchId: deps.ids.uuid(),
    companyId: company.companyId,
    cycle: cycle.label,
    kind: 'checkIn',
    key: touchKey(deps.ids.hmac(secret, subject)),
    callerUserId,
    callerOwnerId: ownerIdOfUser(context, callerUserId),
    contactId: null,
    dueOn: slot.dueOn,
    dueHalf: slot.half,
    releaseAt: slot.releaseAt,
    programVersion: program?.version ?? 0,
  };
}

/** Branches of a parent that is itself a customer are one account where the admin chose so. */
async function withoutBranches(
  deps: Deps,
  scope: TenantScope,
  { settings }: PortalContext,
  companies: readonly Company[],
): Promise<readonly Company[]> {
  if (!settings.combineBranches) return companies;
  const parentIds = [...new Set(companies.flatMap(({ parentCompanyId }) => parentCompanyId ?? []))];
  const parents = await deps.store.companies.findMany(scope, parentIds);
  const inScope = new Set(parents.filter((parent) => parent.inScope).map(({ companyId }) => companyId));
  return companies.filter(({ parentCompanyId }) => parentCompanyId === null || !inScope.has(parentCompanyId));
}
