import type { PortalId } from '../core/model.ts';
import type { TaskKeyMode } from './hubspot-port.ts';
import type { Deps } from './ports.ts';
import type { Touch, TouchOutcome } from './records.ts';

const BATCH = 100;
/** Search lags without a stated bound: before this, "not found" says nothing (marker fallback). */
export const RECONCILE_WAIT_MS = 15 * 60_000;

/**
 * Finds out what became of touches whose create may have landed. Found by its key: adopted. Not found with the unique
 * property: sent again under the same key, which the server refuses twice. Not found by the marker: left for a person, since
 * a visible missing task is better than a second one.
 */
export async function resolveTouches(deps: Deps, portalId: PortalId): Promise<void> {
  for (;;) {
    const { touches, mode } = await deps.store.inTenant(portalId, async (scope) => ({
      touches: await deps.store.touches.unknown(scope, deps.clock.now(), BATCH),
      mode: (await deps.store.portals.find(scope))?.taskKeyMode ?? 'ledger',
    }));
    if (touches.length === 0) return;
    const found = await deps.hubspot.findTasksByKey(portalId, mode, touches);
    const outcomes = touches.map((touch) => outcomeOf(deps, mode, touch, found.get(touch.key) ?? []));
    await deps.store.inTenant(portalId, (scope) => deps.store.touches.settle(scope, outcomes));
    if (touches.length < BATCH) break;
  }
  await deps.queue.wake('releaseTouches', portalId);
}

function outcomeOf(deps: Deps, mode: TaskKeyMode, touch: Touch, taskIds: readonly string[]): TouchOutcome {
  const { touchId, fence } = touch;
  const now = deps.clock.now();
  const [oldest] = [...taskIds].sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
  if (oldest !== undefined) return { touchId, fence, to: 'created', taskId: oldest };
  if (mode === 'unique') return { touchId, fence, to: 'planned', notBefore: now };
  const restsUntil = new Date((touch.sentAt ?? now).getTime() + RECONCILE_WAIT_MS);
  if (now < restsUntil) return { touchId, fence, to: 'sending', notBefore: restsUntil };
  return { touchId, fence, to: 'parked', reason: 'unknownOutcome' };
}
