import type { PortalId } from '../core/model.ts';
import type { Deps } from './ports.ts';

const BATCH = 100;

/** Reads the contacts of companies whose card was opened before any contact was known. */
export async function readContacts(deps: Deps, portalId: PortalId): Promise<void> {
  for (;;) {
    const ids = await deps.store.inTenant(portalId, (scope) =>
      deps.store.companies.wantingContacts(scope, BATCH),
    );
    if (ids.length === 0) return;
    const contacts = await deps.hubspot.contactsOfCompanies(portalId, ids);
    const complete = new Map(ids.map((id) => [id, contacts.get(id) ?? []]));
    await deps.store.inTenant(portalId, (scope) =>
      deps.store.companies.replaceContacts(scope, complete, deps.clock.now()),
    );
  }
}
