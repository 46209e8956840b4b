import type { CompanyId, ContactId, PortalId } from '../core/model.ts';
import { AppError, hasCode } from '../errors.ts';
import { followCompanies } from './follow-companies.ts';
import { forgetContact } from './forget-contact.ts';
import { inSequence } from './in-sequence.ts';
import type { Deps } from './ports.ts';
import type { Touch, WebhookEvent } from './records.ts';
import { syncTouches } from './sync-tasks.ts';

const BATCH = 100;

/**
 * Works through the kept webhook events. Events arrive twice and out of order, so each is only a hint: what counts is what
 * HubSpot says now, read again.
 */
export async function processInbox(deps: Deps, portalId: PortalId): Promise<void> {
  while (!deps.isStopping()) {
    const events = await deps.store.inTenant(portalId, (scope) => deps.store.inbox.take(scope, BATCH));
    if (events.length === 0) return;
    await workThrough(deps, portalId, events);
  }
}

/** One read for all of them; where that fails for good, one for each half, until the bad event stands alone and is set aside. */
async function workThrough(deps: Deps, portalId: PortalId, events: readonly WebhookEvent[]): Promise<void> {
  try {
    await eraseContacts(deps, portalId, events);
    await followCompanies(deps, portalId, idsOf<CompanyId>(events, 'company'));
    await rereadTasks(deps, portalId, idsOf<string>(events, 'task'));
  } catch (error) {
    if (passes(error)) throw error;
    const middle = Math.ceil(events.length / 2);
    if (events.length === 1) return setAside(deps, portalId, events, error);
    await workThrough(deps, portalId, events.slice(0, middle));
    return workThrough(deps, portalId, events.slice(middle));
  }
  await markDone(deps, portalId, events, null);
}

/** Later it may work: the events stay. */
function passes(error: unknown): boolean {
  return hasCode(
    error,
    'hubspot_throttled',
    'hubspot_unavailable',
    'unavailable',
    'not_installed',
    'outcome_unknown',
    'conflict',
  );
}

async function setAside(
  deps: Deps,
  portalId: PortalId,
  events: readonly WebhookEvent[],
  error: unknown,
): Promise<void> {
  const reason = error instanceof AppError ? error.code : 'internal';
  await markDone(deps, portalId, events, reason);
  const types = events.map(({ subscriptionType }) => subscriptionType).join();
  deps.log.warn({ portalId, reason, types }, 'a webhook event could not be followed');
}

function markDone(
  deps: Deps,
  portalId: PortalId,
  events: readonly WebhookEvent[],
  reason: string | null,
): Promise<void> {
  const keys = events.map(({ dedupeKey }) => dedupeKey);
  return deps.store.inTenant(portalId, (scope) =>
    deps.store.inbox.done(scope, keys, deps.clock.now(), reason),
  );
}

function idsOf<Id extends string>(events: readonly WebhookEvent[], objectType: 'company' | 'task'): Id[] {
  const ids = events
    .filter((event) => event.objectType === objectType)
    .flatMap(({ objectId, mergedInto }) => [objectId, mergedInto]);
  return [...new Set(ids.filter((id): id is Id => id !== null))];
}

async function eraseContacts(deps: Deps, portalId: PortalId, events: readonly WebhookEvent[]): Promise<void> {
  const erased = events.filter(({ subscriptionType }) => subscriptionType === 'contact.privacyDeletion');
  if (erased.length === 0) return;
  await deps.store.inTenant(portalId, async (scope) => {
    for (const { objectId } of erased)
      if (objectId !== null) await forgetContact(deps, scope, objectId as ContactId);
  });
  await deps.queue.wake('deliverOutbox', portalId);
}

async function rereadTasks(deps: Deps, portalId: PortalId, taskIds: readonly string[]): Promise<void> {
  const touches = await deps.store.inTenant(portalId, async (scope) => {
    const found = await inSequence(taskIds, (taskId) => deps.store.touches.findByTask(scope, taskId));
    return found.filter((touch): touch is Touch => touch?.state === 'created');
  });
  for (let from = 0; from < touches.length; from += BATCH) {
    await syncTouches(deps, portalId, touches.slice(from, from + BATCH));
  }
}
