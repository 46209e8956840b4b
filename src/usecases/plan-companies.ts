import { businessDayFrom, businessDaysBetween } from '../core/cadence/business-days.ts';
import { releaseInstants } from '../core/cadence/release.ts';
import { spread, type DueSlot } from '../core/cadence/schedule.ts';
import { touchKey } from '../core/cadence/touch-key.ts';
import type { LocalDay, OwnerId, UserId } from '../core/model.ts';
import { addToLoad, type GrowingLoad } from './callers-load.ts';
import { callerOf, ownerIdOfUser, type PortalContext } from './person.ts';
import type { Deps } from './ports.ts';
import type { Company, NewTouch, TenantScope } from './records.ts';

/**
 * Plans a check-in for each of these companies that is a customer by the settings, in the cycle that holds today, and counts them into
 * the load. Returns them as planned; none where the cycle has no business day left. A touch that exists already stays as it is.
 */
export async function planCompanies(
  deps: Deps,
  scope: TenantScope,
  context: PortalContext,
  companies: readonly Company[],
  load: GrowingLoad,
): Promise<readonly NewTouch[]> {
  const days = daysLeft(context);
  if (companies.length === 0 || days.length === 0) return [];
  const touches = await newTouches(deps, scope, context, companies, days, load);
  await deps.store.touches.plan(scope, touches);
  return touches;
}

/** Business days from today (or the next one) to the end of the cycle. */
function daysLeft({ today, cal, cycle }: PortalContext): LocalDay[] {
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
  const customers = companies.filter((company) => isCustomer(context, company));
  const eligible = await withoutBranches(deps, scope, context, customers);
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

/** They were read by the stages of then; where an admin has taken one out since, the next read has yet to say so. */
function isCustomer({ settings }: PortalContext, { lifecycleStage }: Company): boolean {
  return settings.lifecycleStages.includes(lifecycleStage ?? '');
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
