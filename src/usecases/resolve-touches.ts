import { byRecordAge } from '../core/record-age.ts';
import type { PortalId } from '../core/model.ts';
import type { Deps } from './ports.ts';
import { KEY_TAKEN, UNKNOWN_OUTCOME, type PortalRow, type Touch, type TouchOutcome } from './records.ts';

const BATCH = 100;
/** Search lags without a stated bound: before this, "not found" says nothing (marker fallback). */
export const RECONCILE_WAIT_MS = 15 * 60_000;
/** A person says that the task exists: it is looked for, and never sent again. */
export const CONFIRMED_BY_PERSON = 'confirmedByPerson';
/** A touch that vanished this often, over so long, is a person's to look at: an outage of HubSpot's is over by then. */
const FEWEST_SENDS = 5;
const GIVEN_UP_AFTER_MS = 24 * 3_600_000;
const FIRST_REST_MS = 60_000;
const LONGEST_REST_MS = 3_600_000;

/**
 * Finds out what became of touches whose create may have landed. Found by its key: adopted. Not found with the unique
 * property: sent again under the same key, which the server refuses twice, after rests that grow to an hour and for about a day. Not
 * found by the marker: left for a person, since a visible missing task is better than a second one. Between two batches it comes to
 * rest where the process stops.
 */
export async function resolveTouches(deps: Deps, portalId: PortalId): Promise<void> {
  for (let isMore = true; isMore;) {
    if (deps.isStopping()) return;
    const { touches, portal } = await deps.store.inTenant(portalId, async (scope) => ({
      touches: await deps.store.touches.unknown(scope, deps.clock.now(), BATCH),
      portal: await deps.store.portals.find(scope),
    }));
    if (touches.length === 0) return;
    const found = await deps.hubspot.findTasksByKey(portalId, portal?.taskKeyMode ?? 'ledger', touches);
    const outcomes = touches.map((touch) =>
      outcomeOf(deps, isGuarded(portal, touch), touch, found.get(touch.key) ?? []),
    );
    await deps.store.inTenant(portalId, (scope) => deps.store.touches.settle(scope, outcomes));
    logRest(deps, portalId, outcomes);
    isMore = touches.length === BATCH;
  }
  await deps.queue.wake('releaseTouches', portalId);
}

/** Whether HubSpot would refuse a second task: not of one that was sent before keys were unique there. */
function isGuarded(portal: PortalRow | null, { sentAt }: Touch): boolean {
  if (portal?.taskKeyMode !== 'unique') return false;
  return portal.keyProbedAt === null || sentAt === null || sentAt >= portal.keyProbedAt;
}

function outcomeOf(
  deps: Deps,
  isGuardedByKey: boolean,
  touch: Touch,
  taskIds: readonly string[],
): TouchOutcome {
  const { touchId, fence } = touch;
  const now = deps.clock.now();
  const [oldest] = [...taskIds].sort(byRecordAge);
  if (oldest !== undefined) return { touchId, fence, to: 'created', taskId: oldest };
  const toPark = { touchId, fence, to: 'parked', reason: UNKNOWN_OUTCOME } as const;
  if (touch.reason === CONFIRMED_BY_PERSON) return toPark;
  if (isGuardedByKey) {
    if (isGivenUp(touch, now)) return toPark;
    const notBefore = new Date(now.getTime() + restMs(touch));
    return { touchId, fence, to: 'planned', notBefore, reason: touch.reason ?? UNKNOWN_OUTCOME };
  }
  const restsUntil = new Date((touch.sentAt ?? now).getTime() + RECONCILE_WAIT_MS);
  if (now >= restsUntil) return toPark;
  return { touchId, fence, to: 'sending', notBefore: restsUntil, reason: UNKNOWN_OUTCOME };
}

/** A key that HubSpot says is taken, by a task that cannot be read, is not a matter of waiting. */
function isGivenUp({ sendAttempts, inDoubtSince, reason }: Touch, now: Date): boolean {
  if (sendAttempts < FEWEST_SENDS) return false;
  return reason === KEY_TAKEN || now.getTime() - (inDoubtSince ?? now).getTime() >= GIVEN_UP_AFTER_MS;
}

/** One loss is a mishap and the key makes sending again harmless; after the next ones HubSpot is left in peace for longer and longer. */
function restMs({ sendAttempts }: Touch): number {
  return sendAttempts < 2 ? 0 : Math.min(FIRST_REST_MS * 2 ** (sendAttempts - 1), LONGEST_REST_MS);
}

function logRest(deps: Deps, portalId: PortalId, outcomes: readonly TouchOutcome[]): void {
  const now = deps.clock.now();
  const resting = outcomes.flatMap((outcome) => ('notBefore' in outcome ? [outcome.notBefore] : []));
  const later = resting.filter((until) => until > now);
  if (later.length === 0) return;
  const restsUntil = new Date(Math.max(...later.map((until) => until.getTime()))).toISOString();
  deps.log.warn({ portalId, touches: later.length, restsUntil }, 'tasks that nobody found rest');
}
