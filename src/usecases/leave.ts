import {
  businessDaysBetween,
  lastDayOfWindow,
  type BusinessCalendar,
} from '../core/cadence/business-days.ts';
import { addDays } from '../core/cadence/calendar.ts';
import type { LocalDay, OwnerId } from '../core/model.ts';
import { invalidField } from '../errors.ts';
import type { Leave } from './leave-port.ts';
import { loadPerson, notFound, ownerById, type Person, type PortalContext } from './person.ts';
import type { Deps, UserActor } from './ports.ts';
import type { TenantScope } from './records.ts';
import { submit } from './submit.ts';

/** Leave that the decision table looks at lies within so many days before the facts. */
const LEAVE_WINDOW_DAYS = 45;
const LONGEST_LEAVE_DAYS = 366;
/** Leave that ended longer ago than this is on no page. */
const SHOWN_FOR_DAYS = 60;

/** Returns the business days of a rep's leave in the 45 days that end with the day of the facts. */
export async function leaveBusinessDays(
  deps: Deps,
  scope: TenantScope,
  { cal }: Pick<PortalContext, 'cal'>,
  ownerId: OwnerId,
  factsOn: LocalDay,
): Promise<number> {
  const from = addDays(factsOn, 1 - LEAVE_WINDOW_DAYS);
  const onLeave = isWithin(await deps.store.leaves.ofOwner(scope, ownerId, from));
  return businessDaysBetween(from, addDays(factsOn, 1), cal).filter(onLeave).length;
}

/** Returns the portal's business days from a day on, without the rep's leave: windows pause meanwhile. */
export async function calendarOfRep(
  deps: Deps,
  scope: TenantScope,
  { cal }: Pick<PortalContext, 'cal'>,
  ownerId: OwnerId,
  fromDay: LocalDay,
): Promise<BusinessCalendar> {
  const onLeave = isWithin(await deps.store.leaves.ofOwner(scope, ownerId, fromDay));
  return { isHoliday: (day) => cal.isHoliday(day) || onLeave(day) };
}

function isWithin(leaves: readonly Leave[]): (day: LocalDay) => boolean {
  return (day) => leaves.some(({ firstDay, lastDay }) => firstDay <= day && day <= lastDay);
}

export type EnterLeaveInput = {
  readonly submissionId: string;
  /** Null: one's own. */
  readonly ownerId: string | null;
  readonly firstDay: LocalDay;
  readonly lastDay: LocalDay;
};

/**
 * Enters a rep's leave: the rep's own, or anybody's by an admin. Reply windows pause meanwhile, and a log made during long leave
 * is not one rep's alone.
 * @throws forbidden, not_found (no such rep), invalid_input (days)
 */
export function enterLeave(deps: Deps, actor: UserActor, input: EnterLeaveInput) {
  return submit(
    deps,
    actor,
    { action: 'enterLeave', subject: input.ownerId ?? 'own' },
    input,
    async (scope) => {
      const person = await loadPerson(deps, scope, actor);
      const ownerId = ownerOf(person, input.ownerId);
      requireDays(input);
      const { firstDay, lastDay } = input;
      const leaveId = deps.ids.uuid();
      await deps.store.leaves.add(scope, {
        leaveId,
        ownerId,
        firstDay,
        lastDay,
        enteredBy: actor.userId,
        enteredAt: person.now,
      });
      await pauseWindows(deps, scope, person, ownerId);
      return { leave: await leaveViews(deps, scope, person) };
    },
  );
}

/** Reply windows that are open already get longer; none gets shorter. */
async function pauseWindows(deps: Deps, scope: TenantScope, person: Person, ownerId: OwnerId): Promise<void> {
  const { store } = deps;
  const open = await store.findings.windowsOpen(scope, ownerId, person.today);
  await store.findings.lockCompanies(scope, [...new Set(open.map(({ companyId }) => companyId))]);
  for (const { findingId } of open) {
    const finding = await store.findings.findForUpdate(scope, findingId);
    const { noticedOn = null, replyUntil = null } = finding ?? {};
    if (noticedOn === null || replyUntil === null) continue;
    const paused = await windowFrom(deps, scope, person, ownerId, noticedOn);
    if (paused <= replyUntil) continue;
    await store.findings.saveResult(scope, findingId, { replyUntil: paused });
  }
  for (const pattern of await store.patterns.all(scope)) {
    const { repOwnerId, noticedOn, replyUntil, patternId } = pattern;
    if (repOwnerId !== ownerId || replyUntil < person.today) continue;
    const paused = await windowFrom(deps, scope, person, ownerId, noticedOn);
    if (paused > replyUntil) await store.patterns.extendReply(scope, patternId, paused);
  }
}

async function windowFrom(
  deps: Deps,
  scope: TenantScope,
  person: Person,
  ownerId: OwnerId,
  noticedOn: LocalDay,
): Promise<LocalDay> {
  const cal = await calendarOfRep(deps, scope, person, ownerId, noticedOn);
  return lastDayOfWindow(noticedOn, person.settings.replyWindowBusinessDays, cal);
}

/** Takes leave back that was entered. Windows that were set meanwhile stay as they are. Throws forbidden, not_found. */
export function removeLeave(
  deps: Deps,
  actor: UserActor,
  leaveId: string,
  input: { readonly submissionId: string },
) {
  return submit(deps, actor, { action: 'removeLeave', subject: leaveId }, input, async (scope) => {
    const person = await loadPerson(deps, scope, actor);
    const leave = await deps.store.leaves.find(scope, leaveId);
    if (leave === null || !mayKeepFor(person, leave.ownerId)) throw notFound();
    await deps.store.leaves.remove(scope, leaveId, person.now);
    return { leave: await leaveViews(deps, scope, person) };
  });
}

/** Leave that a person may see: an admin everybody's, a rep their own. */
export async function leaveViews(deps: Deps, scope: TenantScope, person: Person) {
  const leaves = await deps.store.leaves.all(scope, addDays(person.today, -SHOWN_FOR_DAYS));
  return leaves
    .filter(({ ownerId }) => mayKeepFor(person, ownerId))
    .map(({ leaveId, ownerId, firstDay, lastDay }) => ({
      leaveId,
      ownerId: ownerId,
      name: ownerById(person, ownerId)?.name ?? 'A colleague',
      mine: ownerId === person.owner?.ownerId,
      firstDay,
      lastDay,
    }));
}

function mayKeepFor(person: Person, ownerId: OwnerId): boolean {
  return ownerId === person.owner?.ownerId || person.roles.has('admin');
}

function ownerOf(person: Person, asked: string | null): OwnerId {
  const ownerId = asked ?? person.owner?.ownerId ?? null;
  const owner = person.owners.find((one) => one.ownerId === ownerId);
  if (owner === undefined || !mayKeepFor(person, owner.ownerId)) throw notFound();
  return owner.ownerId;
}

function requireDays({ firstDay, lastDay }: EnterLeaveInput): void {
  if (lastDay < firstDay) throw invalidField('lastDay', 'The last day comes before the first.');
  if (addDays(firstDay, LONGEST_LEAVE_DAYS) < lastDay) {
    throw invalidField('lastDay', 'Leave can be a year long at most.');
  }
}
