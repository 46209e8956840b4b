import { businessDayFrom, businessDaysBetween } from '../core/cadence/business-days.ts';
import type { CycleDays } from '../core/cadence/cycle.ts';
import { releaseInstants } from '../core/cadence/release.ts';
import { spread, type DueSlot } from '../core/cadence/schedule.ts';
import { touchKey } from '../core/cadence/touch-key.ts';
import type { CompanyId, LocalDay, PortalId } from '../core/model.ts';
import { loadOfCallers } from './callers-load.ts';
import { closeCycle } from './close-cycle.ts';
import { callerOf, loadPortal, ownerByUser, type PortalContext } from './person.ts';
import type { Deps } from './ports.ts';
import { prepareWrites } from './prepare-writes.ts';
import type { Company, NewTouch, TenantScope } from './records.ts';

/** PGlite stalls the loop on larger statements. */
const SLICE = 1_000;

/**
 * Plans the cycle's touches: one a customer, spread over the business days that are left and each caller's load, once the cycle
 * before it is closed. Rows that exist stay as they are, so planning again adds only what is new.
 */
export async function planCycle(deps: Deps, portalId: PortalId): Promise<void> {
  await prepareWrites(deps, portalId);
  await closeCycle(deps, portalId);
  let afterId: CompanyId | null = null;
  do {
    afterId = await deps.store.inTenant(portalId, (scope) => planSlice(deps, scope, afterId));
  } while (afterId !== null);
  await deps.queue.wake('releaseTouches', portalId);
}

/** One transaction: up to 1,000 companies. Returns where the next slice begins, null after the last. */
async function planSlice(
  deps: Deps,
  scope: TenantScope,
  afterId: CompanyId | null,
): Promise<CompanyId | null> {
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
  const companies = await deps.store.companies.withoutTouch(scope, cycle.label, afterId, SLICE);
  const days = daysLeft(context, cycle);
  if (companies.length > 0 && days.length > 0) {
    const planned = await newTouches(deps, scope, context, cycle, companies, days);
    await deps.store.touches.plan(scope, planned);
  }
  if (companies.length === SLICE) return companies.at(-1)?.companyId ?? null;
  await deps.store.portals.update(scope, {
    plannedAt: context.now,
    ...(isAnswered(context) ? { planRequestedAt: null } : {}),
  });
  return null;
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
  cycle: CycleDays,
  companies: readonly Company[],
  days: readonly LocalDay[],
): Promise<NewTouch[]> {
  const eligible = await withoutBranches(deps, scope, context, companies);
  const slots = spread({
    companies: eligible.map((company) => ({
      companyId: company.companyId,
      callerKey: String(callerOf(context, company)),
    })),
    days,
    existingLoad: await loadOfCallers(deps, scope, cycle),
    seed: `${context.portal.portalId}/${cycle.label}`,
  });
  const secret = await deps.store.portals.touchKeySecret(scope);
  const { settings, portal, cal } = context;
  const releaseAt = releaseInstants(settings.releaseHorizon, cycle.startsOn, portal.timeZone, cal);
  return eligible.flatMap((company) => {
    const slot = slots.get(company.companyId);
    return slot === undefined
      ? []
      : [newTouch(deps, context, cycle, company, { ...slot, releaseAt: releaseAt(slot.dueOn) }, secret)];
  });
}

function newTouch(
  deps: Deps,
  context: PortalContext,
  cycle: CycleDays,
  company: Company,
  slot: DueSlot & { readonly releaseAt: Date },
  secret: Uint8Array,
): NewTouch {
  const { portal, program } = context;
  const callerUserId = callerOf(context, company);
  const subject = `${portal.portalId}/${cycle.label}/checkIn/${company.companyId}`;
  return {
    touchId: deps.ids.uuid(),
    companyId: company.companyId,
    cycle: cycle.label,
    kind: 'checkIn',
    key: touchKey(deps.ids.hmac(secret, subject)),
    callerUserId,
    callerOwnerId: ownerByUser(context, callerUserId)?.ownerId ?? null,
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
