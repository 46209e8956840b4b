import { addDays } from '../core/cadence/calendar.ts';
import { cycleOf } from '../core/cadence/cycle.ts';
import type { Channel, CompanyId, ContactId, ListeningReason, LocalDay } from '../core/model.ts';
import { AppError } from '../errors.ts';
import { savedCheckInView } from './check-in-view.ts';
import { accessAsManager, type CompanyAccess } from './company-access.ts';
import { listeningReason } from './listening.ts';
import type { Deps, UserActor } from './ports.ts';
import type { CheckIn, Recall, TenantScope, Touch } from './records.ts';
import { submit } from './submit.ts';
import { completeTouch } from './touch-outbox.ts';

export type RecordCheckInInput = {
  readonly submissionId: string;
  readonly companyId: string;
  readonly respondent: { readonly contactId: string | null; readonly name: string };
  readonly words: string;
  readonly liked: string | null;
  readonly inConfidence: string | null;
  readonly happenedOn: LocalDay;
  readonly channel: Channel;
  readonly recall: Recall | null;
};

/** Until then nothing has left the app and the manager may undo. */
export const UNDO_MINUTES = 15;
/** More than anyone undoes of one customer in a quarter: a save undone unseen must not hide an earlier one that was seen. */
const UNDONE_LOOKED_AT = 50;
/** Older conversations cannot be recorded: memory of them is no longer a record. */
const OLDEST_DAYS = 14;

/**
 * Saves what the customer said, frozen at this instant, before the log is shown to the caller.
 * @throws invalid_input (date out of range), forbidden (not the caller of this customer), not_found, conflict
 */
export async function recordCheckIn(deps: Deps, actor: UserActor, input: RecordCheckInInput) {
  const companyId = input.companyId as CompanyId;
  const reply = await submit(
    deps,
    actor,
    { action: 'recordCheckIn', subject: companyId },
    input,
    async (scope) => {
      const access = await accessAsManager(deps, scope, actor, companyId);
      requireRecentDay(access, input.happenedOn);
      const listening = await listeningReason(deps, scope, access.person, access.company, input.happenedOn);
      const touch = await deps.store.touches.ofCompany(scope, companyId, cycleOf(access.person.today).label);
      const checkIn = await toCheckIn(deps, scope, access, input, listening, touch);
      await deps.store.checkIns.add(scope, checkIn);
      await keepFrozenStatement(deps, scope, checkIn, input.recall);
      if (touch !== null) await completeTouch(deps, scope, access.person, touch, undoUntil(checkIn));
      await writeToHubSpotLater(deps, scope, checkIn);
      const findingId = await openFinding(deps, scope, checkIn);
      await deps.store.drafts.remove(scope, actor.userId, companyId);
      return { saved: savedCheckInView(access.person, checkIn, { findingId, issueTitle: null }), listening };
    },
  );
  await deps.queue.wake('compareCheckIns', actor.portalId);
  return reply;
}

function requireRecentDay({ person }: CompanyAccess, happenedOn: LocalDay): void {
  const oldest = addDays(person.today, -OLDEST_DAYS);
  if (happenedOn <= person.today && happenedOn >= oldest) return;
  throw new AppError('invalid_input', 'happenedOn: the conversation must be within the last 14 days.', {
    hint: `Choose a day from ${oldest} to ${person.today}.`,
  });
}

