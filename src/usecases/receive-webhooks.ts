import type { ContactId, PortalId } from '../core/model.ts';
import { forgetContact } from './forget-contact.ts';
import type { Deps } from './ports.ts';
import type { TenantScope, WebhookEvent } from './records.ts';
import { forgetToldMerges } from './told-merges.ts';

/** Why an event of an account that is not connected was kept without effect. */
export const NOT_CONNECTED = 'notConnected';
/** HubSpot sends an event again for a day at most; after a month nobody asks what became of it. */
export const EVENT_LIFETIME_MS = 30 * 86_400_000;

/**
 * Keeps webhook events before anything else happens with them; work follows later. Duplicates are recognized by what they
 * say. Events of accounts that are not connected are kept without effect, so that HubSpot does not send them again.
 */
export async function receiveWebhooks(
  deps: Deps,
  events: readonly (WebhookEvent & { readonly portalId: PortalId })[],
): Promise<{ accepted: number }> {
  const byPortal = new Map<PortalId, WebhookEvent[]>();
  for (const { portalId, ...event } of events)
    byPortal.set(portalId, [...(byPortal.get(portalId) ?? []), event]);
  let accepted = 0;
  for (const [portalId, portalEvents] of byPortal) {
    const added = await deps.store.inTenant(portalId, (scope) => keep(deps, scope, portalEvents));
    if (added > 0) await deps.queue.wake('processInbox', portalId);
    accepted += added;
  }
  return { accepted };
}

/** Returns how many are new and to be worked through. */
async function keep(deps: Deps, scope: TenantScope, events: readonly WebhookEvent[]): Promise<number> {
  const portal = await deps.store.portals.find(scope);
  if (portal?.status === 'installed') return deps.store.inbox.add(scope, events, deps.clock.now());
  await setAside(deps, scope, events);
  if (portal !== null) await eraseAtOnce(deps, scope, events);
  return 0;
}

/** Without the changed value: nobody needs it any more. */
async function setAside(deps: Deps, scope: TenantScope, events: readonly WebhookEvent[]): Promise<void> {
  const now = deps.clock.now();
  await deps.store.inbox.removeOlderThan(scope, new Date(now.getTime() - EVENT_LIFETIME_MS));
  const bare = events.map((event) => ({ ...event, propertyValue: null }));
  await deps.store.inbox.addAside(scope, bare, now, NOT_CONNECTED);
  const told = { portalId: scope.portalId, events: events.length };
  deps.log.info(told, 'webhook events of an account that is not connected have no effect');
}

/** A deletion of personal data counts for what is still stored of a disconnected account, too. */
async function eraseAtOnce(deps: Deps, scope: TenantScope, events: readonly WebhookEvent[]): Promise<void> {
  for (const { subscriptionType, objectId } of events)
    if (subscriptionType === 'contact.privacyDeletion' && objectId !== null)
      await forgetContact(deps, scope, objectId as ContactId);
  await forgetToldMerges(deps, scope, events);
}
