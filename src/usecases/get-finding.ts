import { canSeeFinding, findingPhase, type FindingPhase } from '../core/feedback/visibility.ts';
import { managerOf } from '../core/feedback/roles.ts';
import { findingView, isWindowOpen } from './finding-view.ts';
import { loadPerson, notFound, type Person } from './person.ts';
import type { Deps, UserActor } from './ports.ts';
import type { CheckIn, FindingRow, TenantScope } from './records.ts';

/** One finding, for those who may see it now. Throws not_found for everyone else, as for one that does not exist. */
export function getFinding(deps: Deps, actor: UserActor, findingId: string) {
  return deps.store.inTenant(actor.portalId, async (scope) => {
    const { person, row } = await accessFinding(deps, scope, actor, findingId);
    return { finding: await findingView(deps, scope, person, row) };
  });
}

export type FindingAccess = { readonly person: Person; readonly row: FindingRow; readonly checkIn: CheckIn };

/** Loads a finding that the actor may see. Throws not_found, not_installed. */
export async function accessFinding(
  deps: Deps,
  scope: TenantScope,
  actor: UserActor,
  findingId: string,
): Promise<FindingAccess> {
  const person = await loadPerson(deps, scope, actor);
  const row = await deps.store.findings.find(scope, findingId);
  const checkIn = row === null ? null : await deps.store.checkIns.find(scope, row.checkInId);
  if (row === null || checkIn === null || !maySee(person, row, checkIn)) throw notFound();
  return { person, row, checkIn };
}

/** The window that was promised holds, and so does today's setting: whichever ends later. */
function phaseOf(person: Person, row: FindingRow): FindingPhase {
  if (isWindowOpen(person, row)) return 'windowOpen';
  return findingPhase({
    noticedOn: row.noticedOn ?? person.today,
    windowBusinessDays: person.settings.replyWindowBusinessDays,
    today: person.today,
    cal: person.cal,
  });
}

function maySee(person: Person, row: FindingRow, checkIn: CheckIn): boolean {
  const isRepOfRecord = person.owner?.ownerId === row.repOwnerId;
  const isCallingManager = row.callerUserId === person.userId;
  if (isRepOfRecord && !isCallingManager && checkIn.releasedAt === null) return false;
  return canSeeFinding({
    severity: row.result?.severity ?? 0,
    state: phaseOf(person, row),
    viewer: {
      isRepOfRecord,
      isCallingManager,
      isManagerOfRep:
        person.userId ===
        managerOf(row.repOwnerId, {
          owners: person.owners,
          settings: person.settings,
          installedByUserId: person.portal.installedByUserId,
        }),
    },
  });
}
