import { bestContact } from '../core/feedback/best-contact.ts';
import { addBusinessDays } from '../core/cadence/business-days.ts';
import type { CompanyId, PortalId } from '../core/model.ts';
import type { ContactRecord } from './hubspot-port.ts';
import { describeTasks, followMergedContacts, mergedPairs } from './merged-contacts.ts';
import { loadPortal } from './person.ts';
import type { Deps } from './ports.ts';
import type { Heard, TenantScope } from './records.ts';
import { ANSWERS_LOOKED_AT } from './touch-text.ts';

/** HubSpot reads the links of at most 1,000 records in one call. */
const ROUND = 1_000;
/** Contacts older than this are read again before they are called. */
const STALE_AFTER_MS = 30 * 86_400_000;
const SOON_BUSINESS_DAYS = 3;

type Contacts = ReadonlyMap<CompanyId, readonly ContactRecord[]>;

/**
 * Reads the contacts of the companies that were asked for, a thousand a round; then the tasks that are there already learn whom to
 * ask for.
 */
export async function readContacts(deps: Deps, portalId: PortalId): Promise<void> {
  while (!deps.isStopping()) {
    const ids = await deps.store.inTenant(portalId, (scope) =>
      deps.store.companies.wantingContacts(scope, deps.clock.now(), ROUND),
    );
    if (ids.length === 0) break;
    const read = await deps.hubspot.contactsOfCompanies(portalId, ids, 'run');
    const contacts = [...read.values()].flat();
    await followMergedContacts(deps, portalId, mergedPairs(contacts.map((one) => [one.contactId, one])));
    await deps.store.inTenant(portalId, (scope) => keep(deps, scope, ids, read));
  }
  await deps.queue.wake('deliverOutbox', portalId);
}

/** Nightly: asks for contacts that were read long ago where their call is near. One statement. */
export function wantStaleContacts(deps: Deps, portalId: PortalId): Promise<void> {
  return deps.store.inTenant(portalId, async (scope) => {
    const { now, today, cal, cycle } = await loadPortal(deps, scope);
    await deps.store.companies.wantStaleContacts(scope, {
      cycle: cycle.label,
      readBefore: new Date(now.getTime() - STALE_AFTER_MS),
      dueBy: addBusinessDays(today, SOON_BUSINESS_DAYS, cal),
      at: now,
    });
  });
}

async function keep(
  deps: Deps,
  scope: TenantScope,
  ids: readonly CompanyId[],
  read: Contacts,
): Promise<void> {
  const { companies } = deps.store;
  const before = await companies.contactsOf(scope, ids);
  await companies.replaceContacts(
    scope,
    new Map(ids.map((id) => [id, read.get(id) ?? []])),
    deps.clock.now(),
  );
  // Read back: what was erased does not return with a read that began before.
  const after = await companies.contactsOf(scope, ids);
  const heard = await deps.store.checkIns.lastHeard(scope, ids, ANSWERS_LOOKED_AT);
  const changed = ids.filter((id) => whomToAsk(id, before, heard) !== whomToAsk(id, after, heard));
  await describeTasks(deps, scope, changed);
}

/** What a task says of the person to ask for, as one text to compare. */
function whomToAsk(
  id: CompanyId,
  contacts: Contacts,
  heard: ReadonlyMap<CompanyId, readonly Heard[]>,
): string {
  const earlier = (heard.get(id) ?? []).map(({ respondentContactId }) => ({
    contactId: respondentContactId,
    told: '',
  }));
  const contact = bestContact(contacts.get(id) ?? [], earlier)?.contact;
  return JSON.stringify([contact?.name, contact?.jobTitle, contact?.phone]);
}
