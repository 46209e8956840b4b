/** The seed team's portal with a part of its reps and customers: a short run needs the same story, and less of it. */
import type { PortalDocument } from '../../../sandbox/portal-document.ts';
import type { SeededPortal } from '../../../sandbox/portals/portal-truth.ts';

/**
 * Returns the portal with its manager and the first so many reps, their companies (so many of each at most), and all that hangs
 * on these.
 */
export function withFewerReps(seeded: SeededPortal, reps: number, customersPerRep = Infinity): SeededPortal {
  const { document, truth } = seeded;
  const working = document.owners.filter(({ id, archived }) => !archived && id !== truth.managerOwnerId);
  if (reps >= working.length && customersPerRep === Infinity) return seeded;
  const kept = new Set([truth.managerOwnerId, ...working.slice(0, reps).map(({ id }) => id)]);
  const companyIds = new Set(
    [...kept].flatMap((ownerId) => companiesOf(document, ownerId).slice(0, customersPerRep)),
  );
  const attached = attachedTo(document, companyIds);
  const isKept = (type: string, id: string) =>
    type === 'companies' ? companyIds.has(id) : attached.has(`${type}/${id}`);
  const objects = Object.entries(document.objects).map(([type, all]) => [
    type,
    all.filter(({ id }) => isKept(type, id)),
  ]);
  return {
    document: {
      ...document,
      owners: document.owners.filter(({ id }) => kept.has(id)),
      objects: Object.fromEntries(objects) as PortalDocument['objects'],
      associations: document.associations.filter(
        ({ from, to }) => isKept(from.type, from.id) && isKept(to.type, to.id),
      ),
    },
    truth: { ...truth, accounts: truth.accounts.filter(({ companyId }) => companyIds.has(companyId)) },
  };
}

function companiesOf({ objects }: PortalDocument, ownerId: string): string[] {
  const companies = objects['companies'] ?? [];
  return companies.filter(({ properties }) => properties['hubspot_owner_id'] === ownerId).map(({ id }) => id);
}

/** Contacts of the companies, and activities of either: two steps reach all of them. */
function attachedTo({ associations }: PortalDocument, companyIds: ReadonlySet<string>): Set<string> {
  const found = new Set([...companyIds].map((id) => `companies/${id}`));
  for (let step = 0; step < 2; step += 1)
    for (const { from, to } of associations)
      if (found.has(`${to.type}/${to.id}`)) found.add(`${from.type}/${from.id}`);
  return found;
}
