import type { PortalId } from '../core/model.ts';
import { loadPortal } from './person.ts';
import type { Deps } from './ports.ts';
import { mayHaveTask, newTaskWrite } from './touch-outbox.ts';

const SLICE = 500;

/** A cycle that is over: what was not done is missed, never stacked; its open tasks are archived before new ones appear. */
export async function closeCycle(deps: Deps, portalId: PortalId): Promise<void> {
  const cycles = await deps.store.inTenant(portalId, async (scope) => {
    const { today } = await loadPortal(deps, scope);
    return deps.store.touches.openCyclesEndingBy(scope, today);
  });
  for (const { label } of cycles) {
    while ((await missSlice(deps, portalId, label)) === SLICE) if (deps.isStopping()) return;
    await deps.store.inTenant(portalId, (scope) =>
      deps.store.touches.closeCycle(scope, label, deps.clock.now()),
    );
  }
  if (cycles.length > 0) await deps.queue.wake('deliverOutbox', portalId);
}

/** One transaction; returns how many touches were closed. */
function missSlice(deps: Deps, portalId: PortalId, label: string): Promise<number> {
  return deps.store.inTenant(portalId, async (scope) => {
    const missed = await deps.store.touches.missOpen(scope, label, SLICE);
    const now = deps.clock.now();
    const writes = missed
      .filter(mayHaveTask)
      .map((touch) => newTaskWrite(deps, 'archiveTask', touch, {}, now));
    await deps.store.outbox.addMany(scope, writes);
    return missed.length;
  });
}
