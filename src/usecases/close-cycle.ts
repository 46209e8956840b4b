import type { PortalId } from '../core/model.ts';
import { loadPortal } from './person.ts';
import type { Deps } from './ports.ts';
import type { Touch } from './records.ts';
import { syncTouches } from './sync-tasks.ts';
import { mayHaveTask, newTaskWrite } from './touch-outbox.ts';
import { UNDO_MS } from './undo-window.ts';

const SLICE = 500;

/**
 * A cycle that is over: what was not done is missed, never stacked; its open tasks are archived before new ones appear. What was
 * ticked off in HubSpot on the last evening is done: HubSpot is asked first, and where it cannot be asked the close waits.
 * @throws as readTasks does
 */
export async function closeCycle(deps: Deps, portalId: PortalId): Promise<void> {
  const cycles = await deps.store.inTenant(portalId, async (scope) => {
    const { today, now } = await loadPortal(deps, scope);
    return deps.store.touches.openCyclesEndingBy(scope, today, undoneBefore(now));
  });
  for (const { label } of cycles) {
    await askHubSpot(deps, portalId, label);
    if (deps.isStopping()) return;
    while ((await missSlice(deps, portalId, label)) === SLICE) if (deps.isStopping()) return;
    await deps.store.inTenant(portalId, (scope) =>
      deps.store.touches.closeCycle(scope, label, deps.clock.now()),
    );
  }
  if (cycles.length > 0) await deps.queue.wake('deliverOutbox', portalId);
}

/** An answer that was taken back is given anew within minutes: until then its call is nobody's to close, and the next night does. */
function undoneBefore(now: Date): Date {
  return new Date(now.getTime() - UNDO_MS);
}

/** A read a hundred tasks of the cycle. */
async function askHubSpot(deps: Deps, portalId: PortalId, label: string): Promise<void> {
  const { maxBatch } = deps.hubspot;
  let afterTouchId: string | null = null;
  while (!deps.isStopping()) {
    const touches: readonly Touch[] = await deps.store.inTenant(portalId, (scope) =>
      deps.store.touches.inState(scope, 'created', afterTouchId, maxBatch),
    );
    await syncTouches(
      deps,
      portalId,
      touches.filter(({ cycle }) => cycle === label),
    );
    if (touches.length < maxBatch) return;
    afterTouchId = touches.at(-1)?.touchId ?? null;
  }
}

/** One transaction; returns how many touches were closed. */
function missSlice(deps: Deps, portalId: PortalId, label: string): Promise<number> {
  return deps.store.inTenant(portalId, async (scope) => {
    const now = deps.clock.now();
    const missed = await deps.store.touches.missOpen(scope, label, undoneBefore(now), SLICE);
    const writes = missed
      .filter(mayHaveTask)
      .map((touch) => newTaskWrite(deps, 'archiveTask', touch, {}, now));
    await deps.store.outbox.addMany(scope, writes);
    return missed.length;
  });
}
