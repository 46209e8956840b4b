import type { ComparisonContext } from '../core/comparison/evidence.ts';
import type { Flag, Statement } from '../core/comparison/statement.ts';
import { loadGates } from './gate-of-rep.ts';
import { ownerByUser, type PortalContext } from './person.ts';
import type { Deps } from './ports.ts';
import type { CheckIn, Recall, TenantScope } from './records.ts';

/** What portal and people tell about a log: zones, who is who, trusted sources, when each rep's gate opened. */
export async function comparisonContext(
  deps: Deps,
  scope: TenantScope,
  context: PortalContext,
  checkIn: CheckIn,
  asOf: Date,
): Promise<ComparisonContext> {
  const company = await deps.store.companies.find(scope, checkIn.companyId);
  const contacts = await deps.store.companies.contacts(scope, checkIn.companyId);
  const respondent = contacts.find(({ contactId }) => contactId === checkIn.respondentContactId);
  const reps = context.owners.filter(({ userId }) => userId !== null);
  const managers = managerUserIds(context);
  const { gateOf } = await loadGates(deps, scope, context);
  return {
    factsSavedAt: asOf.toISOString(),
    heldOn: checkIn.happenedOn,
    portalTimeZone: context.portal.timeZone,
    timeZone: respondent?.timeZone ?? company?.timeZone ?? context.portal.timeZone,
    respondentContactId: checkIn.respondentContactId,
    userIdByOwnerId: Object.fromEntries(reps.map(({ ownerId, userId }) => [ownerId, String(userId)])),
    trustedSources: context.settings.trustedSources.map(({ label, detail }) => ({
      label,
      detail: detail === '' ? null : detail,
    })),
    customDispositions: customDispositions(context),
    gateOpensOnByOwnerId: Object.fromEntries(reps.map(({ ownerId }) => [ownerId, gateOf(ownerId).opensOn])),
    managerOwnerIds: managers.flatMap((userId) => ownerByUser(context, userId)?.ownerId ?? []),
    managerUserIds: managers.map(String),
    supportingChanges: [],
    burstActivityIds: [],
  };
}

/** Whoever makes check-in calls: their own activities are never claims. */
function managerUserIds(context: PortalContext) {
  const named = context.settings.managers.map(({ managerUserId }) => managerUserId);
  return [
    ...new Set<number>([context.portal.installedByUserId, ...named]),
  ] as (typeof context.portal.installedByUserId)[];
}

function customDispositions(context: PortalContext) {
  const mapped = Object.entries(context.settings.dispositionMeanings).flatMap(([id, meaning]) => {
    if (meaning === 'open') return [];
    return [[id, meaning === 'live' ? ('reached' as const) : ('attempt' as const)] as const];
  });
  return Object.fromEntries(mapped);
}

/** The coded facts of one respondent. */
export function statementOf(recall: Recall | null, spokeBefore: boolean): Statement {
  const marks: [Flag, boolean][] = [
    ['unsure', recall?.unsure ?? false],
    ['colleague', recall?.colleague ?? false],
    ['named', recall?.named ?? false],
    ['stale', recall?.stale ?? false],
    ['spokeBefore', spokeBefore],
  ];
  return {
    recency: recall?.recency ?? null,
    count: recall?.count ?? null,
    flags: marks.filter(([, isSet]) => isSet).map(([flag]) => flag),
  };
}
