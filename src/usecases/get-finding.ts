import { canSeeFinding, findingPhase, type FindingPhase } from '../core/feedback/visibility.ts';
import { auditReads } from './audit-reads.ts';
import { findingView, isWindowOpen } from './finding-view.ts';
import { calendarOfRep } from './leave.ts';
import { loadPerson, managerOfRep, notFound, type Person } from './person.ts';
import type { Deps, UserActor } from './ports.ts';
import type { CheckIn, TenantScope } from './records.ts';
import type { FindingRow } from './finding-records.ts';

/** One finding, for those who may see it now. Throws not_found for everyone else, as for one that does not exist. */
export function getFinding(deps: Deps, actor: UserActor, findingId: string) {
  return deps.store.inTenant(actor.portalId, async (scope) => {
    const { person, row } = await accessFinding(deps, scope, actor, findingId);
    const finding = await findingView(deps, scope, person, row);
    await auditReads(deps, scope, person, [finding], actor.requestId);
    return { finding };
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
  if (row === null || checkIn === null) throw notFound();
  if (!(await maySee(deps, scope, person, row, checkIn))) throw notFound();
  return { person, row, checkIn };
}

/** The window that was promised holds, and so do today's setting and the rep's leave: whichever ends later. */
async function phaseOf(
  deps: Deps,
  scope: TenantScope,
  person: Person,
  row: FindingRow,
): Promise<FindingPhase> {
  if (isWindowOpen(person, row)) return 'windowOpen';
  const noticedOn = row.noticedOn ?? person.today;
  return findingPhase({
    noticedOn,
    windowBusinessDays: person.settings.replyWindowBusinessDays,
    today: person.today,
    cal: await calendarOfRep(deps, scope, person, row.repOwnerId, noticedOn),
  });
}

async function maySee(
  deps: Deps,
  scope: TenantScope,
  person: Person,
  row: FindingRow,
  checkIn: CheckIn,
): Promise<boolean> {
  const isRepOfRecord = person.owner?.ownerId === row.repOwnerId;
  const isCallingManager = row.callerUserId === person.userId;
  // Nobody was told of a conversation that was taken back: only its caller has seen what was found.
  if (checkIn.undoneAt !== null && !isCallingManager) return false;
  if (isRepOfRecord && !isCallingManager && checkIn.releasedAt === null) return false;
  return canSeeFinding({
    severity: row.result?.severity ?? 0,
    state: await phaseOf(deps, scope, person, row),
    viewer: {
      isRepOfRecord,
      isCallingManager,
      isManagerOfRep: person.userId === managerOfRep(person, row.repOwnerId),
    },
  });
}
