import type { CompanyId, PortalId } from '../core/model.ts';
import { normalizeZone } from '../core/cadence/calendar.ts';
import { followCompanies } from './follow-companies.ts';
import type { CompanyRecord } from './hubspot-port.ts';
import { loadPortal } from './person.ts';
import type { Deps } from './ports.ts';

const DRAFT_LIFETIME_MS = 30 * 86_400_000;
const UNSEEN_BATCH = 100;

/**
 * Reads the account again: zone, owners, and every customer company page by page. The place reached is stored with each
 * page, so that a read goes on where it was cut off. Reads only.
 */
export async function refreshPortal(deps: Deps, portalId: PortalId): Promise<void> {
  const cursor = await beginRead(deps, portalId);
  for await (const page of deps.hubspot.companyPages(portalId, cursor.stages, cursor.afterId)) {
    const changed = await keepUnchanged(deps, portalId, page.companies);
    await followCompanies(deps, portalId, changed);
    await deps.store.inTenant(portalId, (scope) =>
      deps.store.portals.update(scope, { readCursor: page.nextAfterId }),
    );
  }
  await followUnseen(deps, portalId, cursor.startedAt);
  await deps.store.inTenant(portalId, async (scope) => {
    await deps.store.portals.update(scope, { companiesReadAt: deps.clock.now(), readCursor: null });
    await deps.store.drafts.removeOlderThan(scope, new Date(deps.clock.now().getTime() - DRAFT_LIFETIME_MS));
  });
  await deps.queue.wake('planCycle', portalId);
}

/**
 * Stores what is new or as it was. Returns the known companies that came back or have another owner: search may lag behind, so
 * these are read again by their ids, and their touches follow.
 */
function keepUnchanged(
  deps: Deps,
  portalId: PortalId,
  read: readonly CompanyRecord[],
): Promise<readonly CompanyId[]> {
  return deps.store.inTenant(portalId, async (scope) => {
    const ids = read.map(({ companyId }) => companyId);
    const known = new Map(
      (await deps.store.companies.findMany(scope, ids)).map((company) => [company.companyId, company]),
    );
    const isChanged = ({ companyId, ownerId }: CompanyRecord) => {
      const before = known.get(companyId);
      return before !== undefined && (!before.inScope || before.ownerId !== ownerId);
    };
    const unchanged = read.filter((company) => !isChanged(company));
    await deps.store.companies.upsertRead(scope, unchanged, deps.clock.now());
    return read.filter(isChanged).map(({ companyId }) => companyId);
  });
}

/** Companies that the whole read did not meet: each is asked for by its id, and leaves where HubSpot says so. */
async function followUnseen(deps: Deps, portalId: PortalId, startedAt: Date): Promise<void> {
  for (;;) {
    const unseen = await deps.store.inTenant(portalId, (scope) =>
      deps.store.companies.unseenSince(scope, startedAt, UNSEEN_BATCH),
    );
    await followCompanies(deps, portalId, unseen);
    if (unseen.length < UNSEEN_BATCH) return;
  }
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
