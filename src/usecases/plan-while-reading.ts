import { addDays } from '../core/cadence/calendar.ts';
import type { CompanyId, CycleLabel, PortalId } from '../core/model.ts';
import { loadOfCallers, type GrowingLoad } from './callers-load.ts';
import { loadPortal, type PortalContext } from './person.ts';
import { planCompanies } from './plan-companies.ts';
import type { Deps } from './ports.ts';
import type { TenantScope } from './records.ts';

/** Tasks are made in full batches while more are to come. */
const FULL_BATCHES = 2;

export type Reading = { readonly startedAt: Date };

/**
 * Returns the read of the customers that is under way; null where there is none. `to be planned later` where what it meets is not to be
 * planned before its end: branches need their parents, which may come on a later page; and where somebody changed since it began
 * who is a customer, or asked for a plan, the next read answers that.
 */
export function readingOf({ portal, settings }: PortalContext): Reading | 'to be planned later' | null {
  const { readCursor, readStartedAt, planRequestedAt } = portal;
  if (readCursor === null || readStartedAt === null) return null;
  const isOutdated = planRequestedAt !== null && planRequestedAt > readStartedAt;
  return isOutdated || settings.combineBranches ? 'to be planned later' : { startedAt: readStartedAt };
}

/** Plans the customers of one read page by page, from its second page on. */
export interface PagePlan {
  /** In the transaction that stores the page. */
  add(scope: TenantScope, companyIds: readonly CompanyId[]): Promise<void>;
  /** After its commit. */
  wake(): Promise<void>;
}

/**
 * Searches and creates have limits of their own at HubSpot: the first tasks are made while later customers are still read. A page's
 * touches are committed with the page and the place reached, so a read that is cut off goes on with both. The cycle must be begun
 * (planCycle closes the one before first); until then, and where a page alone does not tell who is a customer, planCycle plans.
 */
export function createPagePlan(deps: Deps, portalId: PortalId): PagePlan {
  let begun: Begun | null = null;
  let isCycleWoken = false;
  let due = 0;
  return {
    add: async (scope, companyIds) => {
      const context = await loadPortal(deps, scope);
      if (!mayPlan(context)) return;
      const { label } = context.cycle;
      const cycle = begun?.label === label ? begun : await begunCycle(deps, scope, label);
      begun = cycle;
      if (cycle === null) return;
      const limit = companyIds.length;
      const companies = await deps.store.companies.withoutTouch(scope, label, null, limit, { companyIds });
      const touches = await planCompanies(deps, scope, context, companies, cycle.load);
      due += touches.filter(({ releaseAt }) => releaseAt <= context.now).length;
    },
    wake: async () => {
      if (begun === null && !isCycleWoken) {
        isCycleWoken = true;
        await deps.queue.wake('planCycle', portalId);
      }
      if (due < FULL_BATCHES * deps.hubspot.maxBatch) return;
      due = 0;
      await deps.queue.wake('releaseTouches', portalId);
    },
  };
}

/** A cycle that may be planned, with the callers' load in it. */
type Begun = { readonly label: CycleLabel; readonly load: GrowingLoad };

async function begunCycle(deps: Deps, scope: TenantScope, label: CycleLabel): Promise<Begun | null> {
  const cycle = await deps.store.touches.cycle(scope, label);
  if (cycle?.closedAt !== null) return null;
  return { label, load: await loadOfCallers(deps, scope, cycle) };
}

/** A cycle that ends tomorrow may be closed before this commits. */
function mayPlan(context: PortalContext): boolean {
  const { portal, today, cycle } = context;
  const reading = readingOf(context);
  const isNow = reading !== null && reading !== 'to be planned later';
  return portal.startedAt !== null && isNow && addDays(today, 1) < cycle.endsOn;
}
