import type { ContactId, PortalId } from '../core/model.ts';
import { followMergedContacts, forgetErased, mergedPairs, type MergedPair } from './merged-contacts.ts';
import type { Deps } from './ports.ts';
import type { TenantScope, WebhookEvent } from './records.ts';

/** Whether an event tells of contacts that HubSpot merged. */
export function isContactMerge({ subscriptionType, objectType }: WebhookEvent): boolean {
  return objectType === 'contact' && subscriptionType.endsWith('.merge');
}

/**
 * Merges of contacts that events tell of. HubSpot is asked about those alone of whom anything is stored: an account may merge
 * thousands. What it says now counts; of those it knows no more, the event.
 */
export async function followToldMerges(
  deps: Deps,
  portalId: PortalId,
  events: readonly WebhookEvent[],
): Promise<void> {
  if (events.length === 0) return;
  const told = toldPairs(events);
  const ids = [...new Set([...told.flat(), ...objectIds(events)])];
  const { isAnyForgotten, known, now } = await deps.store.inTenant(portalId, async (scope) => {
    const left = await forgetErased(deps, scope, told);
    return {
      isAnyForgotten: left.length < told.length,
      known: await deps.store.companies.knownContacts(scope, ids),
      now: await deps.store.companies.contactsNow(scope, ids),
    };
  });
  if (isAnyForgotten) await deps.queue.wake('deliverOutbox', portalId);
  if (known.size === 0) return;
  const read = await deps.hubspot.contactsById(portalId, [...known]);
  const last = lastIds(told.map(([from, into]) => [from, now.get(into) ?? into]));
  const gone = last.filter(([from]) => known.has(from) && !read.has(from));
  await followMergedContacts(deps, portalId, [...mergedPairs(read), ...gone]);
}

/** Forgets under every id who was erased under one that these events tell of. */
export async function forgetToldMerges(
  deps: Deps,
  scope: TenantScope,
  events: readonly WebhookEvent[],
): Promise<void> {
  await forgetErased(deps, scope, toldPairs(events.filter(isContactMerge)));
}

function objectIds(events: readonly WebhookEvent[]): readonly ContactId[] {
  return events.flatMap(({ objectId }) => (objectId === null ? [] : [objectId as ContactId]));
}

function toldPairs(events: readonly WebhookEvent[]): readonly MergedPair[] {
  return events.flatMap(({ objectId, mergedInto }): MergedPair[] =>
    objectId === null || mergedInto === null || objectId === mergedInto
      ? []
      : [[objectId as ContactId, mergedInto as ContactId]],
  );
}

/** Each with the id that it has after all of these merges. */
function lastIds(pairs: readonly MergedPair[]): readonly MergedPair[] {
  const next = new Map(pairs);
  return pairs.map(([from]) => {
    const seen = new Set([from]);
    let last = from;
    for (let id = next.get(from); id !== undefined && !seen.has(id); id = next.get(id)) {
      seen.add(id);
      last = id;
    }
    return [from, last];
  });
}
