import type { PortalId } from '../core/model.ts';
import type { MarkedTask, TaskKeyMode } from './hubspot-port.ts';
import { loadPortal } from './person.ts';
import type { Deps } from './ports.ts';
import type { NewOutboxRow, TenantScope, Touch } from './records.ts';
import { decideSweep, isBack, TWO_TASKS, type SweepDecision } from './sweep-decision.ts';
import { addTaskWrite } from './touch-outbox.ts';

const BATCH = 100;
const DAY_MS = 86_400_000;
/** A create that landed late shows within days, however far the search's index lags. */
export const SWEPT_FOR_MS = 7 * DAY_MS;

type Sweep = {
  readonly mode: TaskKeyMode;
  readonly timeZone: string;
  readonly cycle: string;
  /** Touches sent since then are read again. */
  readonly sentSince: Date;
  /** Tasks made since then are listed. */
  readonly listedSince: Date;
  readonly report: Report;
};
type Report = Record<'checked' | 'listed' | 'notOurs' | 'archived' | 'adopted' | 'parked' | 'left', number>;
/** Tasks that carry a touch's key and are not the one the ledger knows, by touch. */
type Strays = Map<string, string[]>;

/**
 * Nightly, for seven days after the last create: reads the keys of all tasks made again and lists all tasks that carry one, and
 * compares them with the ledger. Of two tasks with one key the newer goes if nobody touched it, else a person decides; a task
 * that turned up late is taken over. Tasks that this app did not make are never touched. Comes to rest between two reads.
 */
export async function sweepTasks(deps: Deps, portalId: PortalId): Promise<void> {
  const sweep = await beginSweep(deps, portalId);
  if (sweep === null) return;
  const strays = await findStrays(deps, portalId, sweep);
  await sweepSent(deps, portalId, sweep, strays);
  await sweepRest(deps, portalId, sweep, strays);
  if (deps.isStopping()) return;
  await tell(deps, portalId, sweep);
}

/** Null where nothing was sent for seven days. */
function beginSweep(deps: Deps, portalId: PortalId): Promise<Sweep | null> {
  return deps.store.inTenant(portalId, async (scope) => {
    const { portal, now, cycle } = await loadPortal(deps, scope);
    const sentSince = new Date(now.getTime() - SWEPT_FOR_MS);
    const [sent] = await deps.store.touches.sentSince(scope, sentSince, null, 1);
    if (sent === undefined || portal.taskKeyMode === null) return null;
    const plannedAt = (await deps.store.touches.cycle(scope, cycle.label))?.plannedAt ?? now;
    const listedSince = new Date(Math.min(plannedAt.getTime(), sentSince.getTime()) - DAY_MS);
    const report = { checked: 0, listed: 0, notOurs: 0, archived: 0, adopted: 0, parked: 0, left: 0 };
    const { taskKeyMode: mode, timeZone } = portal;
    return { mode, timeZone, cycle: cycle.label, sentSince, listedSince, report };
  });
}

async function findStrays(deps: Deps, portalId: PortalId, sweep: Sweep): Promise<Strays> {
  const strays: Strays = new Map();
  for await (const page of deps.hubspot.findMarkedTasks(portalId, sweep.mode, sweep.listedSince)) {
    if (deps.isStopping()) break;
    const keys = page.map(({ key }) => key);
    const touches = await deps.store.inTenant(portalId, (scope) => deps.store.touches.ofKeys(scope, keys));
    const byKey = new Map(touches.map((touch) => [touch.key, touch]));
    sweep.report.listed += page.length;
    for (const { taskId, key } of page) {
      const touch = byKey.get(key);
      if (touch === undefined) sweep.report.notOurs += 1;
      else if (touch.taskId !== taskId)
        strays.set(touch.touchId, [...(strays.get(touch.touchId) ?? []), taskId]);
    }
  }
  return strays;
}

async function sweepSent(deps: Deps, portalId: PortalId, sweep: Sweep, strays: Strays): Promise<void> {
  let afterTouchId: string | null = null;
  while (!deps.isStopping()) {
    const touches: readonly Touch[] = await deps.store.inTenant(portalId, (scope) =>
      deps.store.touches.sentSince(scope, sweep.sentSince, afterTouchId, BATCH),
    );
    await sweepTouches(deps, portalId, sweep, touches, strays);
    if (touches.length < BATCH) return;
    afterTouchId = touches.at(-1)?.touchId ?? null;
  }
}

/** Touches that were sent longer ago and have another task nevertheless. */
async function sweepRest(deps: Deps, portalId: PortalId, sweep: Sweep, strays: Strays): Promise<void> {
  const ids = [...strays.keys()];
  for (let from = 0; from < ids.length && !deps.isStopping(); from += BATCH) {
    const touches = await deps.store.inTenant(portalId, (scope) =>
      deps.store.touches.findMany(scope, ids.slice(from, from + BATCH)),
    );
    await sweepTouches(deps, portalId, sweep, touches, strays);
  }
}

