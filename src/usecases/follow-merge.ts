import type { CompanyRecord } from './hubspot-port.ts';
import { lockedTouch } from './locked-touch.ts';
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
  await keepSurvivor(deps, scope, context, survivor);
  await companies.update(scope, gone.companyId, { inScope: false });
  const moved = await companies.mergeInto(scope, gone.companyId, survivor.companyId);
  await mergeTouches(deps, scope, context, gone, survivor);
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

/** One open touch at most: the survivor's own, else the one that came with the merge. None where it was heard already. */
async function mergeTouches(
  deps: Deps,
  scope: TenantScope,
  context: PortalContext,
  gone: Company,
  survivor: CompanyRecord,
): Promise<void> {
  const { label } = context.cycle;
  const theirs = await lockedTouch(deps, scope, context, gone.companyId);
  const own = await lockedTouch(deps, scope, context, survivor.companyId);
  const isCalled = context.settings.lifecycleStages.includes(survivor.lifecycleStage ?? '');
  if (theirs !== null && own === null && isCalled) await adopt(deps, scope, context, theirs, survivor);
  for (const { touchId } of await deps.store.touches.openOf(scope, [gone.companyId]))
    await withdraw(deps, scope, touchId);
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

/** As it is once locked: a task that is being made for it meanwhile is taken out again. */
async function withdraw(deps: Deps, scope: TenantScope, touchId: string): Promise<void> {
  const touch = await deps.store.touches.findForUpdate(scope, touchId);
  if (touch === null || !isOpen(touch)) return;
  await deps.store.touches.update(scope, touch.touchId, { state: 'canceled', reason: 'companyGone' });
  if (mayHaveTask(touch)) await addTaskWrite(deps, scope, 'archiveTask', touch, {}, deps.clock.now());
}
