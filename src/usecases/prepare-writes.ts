import type { PortalId } from '../core/model.ts';
import type { Deps } from './ports.ts';
import type { TenantScope } from './records.ts';

/**
 * Before the first write to an account: the company's fields are made, and one probe (removed again) tells whether tasks can
 * carry a unique key there. Done once; harmless when repeated after a cut.
 */
export async function prepareWrites(deps: Deps, portalId: PortalId): Promise<void> {
  const portal = await deps.store.inTenant(portalId, (scope) => deps.store.portals.find(scope));
  if (portal?.startedAt == null || portal.taskKeyMode !== null) return;
  await deps.hubspot.provisionProperties(portalId);
  const taskKeyMode = await deps.hubspot.probeTaskKeyMode(portalId);
  await deps.store.inTenant(portalId, async (scope) => {
    const isFirst = taskKeyMode === 'unique' && !(await isAnySent(deps, scope));
    // Unique from the first task on: whatever a clock said when one was sent, HubSpot refuses a second.
    const keyProbedAt = isFirst ? null : deps.clock.now();
    await deps.store.portals.update(scope, { taskKeyMode, keyProbedAt });
  });
  deps.log.info({ portalId, taskKeyMode }, 'the account is ready for tasks');
}

/** Where the field was made anew, it knows nothing of the tasks of before. */
async function isAnySent(deps: Deps, scope: TenantScope): Promise<boolean> {
  return (await deps.store.touches.sentSince(scope, new Date(0), null, 1)).length > 0;
}
