import type { CompanyId } from '../core/model.ts';
import type { PortalContext } from './person.ts';
import type { Deps } from './ports.ts';
import type { TenantScope, Touch } from './records.ts';

/**
 * Returns the company's newest touch of the cycle, or null. It is locked to the end of the transaction, so that a task that is
 * being made for it meanwhile is not overlooked.
 */
export async function lockedTouch(
  deps: Deps,
  scope: TenantScope,
  { cycle }: Pick<PortalContext, 'cycle'>,
  companyId: CompanyId,
): Promise<Touch | null> {
  const touch = await deps.store.touches.ofCompany(scope, companyId, cycle.label);
  return touch === null ? null : deps.store.touches.findForUpdate(scope, touch.touchId);
}
