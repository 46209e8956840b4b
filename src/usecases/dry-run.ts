import { businessDayFrom, businessDaysBetween } from '../core/cadence/business-days.ts';
import { addDays } from '../core/cadence/calendar.ts';
import { branchReason, GONE_REASON, stageReason } from '../core/left-out-wording.ts';
import type { UserId } from '../core/model.ts';
import { cycleName } from '../core/wording.ts';
import { callerOf, nameOfUser, type Person } from './person.ts';
import type { Deps } from './ports.ts';
import type { Branches, TenantScope } from './records.ts';

const EXAMPLES = 5;
/** Of the five, so that each kind of reason shows. */
const BRANCHES_SHOWN = 2;
const GONE_SHOWN = 1;
const NO_BRANCHES: Branches = { byOwner: new Map(), sample: [] };

/** What would be written, computed from what was read; nothing is written by looking. */
export async function dryRun(deps: Deps, scope: TenantScope, person: Person) {
  const { settings, today, cycle, cal } = person;
  const days = businessDaysBetween(businessDayFrom(today, cal), cycle.endsOn, cal);
  const horizon =
    settings.releaseHorizon === 'cycle' ? days.length : Math.min(settings.releaseHorizon + 1, days.length);
  const branches = settings.combineBranches
    ? await deps.store.companies.branches(scope, BRANCHES_SHOWN)
    : NO_BRANCHES;
  const customers = (await deps.store.companies.countInScope(scope)) - countOf(branches);
  const examples = await deps.store.companies.sampleInScope(scope, EXAMPLES);
  return {
    state: isReading(person) ? ('reading' as const) : ('ready' as const),
    customers,
    examples: examples.map(({ name }) => name),
    ...(await exclusions(deps, scope, person, branches)),
    tasksThisCycle: customers,
    tasksNow: days.length === 0 ? 0 : Math.ceil((customers * horizon) / days.length),
    ...(await callersOf(deps, scope, person, { customers, branches })),
    cycle: cycle.label,
    cycleName: cycleName(cycle.label, cycle.startsOn, settings.fiscalStartMonth),
    cycleStartsOn: cycle.startsOn,
    cycleLastDay: addDays(cycle.endsOn, -1),
    businessDays: days.length,
    firstDueOn: customers === 0 ? null : (days[0] ?? null),
  };
}

/** During set-up the customers are also read anew after other stages were saved: until then their number is of the old ones. */
function isReading({ portal }: Person): boolean {
  const { companiesReadAt, planRequestedAt, startedAt } = portal;
  if (companiesReadAt === null) return true;
  return startedAt === null && planRequestedAt !== null && planRequestedAt > companiesReadAt;
}

function countOf({ byOwner }: Branches): number {
  return [...byOwner.values()].reduce((sum, companies) => sum + companies, 0);
}

async function exclusions(deps: Deps, scope: TenantScope, { portal }: Person, branches: Branches) {
  const labels = new Map(portal.knownStages.map(({ value, label }) => [value, label]));
  const outside = await deps.store.companies.leftOut(scope);
  const gone = await deps.store.companies.goneSample(scope, GONE_SHOWN);
  const others = [
    ...branches.sample.map(({ name, parentName }) => ({ name, reason: branchReason(parentName) })),
    ...gone.map((name) => ({ name, reason: GONE_REASON })),
  ];
  const byStage = (outside?.sample ?? [])
    .slice(0, EXAMPLES - others.length)
    .map(({ name, lifecycleStage }) => ({ name, reason: stageReason(lifecycleStage, labels) }));
  return {
    exclusions: [...byStage, ...others],
    excluded: outside === null ? null : outside.total + countOf(branches),
  };
}

/** Who calls how many: managers of the settings, of HubSpot's teams, and the installer for the rest. */
async function callersOf(
  deps: Deps,
  scope: TenantScope,
  person: Person,
  { customers, branches }: { readonly customers: number; readonly branches: Branches },
) {
  const owned = await deps.store.companies.countByOwner(scope);
  const calls = new Map<UserId, number>();
  let left = customers;
  for (const [ownerId, companies] of owned) {
    const called = companies - (branches.byOwner.get(ownerId) ?? 0);
    const caller = callerOf(person, { ownerId });
    if (called > 0) calls.set(caller, (calls.get(caller) ?? 0) + called);
    left -= called;
  }
  const nobodys = callerOf(person, { ownerId: null });
  if (left > 0) calls.set(nobodys, (calls.get(nobodys) ?? 0) + left);
  const [most] = [...calls].sort(([, a], [, b]) => b - a);
  return {
    callers: Math.max(1, calls.size),
    busiest: most === undefined ? null : { name: nameOfUser(person, most[0]), customers: most[1] },
  };
}