async function toCheckIn(
  deps: Deps,
  scope: TenantScope,
  { person, company }: CompanyAccess,
  input: RecordCheckInInput,
  listening: ListeningReason | null,
  touch: Touch | null,
): Promise<CheckIn> {
  const cycle = cycleOf(person.today).label;
  const earlier = await deps.store.checkIns.ofCompany(scope, company.companyId, 1);
  const newest = earlier[0];
  const repToTell = company.ownerId !== null && company.ownerId !== person.owner?.ownerId;
  const frozen = await frozenRecall(deps, scope, person.userId, company.companyId, cycle);
  return {
    checkInId: deps.ids.uuid(),
    companyId: company.companyId,
    touchId: touch?.touchId ?? null,
    cycle,
    wave: newest === undefined ? 1 : newest.cycle === cycle ? newest.wave : newest.wave + 1,
    callerUserId: person.userId,
    respondentContactId: input.respondent.contactId as ContactId | null,
    respondentName: input.respondent.name,
    words: input.words,
    liked: input.liked,
    inConfidence: input.inConfidence,
    happenedOn: input.happenedOn,
    channel: input.channel,
    repOwnerId: company.ownerId,
    listening,
    recall: listening === null ? (frozen ?? input.recall) : null,
    savedAt: person.now,
    undoneAt: null,
    releasesAt: repToTell ? new Date(person.now.getTime() + UNDO_MINUTES * 60_000) : null,
    releasedAt: null,
    seenByRepAt: null,
  };
}

/**
 * The statement of a check-in that was undone after the log had been shown, whatever was saved and undone since. Undo gives the words back, but the facts stay
 * as they were: otherwise the caller could answer again with the log in view.
 */
async function frozenRecall(
  deps: Deps,
  scope: TenantScope,
  userId: UserActor['userId'],
  companyId: CompanyId,
  cycle: string,
): Promise<Recall | null> {
  const undone = await deps.store.checkIns.undoneOf(scope, companyId, userId, UNDONE_LOOKED_AT);
  for (const { checkInId, cycle: savedIn, recall } of undone) {
    if (savedIn !== cycle || recall === null) continue;
    const finding = await deps.store.findings.ofCheckIn(scope, checkInId);
    if (finding !== null && finding.result !== null) return recall;
  }
  return null;
}

/** New answers beside a frozen statement are a correction: kept, and able to lower a severity only. */
async function keepFrozenStatement(
  deps: Deps,
  scope: TenantScope,
  checkIn: CheckIn,
  answered: Recall | null,
): Promise<void> {
  const isFrozen = checkIn.recall !== null && answered !== null && checkIn.recall !== answered;
  if (!isFrozen) return;
  await deps.store.checkIns.addCorrection(scope, {
    checkInId: checkIn.checkInId,
    recall: answered,
    reason: 'Saved again after an undo.',
    by: checkIn.callerUserId,
    at: checkIn.savedAt,
  });
}

/** One neutral note and the company's properties, once nothing can be undone any more. */
async function writeToHubSpotLater(deps: Deps, scope: TenantScope, checkIn: CheckIn): Promise<void> {
  const notBefore = undoUntil(checkIn);
  await deps.store.outbox.add(scope, {
    outboxId: deps.ids.uuid(),
    kind: 'note',
    subject: checkIn.checkInId,
    key: deps.ids.sha256(`note:${checkIn.checkInId}`).slice(0, 26),
    payload: {},
    notBefore,
  });
  await deps.store.outbox.add(scope, {
    outboxId: deps.ids.uuid(),
    kind: 'companyProperties',
    subject: checkIn.companyId,
    key: `properties:${checkIn.companyId}`,
    payload: {},
    notBefore,
  });
}

async function openFinding(deps: Deps, scope: TenantScope, checkIn: CheckIn): Promise<string | null> {
  if (checkIn.listening !== null || checkIn.repOwnerId === null) return null;
  const findingId = deps.ids.uuid();
  await deps.store.findings.add(scope, {
    findingId,
    checkInId: checkIn.checkInId,
    companyId: checkIn.companyId,
    repOwnerId: checkIn.repOwnerId,
    callerUserId: checkIn.callerUserId,
    nextTryAt: checkIn.savedAt,
  });
  return findingId;
}

export function undoUntil(checkIn: Pick<CheckIn, 'savedAt'>): Date {
  return new Date(checkIn.savedAt.getTime() + UNDO_MINUTES * 60_000);
}
