import type { PortalId } from '../core/model.ts';
import type { Deps } from './ports.ts';

/**
 * Before the first write to an account: the company's fields are made, and one probe (removed again) tells whether tasks can
 * carry a unique key there. Done once; harmless when repeated after a cut.
 */
export async function prepareWrites(deps: Deps, portalId: PortalId): Promise<void> {
  const portal = await deps.store.inTenant(portalId, (scope) => deps.store.portals.find(scope));
  if (portal?.startedAt == null || portal.taskKeyMode !== null) return;
  await deps.hubspot.provisionProperties(portalId);
  const taskKeyMode = await deps.hubspot.probeTaskKeyMode(portalId);
  // Unique from the first task on: whatever a clock said when one was sent, HubSpot refuses a second.
  const keyProbedAt = taskKeyMode === 'unique' ? null : deps.clock.now();
  await deps.store.inTenant(portalId, (scope) =>
    deps.store.portals.update(scope, { taskKeyMode, keyProbedAt }),
  );
  deps.log.info({ portalId, taskKeyMode }, 'the account is ready for tasks');
}
