import type { CompanyId, PortalId } from '../core/model.ts';
import { normalizeZone } from '../core/cadence/calendar.ts';
import { loadPortal } from './person.ts';
import type { Deps } from './ports.ts';

const DRAFT_LIFETIME_MS = 30 * 86_400_000;

/**
 * Reads the account again: zone, owners, and every customer company page by page. The place reached is stored with each
 * page, so that a read goes on where it was cut off. Reads only.
 */
export async function refreshPortal(deps: Deps, portalId: PortalId): Promise<void> {
  const cursor = await beginRead(deps, portalId);
  let afterId = cursor.afterId;
  for (;;) {
    const page = await deps.hubspot.companiesPage(portalId, cursor.stages, afterId);
    await deps.store.inTenant(portalId, async (scope) => {
      await deps.store.companies.upsertRead(scope, page.companies, deps.clock.now());
      await deps.store.portals.update(scope, { readCursor: page.nextAfterId });
    });
    if (page.nextAfterId === null) break;
    afterId = page.nextAfterId;
  }
  await deps.store.inTenant(portalId, async (scope) => {
    await deps.store.companies.leaveScopeUnseenSince(scope, cursor.startedAt);
    await deps.store.portals.update(scope, { companiesReadAt: deps.clock.now(), readCursor: null });
    await deps.store.drafts.removeOlderThan(scope, new Date(deps.clock.now().getTime() - DRAFT_LIFETIME_MS));
  });
  await deps.queue.wake('planCycle', portalId);
}

type Read = {
  readonly afterId: CompanyId | null;
  readonly stages: readonly string[];
  readonly startedAt: Date;
};

/** A read that is under way is resumed; else people and zone are read first. */
async function beginRead(deps: Deps, portalId: PortalId): Promise<Read> {
  const { portal, settings, now } = await deps.store.inTenant(portalId, (scope) => loadPortal(deps, scope));
  if (portal.readCursor !== null && portal.readStartedAt !== null) {
    return { afterId: portal.readCursor, stages: settings.lifecycleStages, startedAt: portal.readStartedAt };
  }
  const account = await deps.hubspot.accountDetails(portalId);
  const owners = await deps.hubspot.owners(portalId);
  const dispositions = await deps.hubspot.callDispositions(portalId);
  await deps.store.inTenant(portalId, async (scope) => {
    await deps.store.people.replaceOwners(scope, owners);
    await deps.store.portals.update(scope, {
      timeZone: normalizeZone(account.timeZone, 'UTC'),
      uiDomain: account.uiDomain,
      callDispositions: Object.fromEntries(dispositions),
      readStartedAt: now,
    });
  });
  return { afterId: null, stages: settings.lifecycleStages, startedAt: now };
}