async function sweepTouches(
  deps: Deps,
  portalId: PortalId,
  sweep: Sweep,
  touches: readonly Touch[],
  strays: Strays,
): Promise<void> {
  if (touches.length === 0) return;
  const alsoIds = touches.flatMap(({ touchId }) => strays.get(touchId) ?? []);
  const tasks = await deps.hubspot.readMarkedTasks(portalId, sweep.mode, touches, alsoIds);
  await deps.store.inTenant(portalId, async (scope) => {
    const ids = touches.map(({ touchId }) => touchId);
    const busy = await deps.store.outbox.openSubjects(scope, ids);
    for (const known of touches) {
      const { touchId, key, fence, taskId } = known;
      strays.delete(touchId);
      sweep.report.checked += 1;
      const marked = tasks.get(key) ?? [];
      // What a person copied carries the key too: it is theirs, and stays as it is.
      const found = marked.filter((task) => task.isOurs || task.taskId === taskId);
      sweep.report.notOurs += marked.length - found.length;
      if (busy.has(touchId) || isAsKnown(sweep, known, found)) continue;
      const touch = await deps.store.touches.findForUpdate(scope, touchId);
      // Sent or settled meanwhile: what was read is older than what we know.
      if (touch?.fence !== fence || touch.taskId !== taskId) continue;
      await apply(deps, scope, sweep, touch, found);
    }
  });
}

/** Spares a look at the row for nearly all of them. */
function isAsKnown({ cycle }: Sweep, touch: Touch, found: readonly MarkedTask[]): boolean {
  const isAlone = found.length === 1 && found[0]?.taskId === touch.taskId;
  const isToBeTold = touch.reason === TWO_TASKS || (isBack(touch, found) && touch.cycle === cycle);
  return found.length === 0 || (isAlone && !isToBeTold);
}

async function apply(
  deps: Deps,
  scope: TenantScope,
  { timeZone, report }: Sweep,
  touch: Touch,
  tasks: readonly MarkedTask[],
): Promise<void> {
  const decision = decideSweep(touch, tasks, timeZone);
  await deps.store.outbox.addMany(
    scope,
    decision.archive.map((taskId) => archiveWrite(deps, touch, taskId)),
  );
  if (decision.adopt !== null) await adopt(deps, scope, touch, decision.adopt, tasks);
  if (decision.doubt === 'park')
    await deps.store.touches.update(scope, touch.touchId, { state: 'parked', reason: TWO_TASKS });
  report.archived += decision.archive.length;
  report.adopted += decision.adopt === null ? 0 : 1;
  report.parked += decision.doubt === 'park' ? 1 : 0;
  report.left += decision.doubt === 'leave' ? 1 : 0;
  await auditDecision(deps, scope, touch, decision);
}

/** The row names the task, since it is not the touch's own. */
function archiveWrite(deps: Deps, touch: Touch, taskId: string): NewOutboxRow {
  return {
    outboxId: deps.ids.uuid(),
    kind: 'archiveTask',
    subject: `${touch.touchId}/${taskId}`,
    key: `archiveTask:${taskId}`,
    payload: { taskId },
    notBefore: deps.clock.now(),
  };
}

/** A call that was answered stays so, and its task is ticked off; any other is to be made by this task. */
async function adopt(
  deps: Deps,
  scope: TenantScope,
  touch: Touch,
  taskId: string,
  tasks: readonly MarkedTask[],
): Promise<void> {
  if (touch.state !== 'done') {
    await deps.store.touches.update(scope, touch.touchId, { state: 'created', reason: null, taskId });
    return;
  }
  await deps.store.touches.update(scope, touch.touchId, { taskId });
  const isOpenTask = tasks.some((task) => task.taskId === taskId && !task.completed);
  if (isOpenTask) await addTaskWrite(deps, scope, 'completeTask', touch, {}, deps.clock.now());
}

async function auditDecision(
  deps: Deps,
  scope: TenantScope,
  touch: Touch,
  { adopt: adopted, archive, doubt }: SweepDecision,
): Promise<void> {
  const outcome = [
    ...archive.map((taskId) => `archive ${taskId}`),
    ...(adopted === null ? [] : [`adopt ${adopted}`]),
    ...(doubt === 'none' ? [] : [doubt]),
  ].join(', ');
  if (outcome !== '') await audit(deps, scope, touch.touchId, outcome);
}

function audit(deps: Deps, scope: TenantScope, subject: string, outcome: string): Promise<void> {
  return deps.store.audit.append(scope, {
    at: deps.clock.now(),
    actor: 'system:sweepTasks',
    action: 'duplicateSweep',
    subject,
    outcome,
    requestId: null,
  });
}

async function tell(deps: Deps, portalId: PortalId, { cycle, report }: Sweep): Promise<void> {
  deps.log.info({ portalId, cycle, ...report }, 'duplicate sweep');
  const outcome = Object.entries(report).map(([what, count]) => `${what} ${count}`);
  await deps.store.inTenant(portalId, (scope) => audit(deps, scope, cycle, outcome.join(', ')));
  if (report.archived + report.adopted > 0) await deps.queue.wake('deliverOutbox', portalId);
}
