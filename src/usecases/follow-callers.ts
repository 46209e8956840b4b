import type { OwnerId, PortalId } from '../core/model.ts';
import { callerOf, isActiveUser, loadPortal, ownerIdOfUser, type PortalContext } from './person.ts';
import type { Deps } from './ports.ts';
import type { TenantScope, Touch } from './records.ts';
import { mayHaveTask, newTaskWrite } from './touch-outbox.ts';
import type { CallerGroup } from './touch-port.ts';

const SLICE = 500;

/**
 * Open touches whose caller is no longer the one the settings name, has left, or has another owner id, go to the right one; so do their tasks. Whom a
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
  if (moving.length === 0) return;
  await deps.queue.wake('deliverOutbox', portalId);
  await deps.queue.wake('releaseTouches', portalId);
}

function isToMove(context: PortalContext, group: CallerGroup): boolean {
  const { callerUserId, callerOwnerId, ownerId, assignedByPerson } = group;
  if (callerOf(context, { ownerId }) === callerUserId)
    // A caller who was no owner in HubSpot, or another one, is to have the tasks under the id of today.
    return !assignedByPerson && ownerIdOfUser(context, callerUserId) !== callerOwnerId;
  return !assignedByPerson || !isActiveUser(context, callerUserId);
}

/** One transaction; returns how many touches have their new caller. */
function moveSlice(deps: Deps, portalId: PortalId, group: CallerGroup): Promise<number> {
  return deps.store.inTenant(portalId, async (scope) => {
    const context = await loadPortal(deps, scope);
    // The settings changed since the groups were read: nobody is to move any more, and the slices would never end.
    if (!isToMove(context, group)) return 0;
    const touches = await deps.store.touches.ofCallerGroup(scope, context.cycle.label, group, SLICE);
    const callerUserId = callerOf(context, group);
    const callerOwnerId = ownerIdOfUser(context, callerUserId);
    const ids = touches.map(({ touchId }) => touchId);
    await deps.store.touches.reassign(scope, ids, { callerUserId, callerOwnerId });
    // What HubSpot refused may have been refused over the caller before: someone who left there owns no task.
    const planned = new Set(await deps.store.touches.planRefused(scope, ids));
    const others = touches.filter(({ touchId }) => !planned.has(touchId));
    await moveTasks(deps, scope, others, callerOwnerId);
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
