import { localDayOf } from '../core/cadence/calendar.ts';
import type { CycleLabel, PortalId } from '../core/model.ts';
import { hasCode } from '../errors.ts';
import type { TaskState } from './hubspot-port.ts';
import { loadPortal, type PortalContext } from './person.ts';
import type { Deps } from './ports.ts';
import { probeAgain } from './probe-again.ts';
import type { TenantScope, Touch } from './records.ts';
import { wantStaleContacts } from './read-contacts.ts';
import { EVENT_LIFETIME_MS } from './receive-webhooks.ts';
import { RECONCILE_WAIT_MS } from './resolve-touches.ts';
import { respreadOverdue } from './respread-overdue.ts';
import { sweepTasks } from './sweep-tasks.ts';
import { tendRefusedWrites } from './tend-refused-writes.ts';
import { newPropertiesWrite } from './touch-outbox.ts';

const BATCH = 100;

/** Nightly: what people did with the tasks in HubSpot, in case a webhook was missed; then what is overdue finds a new day. */
export async function syncTasks(deps: Deps, portalId: PortalId): Promise<void> {
  let afterTouchId: string | null = null;
  for (;;) {
    if (deps.isStopping()) return;
    const touches: readonly Touch[] = await deps.store.inTenant(portalId, (scope) =>
      deps.store.touches.inState(scope, 'created', afterTouchId, BATCH),
    );
    await syncTouches(deps, portalId, touches);
    if (touches.length < BATCH) break;
    afterTouchId = touches.at(-1)?.touchId ?? null;
  }
  await respreadOverdue(deps, portalId);
  await wantStaleContacts(deps, portalId);
  await tendRefusedWrites(deps, portalId);
  await sweep(deps, portalId);
  await probeAgain(deps, portalId);
  if (deps.isStopping()) return;
  await deps.store.inTenant(portalId, async (scope) => {
    const now = deps.clock.now();
    await deps.store.inbox.removeOlderThan(scope, new Date(now.getTime() - EVENT_LIFETIME_MS));
    await deps.store.portals.update(scope, { reconciledAt: now });
  });
}

/** A search that HubSpot does not take must not keep the rest of the night's work from being done. */
async function sweep(deps: Deps, portalId: PortalId): Promise<void> {
  try {
    await sweepTasks(deps, portalId);
  } catch (error) {
    if (!hasCode(error, 'hubspot_rejected')) throw error;
    deps.log.warn({ portalId, ...error.safeDetails }, 'the duplicate sweep could not be made');
  }
}

/** Takes over what HubSpot says of these touches' tasks. At most 100. */
export async function syncTouches(deps: Deps, portalId: PortalId, touches: readonly Touch[]): Promise<void> {
  const withTask = touches.filter(({ taskId }) => taskId !== null);
  if (withTask.length === 0) return;
  const states = await deps.hubspot.readTasks(
    portalId,
    withTask.map(({ taskId }) => String(taskId)),
  );
  await deps.store.inTenant(portalId, async (scope) => {
    const context = await loadPortal(deps, scope);
    const busy = await deps.store.outbox.openSubjects(
      scope,
      withTask.map(({ touchId }) => touchId),
    );
    const plannedZone = zoneOfCycle(deps, scope, context);
    for (const known of withTask) {
      const touch = await deps.store.touches.findForUpdate(scope, known.touchId);
      // Our own change is on its way, or arrived since: what was read is older than what we know.
      if (touch?.state !== 'created' || busy.has(touch.touchId) || hasChanged(known, touch)) continue;
      const zones = [context.portal.timeZone, await plannedZone(touch.cycle)];
      const change = changeFrom(context, touch, states.get(String(touch.taskId)), zones);
      if (change !== null) await applyChange(deps, scope, touch, change);
    }
  });
}

/** The zone in which a cycle was planned: the account may have moved to another one since. One read a cycle. */
function zoneOfCycle(deps: Deps, scope: TenantScope, { portal }: PortalContext) {
  const known = new Map<CycleLabel, string>();
  return async (label: CycleLabel): Promise<string> => {
    const zone = known.get(label) ?? (await deps.store.touches.cycle(scope, label))?.timeZone;
    known.set(label, zone ?? portal.timeZone);
    return zone ?? portal.timeZone;
  };
}

function hasChanged(known: Touch, touch: Touch): boolean {
  return (
    known.dueOn !== touch.dueOn ||
    known.callerOwnerId !== touch.callerOwnerId ||
    known.taskOwnerId !== touch.taskOwnerId
  );
}

type Change = Parameters<Deps['store']['touches']['update']>[2];

const GONE: Change = { state: 'canceled', reason: 'deletedInHubSpot' };

/** A read may miss a task that was made a moment ago: its absence says nothing yet. */
function mayStillAppear({ now }: PortalContext, { sentAt }: Touch): boolean {
  return sentAt !== null && now.getTime() < sentAt.getTime() + RECONCILE_WAIT_MS;
}

/** What a task's state means for its touch; null where nothing changed. @param zones by which its day may have been written */
function changeFrom(
  context: PortalContext,
  touch: Touch,
  task: TaskState | undefined,
  zones: readonly string[],
): Change | null {
  if (task === undefined) return mayStillAppear(context, touch) ? null : GONE;
  if (task.completed) return { state: 'done', reason: touch.reason ?? 'closedOutsideCard' };
  const moved = movedByPerson(context, touch, task, zones);
  const reassigned = reassignedTo(context, touch, task);
  return moved === null && reassigned === null ? null : { ...moved, ...reassigned };
}

/** An instant that falls on the day we gave it, by the zone of then or of today, was moved by nobody. */
function movedByPerson(
  { portal }: PortalContext,
  touch: Touch,
  { dueAt }: TaskState,
  zones: readonly string[],
): Change | null {
  if (dueAt === null || zones.some((zone) => localDayOf(dueAt, zone) === touch.dueOn)) return null;
  return { dueOn: localDayOf(dueAt, portal.timeZone), movedByPerson: true };
}

/** An owner that we wrote is nobody's choice: the call moved on, and our next write has not reached its task. */
function reassignedTo({ owners }: PortalContext, touch: Touch, task: TaskState): Change | null {
  if (task.ownerId === null || task.ownerId === touch.callerOwnerId) return null;
  if (task.ownerId === touch.taskOwnerId) return null;
  const owner = owners.find(({ ownerId, active }) => ownerId === task.ownerId && active);
  if (owner?.userId == null) return null;
  const { ownerId } = owner;
  return { callerUserId: owner.userId, callerOwnerId: ownerId, taskOwnerId: ownerId, assignedByPerson: true };
}

async function applyChange(deps: Deps, scope: TenantScope, touch: Touch, change: Change): Promise<void> {
  await deps.store.touches.update(scope, touch.touchId, change);
  if (change.dueOn !== undefined)
    await deps.store.outbox.add(scope, newPropertiesWrite(deps, touch.companyId, deps.clock.now()));
  await deps.store.audit.append(scope, {
    at: deps.clock.now(),
    actor: 'system:syncTasks',
    action: 'touchFollowsTask',
    subject: touch.touchId,
    outcome: Object.keys(change).sort().join(' '),
    requestId: null,
  });
}
