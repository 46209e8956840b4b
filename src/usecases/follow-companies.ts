import type { CompanyId, PortalId } from '../core/model.ts';
import { followMerge } from './follow-merge.ts';
import type { CompanyRecord } from './hubspot-port.ts';
import { callerOf, loadPortal, ownerIdOfUser, type PortalContext } from './person.ts';
import type { Deps } from './ports.ts';
import type { Company, TenantScope, Touch } from './records.ts';
import { addTaskWrite, isOpen, mayHaveTask, newPropertiesWrite } from './touch-outbox.ts';

/** HubSpot reads at most 100 ids at once. */
const BATCH = 100;
/** So many a transaction: their touches are locked to its end, and people wait for them. */
const FOLLOWED_AT_ONCE = 20;

/**
 * Owner changed, merged, archived, restored, or in another lifecycle stage: the known companies are read again by their ids,
 * and what HubSpot says now decides about them and their touches. Few a transaction; harmless when repeated.
 */
export async function followCompanies(
  deps: Deps,
  portalId: PortalId,
  ids: readonly CompanyId[],
): Promise<void> {
  for (let from = 0; from < ids.length; from += BATCH) {
    const slice = ids.slice(from, from + BATCH);
    const current = await deps.hubspot.companiesById(portalId, slice);
    for (let at = 0; at < slice.length; at += FOLLOWED_AT_ONCE) {
      const some = slice.slice(at, at + FOLLOWED_AT_ONCE);
      await deps.store.inTenant(portalId, (scope) => followSome(deps, scope, some, current));
    }
  }
}

async function followSome(
  deps: Deps,
  scope: TenantScope,
  ids: readonly CompanyId[],
  current: ReadonlyMap<CompanyId, CompanyRecord>,
): Promise<void> {
  const context = await loadPortal(deps, scope);
  for (const company of await deps.store.companies.findMany(scope, ids))
    await followCompany(deps, scope, context, company, current.get(company.companyId) ?? null);
}

async function followCompany(
  deps: Deps,
  scope: TenantScope,
  context: PortalContext,
  known: Company,
  current: CompanyRecord | null,
): Promise<void> {
  const { companyId } = known;
  if (current !== null && current.companyId !== companyId)
    return followMerge(deps, scope, context, known, current);
  const touch = await lockedTouch(deps, scope, context, companyId);
  if (current === null || !context.settings.lifecycleStages.includes(current.lifecycleStage ?? '')) {
    await deps.store.companies.update(scope, companyId, { inScope: false });
    const reason = current === null ? 'companyGone' : 'leftProgram';
    if (touch !== null) await withdrawTouch(deps, scope, touch, reason);
    return;
  }
  await deps.store.companies.upsertRead(scope, [current], context.now);
  if (touch === null) return;
  if (isWithdrawn(touch)) return bringBack(deps, scope, context, touch, current);
  if (isOpen(touch) && known.ownerId !== current.ownerId)
    await moveToCaller(deps, scope, context, touch, current);
}

/** Locked, so that a task that is being made for it meanwhile is not overlooked. */
async function lockedTouch(
  deps: Deps,
  scope: TenantScope,
  { cycle }: PortalContext,
  companyId: CompanyId,
): Promise<Touch | null> {
  const touch = await deps.store.touches.ofCompany(scope, companyId, cycle.label);
  return touch === null ? null : deps.store.touches.findForUpdate(scope, touch.touchId);
}

/** Only a new owner brings a new caller: whom a person gave the task in HubSpot keeps it otherwise. */
async function moveToCaller(
  deps: Deps,
  scope: TenantScope,
  context: PortalContext,
  touch: Touch,
  company: Pick<Company, 'ownerId'>,
): Promise<void> {
  const callerUserId = callerOf(context, company);
  if (callerUserId === touch.callerUserId) return;
  const callerOwnerId = ownerIdOfUser(context, callerUserId);
  await deps.store.touches.update(scope, touch.touchId, {
    callerUserId,
    callerOwnerId,
    assignedByPerson: false,
  });
  await deps.store.outbox.add(scope, newPropertiesWrite(deps, touch.companyId, context.now));
  // What HubSpot refused may have been refused over the caller before: someone who left there owns no task.
  const planned = await deps.store.touches.planRefused(scope, [touch.touchId]);
  if (planned.length === 0 && mayHaveTask(touch)) {
    await addTaskWrite(deps, scope, 'moveTask', touch, { ownerId: callerOwnerId }, context.now);
  }
}

/** Canceled because the company left, not because a person decided so. */
function isWithdrawn({ state, reason }: Touch): boolean {
  return state === 'canceled' && (reason === 'companyGone' || reason === 'leftProgram');
}

/**
 * The company came back in the same cycle. Its touch is made as planned where nothing was sent yet; where a task may have been,
 * that one was taken away under the same key, so a person decides.
 */
async function bringBack(
  deps: Deps,
  scope: TenantScope,
  context: PortalContext,
  touch: Touch,
  company: Pick<Company, 'ownerId'>,
): Promise<void> {
  const callerUserId = callerOf(context, company);
  const callerOwnerId = ownerIdOfUser(context, callerUserId);
  const state = mayHaveTask(touch)
    ? { state: 'parked' as const, reason: 'cameBack' }
    : { state: 'planned' as const, reason: null };
  await deps.store.touches.update(scope, touch.touchId, { ...state, callerUserId, callerOwnerId });
}

async function withdrawTouch(deps: Deps, scope: TenantScope, touch: Touch, reason: string): Promise<void> {
  if (!isOpen(touch)) return;
  await deps.store.touches.update(scope, touch.touchId, { state: 'canceled', reason });
  if (mayHaveTask(touch)) await addTaskWrite(deps, scope, 'archiveTask', touch, {}, deps.clock.now());
}
