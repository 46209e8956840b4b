import { byRecordAge } from '../core/record-age.ts';
import type { PortalId, TouchState } from '../core/model.ts';
import { askAgain, DONE, orWait, type Settlement, type Settlements } from './outbox-settlement.ts';
import type { Deps } from './ports.ts';
import type { OutboxRow, Touch } from './records.ts';
import { RECONCILE_WAIT_MS } from './resolve-touches.ts';
import { mayHaveTask } from './touch-outbox.ts';

const NO_TASK_YET_MS = 60_000;
/** The sender, or the search for an unknown outcome, will tell. */
const IS_UNDER_WAY: readonly TouchState[] = ['planned', 'sending'];

/** A change and the task it is for; `touch` is null where the row names the task itself. */
export type TaskTarget = { readonly row: OutboxRow; readonly taskId: string; readonly touch: Touch | null };

type Found = { readonly targets: readonly TaskTarget[]; readonly settled: Settlements };

/**
 * The task of each change. Changes to a touch's task wait until the task is known, or known not to be: those without one are
 * settled here. One read for all of those that have to be looked for.
 * @throws not_installed
 */
export async function findTargets(
  deps: Deps,
  portalId: PortalId,
  rows: readonly OutboxRow[],
): Promise<Found> {
  const touches = await touchesOf(deps, portalId, rows);
  const searched = await lookForTasks(deps, portalId, rows, touches);
  const targets: TaskTarget[] = [];
  const settled = new Map(searched.settled);
  for (const row of rows) {
    const touch = touches.get(row.subject) ?? null;
    const taskId = namedTask(row) ?? touch?.taskId ?? searched.taskIds.get(row.subject);
    if (taskId !== undefined) targets.push({ row, taskId, touch });
    else if (!settled.has(row.outboxId)) settled.set(row.outboxId, withoutTask(deps, touch));
  }
  return { targets, settled };
}

/** A rep's notice, or a task that no touch of ours holds: the row itself says which. */
function namedTask({ payload }: OutboxRow): string | undefined {
  return typeof payload['taskId'] === 'string' ? payload['taskId'] : undefined;
}

async function touchesOf(
  deps: Deps,
  portalId: PortalId,
  rows: readonly OutboxRow[],
): Promise<ReadonlyMap<string, Touch>> {
  const touchIds = rows.filter((row) => namedTask(row) === undefined).map(({ subject }) => subject);
  const touches = await deps.store.inTenant(portalId, (scope) =>
    deps.store.touches.findMany(scope, touchIds),
  );
  return new Map(touches.map((touch) => [touch.touchId, touch]));
}

/** Touches that were closed while their create was under way: nobody else looks for their tasks any more. */
async function lookForTasks(
  deps: Deps,
  portalId: PortalId,
  rows: readonly OutboxRow[],
  touches: ReadonlyMap<string, Touch>,
): Promise<{ readonly taskIds: ReadonlyMap<string, string>; readonly settled: Settlements }> {
  const wanted = [...touches.values()].filter(
    (touch) => touch.taskId === null && mayHaveTask(touch) && !IS_UNDER_WAY.includes(touch.state),
  );
  const ids = new Set(wanted.map(({ touchId }) => touchId));
  const asking = rows.filter(({ subject }) => ids.has(subject));
  const taskIds = new Map<string, string>();
  const settled = await orWait(deps, asking, async () => {
    const mode = await deps.store.inTenant(portalId, (scope) => deps.store.portals.find(scope));
    const found = await deps.hubspot.findTasksByKey(portalId, mode?.taskKeyMode ?? 'ledger', wanted);
    for (const { touchId, key } of wanted) {
      const [taskId] = [...(found.get(key) ?? [])].sort(byRecordAge);
      if (taskId !== undefined) taskIds.set(touchId, taskId);
    }
    await rememberTasks(deps, portalId, taskIds);
    return new Map();
  });
  return { taskIds, settled };
}

async function rememberTasks(
  deps: Deps,
  portalId: PortalId,
  taskIds: ReadonlyMap<string, string>,
): Promise<void> {
  if (taskIds.size === 0) return;
  await deps.store.inTenant(portalId, async (scope) => {
    for (const [touchId, taskId] of taskIds) await deps.store.touches.update(scope, touchId, { taskId });
  });
}

function withoutTask(deps: Deps, touch: Touch | null): Settlement {
  if (touch === null || !mayHaveTask(touch)) return DONE;
  return mayStillAppear(deps, touch) ? askAgain(deps, NO_TASK_YET_MS) : DONE;
}

function mayStillAppear(deps: Deps, { state, sentAt }: Touch): boolean {
  return (
    IS_UNDER_WAY.includes(state) || deps.clock.now() < new Date((sentAt?.getTime() ?? 0) + RECONCILE_WAIT_MS)
  );
}
