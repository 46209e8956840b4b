import type { CompanyId, ContactId, PortalId } from '../core/model.ts';
import { auditJob } from './audit-jobs.ts';
import { forgetContact } from './forget-contact.ts';
import type { ContactRecord } from './hubspot-port.ts';
import { loadPortal } from './person.ts';
import type { Deps } from './ports.ts';
import type { TenantScope } from './records.ts';
import { mayHaveTask, newTaskWrite } from './touch-outbox.ts';
import { weighCompanies } from './weigh-again.ts';

/** So many pairs a transaction: their companies' findings are locked to its end, and people wait for them. */
const PAIRS_AT_ONCE = 50;

/** Who became whom: `[the id of before, the id of now]`. */
export type MergedPair = readonly [from: ContactId, into: ContactId];

/** What HubSpot says of contacts that became one, in what was read of them by whichever id. */
export function mergedPairs(
  read: Iterable<readonly [askedFor: ContactId, record: ContactRecord]>,
): readonly MergedPair[] {
  const pairs = new Map<ContactId, ContactId>();
  for (const [askedFor, { contactId, mergedIds = [] }] of read) {
    for (const from of [askedFor, ...mergedIds]) if (from !== contactId) pairs.set(from, contactId);
  }
  return [...pairs];
}

/**
 * Contacts that HubSpot merged into others: what they said and wished belongs to the one that stays, whoever asked not to be called
 * above all, and two answers of theirs are no longer those of two people. What rested on that is weighed again, and the tasks that
 * are there learn whom to ask for. In transactions of its own; harmless when repeated.
 */
export async function followMergedContacts(
  deps: Deps,
  portalId: PortalId,
  pairs: readonly MergedPair[],
): Promise<void> {
  let isAnyKnown = false;
  for (let from = 0; from < pairs.length; from += PAIRS_AT_ONCE) {
    const some = pairs.slice(from, from + PAIRS_AT_ONCE);
    if (await deps.store.inTenant(portalId, (scope) => follow(deps, scope, some))) isAnyKnown = true;
  }
  if (isAnyKnown) await deps.queue.wake('deliverOutbox', portalId);
}

async function follow(deps: Deps, scope: TenantScope, told: readonly MergedPair[]): Promise<boolean> {
  const { companies, findings } = deps.store;
  const pairs = await forgetErased(deps, scope, told);
  const known = await companies.knownContacts(
    scope,
    pairs.map(([from]) => from),
  );
  if (known.size === 0) return pairs.length < told.length;
  const concerned = await companies.companiesOfContacts(scope, [...known]);
  await findings.lockCompanies(scope, concerned);
  for (const [from, into] of pairs) if (known.has(from)) await companies.mergeContact(scope, from, into);
  const deeds = await weighCompanies(deps, scope, await loadPortal(deps, scope), new Set(concerned));
  await describeTasks(deps, scope, concerned);
  await auditJob(deps, scope, 'compareCheckIns', deeds);
  return true;
}

/**
 * Who was erased under one id of a merge is erased under the other, too: a merge and a deletion may be told of in any order. Returns
 * the pairs of whom nobody is erased, and nobody is from then on until the transaction ends. To be called before any row is locked.
 * Harmless when repeated.
 */
export async function forgetErased(
  deps: Deps,
  scope: TenantScope,
  pairs: readonly MergedPair[],
): Promise<readonly MergedPair[]> {
  if (pairs.length === 0) return [];
  // Alone from the start: two that look side by side, and then want to erase, would wait for each other.
  await deps.store.companies.lockPeople(scope);
  const now = await deps.store.companies.contactsNow(scope, [...new Set(pairs.flat())]);
  const isErased = (pair: MergedPair) => pair.some((id) => now.get(id) === null);
  for (const contactId of new Set(pairs.filter(isErased).flat())) await forgetContact(deps, scope, contactId);
  return pairs.filter((pair) => !isErased(pair));
}

/** The tasks of these companies that are still to be done, or may be there, get their text anew. */
export async function describeTasks(
  deps: Deps,
  scope: TenantScope,
  ids: readonly CompanyId[],
): Promise<void> {
  const touches = await deps.store.touches.openOf(scope, ids);
  const writes = touches
    .filter(mayHaveTask)
    .map((touch) => newTaskWrite(deps, 'describeTask', touch, {}, deps.clock.now()));
  await deps.store.outbox.addMany(scope, writes);
}
