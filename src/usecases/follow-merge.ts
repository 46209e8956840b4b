import type { CompanyRecord } from './hubspot-port.ts';
import type { PortalContext } from './person.ts';
import type { Deps } from './ports.ts';
import type { Company, TenantScope, Touch } from './records.ts';
import { addTaskWrite, completeTouch, isOpen, mayHaveTask, newPropertiesWrite } from './touch-outbox.ts';

/**
 * A company that HubSpot merged into another: what its customer said and what was promised to them belong to the one that stays,
 * and so does its call, where that one has none. Harmless when repeated.
 */
export async function followMerge(
  deps: Deps,
  scope: TenantScope,
  context: PortalContext,
  gone: Company,
  survivor: CompanyRecord,
): Promise<void> {
  const { companies, outbox } = deps.store;
  const locked = await lockTouches(deps, scope, context, gone, survivor);
  await keepSurvivor(deps, scope, context, survivor);
  await companies.update(scope, gone.companyId, { inScope: false });
  await deps.store.findings.lockCompanies(scope, [gone.companyId, survivor.companyId]);
  const moved = await companies.mergeInto(scope, gone.companyId, survivor.companyId);
  await mergeTouches(deps, scope, context, locked, survivor);
  if (moved === 0) return;
  await outbox.withdraw(scope, 'companyProperties', gone.companyId);
  await outbox.add(scope, newPropertiesWrite(deps, survivor.companyId, context.now));
  await deps.store.audit.append(scope, {
    at: context.now,
    actor: 'system:followMerge',
    action: 'companyMerged',
    subject: gone.companyId,
    outcome: survivor.companyId,
    requestId: null,
  });
}

/** One that was never met is stored, so that its card can be opened; a known one is followed by itself. */
async function keepSurvivor(
  deps: Deps,
  scope: TenantScope,
  { settings, now }: PortalContext,
  survivor: CompanyRecord,
): Promise<void> {
  if ((await deps.store.companies.find(scope, survivor.companyId)) === null) {
    await deps.store.companies.upsertRead(scope, [survivor], now);
    const inScope = settings.lifecycleStages.includes(survivor.lifecycleStage ?? '');
    await deps.store.companies.update(scope, survivor.companyId, { inScope });
  }
  await deps.store.companies.wantContacts(scope, survivor.companyId, now);
}

/** The newest touches of the cycle, and what is open of the company that goes. */
type Locked = { readonly theirs: Touch | null; readonly own: Touch | null; readonly open: readonly Touch[] };

/**
 * Locked, so that a task that is being made for one of them meanwhile is not overlooked; in the order of their ids and before any
 * company, as all who lock touches do.
 */
async function lockTouches(
  deps: Deps,
  scope: TenantScope,
  { cycle }: PortalContext,
  gone: Company,
  survivor: CompanyRecord,
): Promise<Locked> {
  const { touches } = deps.store;
  const theirs = await touches.ofCompany(scope, gone.companyId, cycle.label);
  const own = await touches.ofCompany(scope, survivor.companyId, cycle.label);
  const open = await touches.openOf(scope, [gone.companyId]);
  const seen = [theirs, own, ...open].flatMap((touch) => (touch === null ? [] : [touch.touchId]));
  const locked = new Map<string, Touch>();
  for (const touchId of [...new Set(seen)].sort()) {
    const touch = await touches.findForUpdate(scope, touchId);
    if (touch !== null) locked.set(touchId, touch);
  }
  const now = (touch: Touch | null) => locked.get(touch?.touchId ?? '') ?? null;
  return {
    theirs: now(theirs),
    own: now(own),
    open: open.flatMap((touch) => now(touch) ?? []).filter(isOpen),
  };
}

/** One open touch at most: the survivor's own, else the one that came with the merge. None where it was heard already. */
async function mergeTouches(
  deps: Deps,
  scope: TenantScope,
  context: PortalContext,
  { theirs, own, open }: Locked,
  survivor: CompanyRecord,
): Promise<void> {
  const { label } = context.cycle;
  const isCalled = context.settings.lifecycleStages.includes(survivor.lifecycleStage ?? '');
  const adopted = own === null && isCalled ? theirs : null;
  if (adopted !== null) await adopt(deps, scope, context, adopted, survivor);
  for (const touch of open) if (touch.touchId !== adopted?.touchId) await withdraw(deps, scope, touch);
  if (own === null || !isOpen(own)) return;
  const answers = await deps.store.checkIns.ofCompany(scope, survivor.companyId, 1);
  if (answers[0]?.cycle === label) await completeTouch(deps, scope, context, own, context.now);
}

async function adopt(
  deps: Deps,
  scope: TenantScope,
  { now }: PortalContext,
  touch: Touch,
  { companyId }: CompanyRecord,
): Promise<void> {
  await deps.store.touches.update(scope, touch.touchId, { companyId });
  if (isOpen(touch) && mayHaveTask(touch)) await addTaskWrite(deps, scope, 'describeTask', touch, {}, now);
}

async function withdraw(deps: Deps, scope: TenantScope, touch: Touch): Promise<void> {
  await deps.store.touches.update(scope, touch.touchId, { state: 'canceled', reason: 'companyGone' });
  if (mayHaveTask(touch)) await addTaskWrite(deps, scope, 'archiveTask', touch, {}, deps.clock.now());
}
