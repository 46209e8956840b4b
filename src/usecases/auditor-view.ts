import { askAuditorText } from '../core/finding-wording.ts';
import { localDayOf } from '../core/cadence/calendar.ts';
import { asUserId, type UserId } from '../core/model.ts';
import { isApart } from '../core/feedback/roles.ts';
import type { FindingRow, Reply } from './finding-records.ts';
import { loadPerson, ownerByUser, type Person } from './person.ts';
import type { Deps } from './ports.ts';
import type { TenantScope } from './records.ts';

/** So much of a finding's random id tells cases apart, and can be said over the phone. */
const CASE_ID_LENGTH = 8;

/** Whom a rep can turn to whose reply was not accepted, and by what the auditor finds the case. Null where nothing was refused. */
export async function auditorView(
  deps: Deps,
  scope: TenantScope,
  person: Person,
  { findingId }: FindingRow,
  replies: readonly Reply[],
) {
  if (!isAnyRefused(replies)) return null;
  const auditorUserId = await auditorOf(deps, scope, person);
  const askedAt = await deps.store.exports.askedAuditorAt(scope, findingId);
  return {
    text: askAuditorText({
      isNamed: auditorUserId !== null,
      name: auditorUserId === null ? null : (ownerByUser(person, auditorUserId)?.name ?? null),
      caseId: findingId.slice(0, CASE_ID_LENGTH),
      askedOn: askedAt === null ? null : localDayOf(askedAt, person.portal.timeZone),
    }),
    canAsk: auditorUserId !== null && askedAt === null,
  };
}

/**
 * The auditor whom the settings name; null where that is nobody, or somebody who became a manager, rep or admin since: such a one could
 * read no case.
 */
export async function auditorOf(deps: Deps, scope: TenantScope, person: Person): Promise<UserId | null> {
  const { auditorUserId } = person.settings;
  if (auditorUserId === null) return null;
  const userId = asUserId(auditorUserId);
  const { roles } = await loadPerson(deps, scope, { userId });
  return isApart(roles) ? userId : null;
}

/** True where a manager did not accept a reply. */
export const isAnyRefused = (replies: readonly Reply[]): boolean =>
  replies.some(({ state }) => state === 'refused');
