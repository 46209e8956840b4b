import type { OwnerId, PortalId, UserId } from '../core/model.ts';
import { callerOf, isActiveUser, loadPortal, ownerIdOfUser, type PortalContext } from './person.ts';
import type { Deps } from './ports.ts';
import type { TenantScope, Touch } from './records.ts';
import { mayHaveTask, newTaskWrite } from './touch-outbox.ts';

const SLICE = 500;

/** Open touches of one caller about customers of one owner: they follow together. */
type Group = {
  readonly callerUserId: UserId;
  readonly ownerId: OwnerId | null;
  readonly assignedByPerson: boolean;
};

/**
 * Open touches whose caller is no longer the one the settings name, or has left, go to the right one; so do their tasks. Whom a
 * person gave a task in HubSpot keeps it for as long as they are there. Harmless when repeated.
 */
export async function followCallers(deps: Deps, portalId: PortalId): Promise<void> {
  const moving = await deps.store.inTenant(portalId, async (scope) => {
    const context = await loadPortal(deps, scope);
    const groups = await deps.store.touches.callerGroups(scope, context.cycle.label);
    return groups.filter((group) => isToMove(context, group));
  });
  for (const group of moving) {
    while (!deps.isStopping() && (await moveSlice(deps, portalId, group)) === SLICE);
  }
  if (moving.length > 0) await deps.queue.wake('deliverOutbox', portalId);
}

function isToMove(context: PortalContext, { callerUserId, ownerId, assignedByPerson }: Group): boolean {
  if (callerOf(context, { ownerId }) === callerUserId) return false;
  return !assignedByPerson || !isActiveUser(context, callerUserId);
}

/** One transaction; returns how many touches have their new caller. */
function moveSlice(deps: Deps, portalId: PortalId, group: Group): Promise<number> {
  return deps.store.inTenant(portalId, async (scope) => {
    const context = await loadPortal(deps, scope);
    // The settings changed since the groups were read: nobody is to move any more, and the slices would never end.
    if (!isToMove(context, group)) return 0;
    const touches = await deps.store.touches.ofCallerGroup(scope, context.cycle.label, group, SLICE);
    const callerUserId = callerOf(context, group);
    const callerOwnerId = ownerIdOfUser(context, callerUserId);
    const ids = touches.map(({ touchId }) => touchId);
    await deps.store.touches.reassign(scope, ids, { callerUserId, callerOwnerId });
    await moveTasks(deps, scope, touches, callerOwnerId);
    return touches.length;
  });
}

/** A caller who is no owner in HubSpot leaves the task to nobody there: the caller before must not get the call back with it. */
async function moveTasks(
  deps: Deps,
  scope: TenantScope,
  touches: readonly Touch[],
  ownerId: OwnerId | null,
): Promise<void> {
  const writes = touches
    .filter(mayHaveTask)
    .map((touch) => newTaskWrite(deps, 'moveTask', touch, { ownerId }, deps.clock.now()));
  await deps.store.outbox.addMany(scope, writes);
}
