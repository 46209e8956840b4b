import type { PortalId } from '../core/model.ts';
import type { Deps } from './ports.ts';
import type { WebhookEvent } from './records.ts';

/**
 * Keeps webhook events before anything else happens with them; work follows later. Duplicates are recognized by what they
 * say. Events of portals we do not know are accepted and dropped, so that HubSpot does not send them again.
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
    accepted += await deps.store.inTenant(portalId, async (scope) => {
      const portal = await deps.store.portals.find(scope);
      if (portal?.status !== 'installed') return 0;
      return deps.store.inbox.add(scope, portalEvents, deps.clock.now());
    });
    await deps.queue.wake('processInbox', portalId);
  }
  return { accepted };
}
