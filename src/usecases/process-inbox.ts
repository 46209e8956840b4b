import type { CompanyId, ContactId, PortalId } from '../core/model.ts';
import { hasCode } from '../errors.ts';
import { followCompanies } from './follow-companies.ts';
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
  for (;;) {
    const events = await deps.store.inTenant(portalId, (scope) => deps.store.inbox.take(scope, BATCH));
    if (events.length === 0) return;
    await eraseContacts(deps, portalId, events);
    await workThrough(deps, portalId, events);
  }
}

/** One read for all of them; where HubSpot refuses it, one for each, so that a single bad event holds up no other. */
async function workThrough(deps: Deps, portalId: PortalId, events: readonly WebhookEvent[]): Promise<void> {
  try {
    await followCompanies(deps, portalId, idsOf<CompanyId>(events, 'company'));
    await rereadTasks(deps, portalId, idsOf<string>(events, 'task'));
  } catch (error) {
    if (!hasCode(error, 'hubspot_rejected', 'not_found', 'invalid_input')) throw error;
    if (events.length > 1) for (const event of events) await workThrough(deps, portalId, [event]);
    else await markDone(deps, portalId, events, error.code);
    return;
  }
  await markDone(deps, portalId, events, null);
}

async function markDone(
  deps: Deps,
  portalId: PortalId,
  events: readonly WebhookEvent[],
  reason: string | null,
): Promise<void> {
  const keys = events.map(({ dedupeKey }) => dedupeKey);
  await deps.store.inTenant(portalId, (scope) =>
    deps.store.inbox.done(scope, keys, deps.clock.now(), reason),
  );
  if (reason !== null) deps.log.warn({ portalId, reason }, 'a webhook event could not be followed');
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
    for (const { objectId } of erased) {
      if (objectId !== null)
        await deps.store.companies.eraseContact(scope, objectId as ContactId, deps.clock.now());
    }
  });
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
