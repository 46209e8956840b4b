import { byRecordAge } from '../core/record-age.ts';
import type { PortalId } from '../core/model.ts';
import type { TaskKeyMode } from './hubspot-port.ts';
import type { Deps } from './ports.ts';
import { UNKNOWN_OUTCOME, type Touch, type TouchOutcome } from './records.ts';

const BATCH = 100;
/** Search lags without a stated bound: before this, "not found" says nothing (marker fallback). */
export const RECONCILE_WAIT_MS = 15 * 60_000;
/** A person says that the task exists: it is looked for, and never sent again. */
export const CONFIRMED_BY_PERSON = 'confirmedByPerson';
/** A touch that vanished this often without a trace is a person's to look at. */
const MOST_SENDS = 5;

/**
 * Finds out what became of touches whose create may have landed. Found by its key: adopted. Not found with the unique
 * property: sent again under the same key, which the server refuses twice, up to five times. Not found by the marker: left for a
 * person, since a visible missing task is better than a second one.
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
  const [oldest] = [...taskIds].sort(byRecordAge);
  if (oldest !== undefined) return { touchId, fence, to: 'created', taskId: oldest };
  const toPark = { touchId, fence, to: 'parked', reason: UNKNOWN_OUTCOME } as const;
  if (touch.reason === CONFIRMED_BY_PERSON) return toPark;
  if (mode === 'unique') {
    return touch.sendAttempts < MOST_SENDS ? { touchId, fence, to: 'planned', notBefore: now } : toPark;
  }
  const restsUntil = new Date((touch.sentAt ?? now).getTime() + RECONCILE_WAIT_MS);
  return now < restsUntil ? { touchId, fence, to: 'sending', notBefore: restsUntil } : toPark;
}
