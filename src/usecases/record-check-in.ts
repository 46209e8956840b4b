import { addDays } from '../core/cadence/calendar.ts';
import { cycleOf } from '../core/cadence/cycle.ts';
import type { Channel, CompanyId, ContactId, CycleLabel, LocalDay } from '../core/model.ts';
import { dayText } from '../core/wording.ts';
import { invalidField } from '../errors.ts';
import { savedCheckInView } from './check-in-view.ts';
import { adviceOf, adviceToKeep, type CoachingNoteInput } from './coaching-note.ts';
import { accessAsManager, type CompanyAccess } from './company-access.ts';
import { answerWithoutErased } from './erased.ts';
import { noteKey } from './forget-contact.ts';
import { recallThatCounts } from './frozen-statement.ts';
import { keepKudos, type KudosInput } from './kudos.ts';
import { listeningReason } from './listening.ts';
import { keepPreference, type PreferenceInput } from './preferences.ts';
import type { Deps, UserActor } from './ports.ts';
import type { CheckIn, NewOutboxRow, Recall, TenantScope, Touch } from './records.ts';
import { submit } from './submit.ts';
import { completeTouch, newPropertiesWrite } from './touch-outbox.ts';
import { undoUntil } from './undo-window.ts';

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
  /** Null or left out where nobody was named. */
  readonly kudos?: KudosInput | null;
  readonly preference?: PreferenceInput | null;
  /** Advice for the rep who gets the words. */
  readonly coachingNote?: CoachingNoteInput | null | undefined;
};

/** Older conversations cannot be recorded: memory of them is no longer a record. */
const OLDEST_DAYS = 14;
/** Where we only listen, no answers about the log count. */
const NOT_COMPARED = { recall: null, correction: null } as const;

/**
 * Saves what the customer said, frozen at this instant, before the log is shown to the caller.
 * @throws invalid_input (date out of range, colleague or contact unknown, too much advice), forbidden (not the caller of this
 * customer), not_found, conflict
 */
export async function recordCheckIn(deps: Deps, actor: UserActor, input: RecordCheckInInput) {
  const companyId = input.companyId as CompanyId;
  const reply = await submit(
    deps,
    actor,
    { action: 'recordCheckIn', subject: companyId },
    input,
    async (scope) => {
      const answer = await answerWithoutErased(deps, scope, input);
      const access = await accessAsManager(deps, scope, actor, companyId);
      requireRecentDay(access, input.happenedOn);
      const coachingNote = adviceToKeep(access, input.coachingNote ?? null);
      const listening = await listeningReason(deps, scope, access.person, access.company, input.happenedOn);
      const cycle = cycleOf(input.happenedOn, access.person.settings.fiscalStartMonth);
      const touch = await lockedTouch(deps, scope, companyId, cycle.label);
      const { recall, correction } =
        listening === null
          ? await recallThatCounts(deps, scope, access, cycle, answer.respondent, input.recall)
          : NOT_COMPARED;
      const checkIn = await toCheckIn(deps, scope, access, answer, {
        cycle: cycle.label,
        listening,
        recall,
        touch,
        coachingNote,
      });
      await deps.store.checkIns.add(scope, checkIn);
      await keepCorrection(deps, scope, checkIn, correction);
      await keepKudos(deps, scope, access.person, checkIn, input.kudos ?? null);
      await keepPreference(deps, scope, access.person, checkIn, answer.preference ?? null);
      if (touch !== null) await completeTouch(deps, scope, access.person, touch, undoUntil(checkIn));
      await writeToHubSpotLater(deps, scope, checkIn);
      const findingId = await openFinding(deps, scope, checkIn);
      await deps.store.drafts.remove(scope, actor.userId, companyId);
      return {
        saved: savedCheckInView(access.person, checkIn, {
          findingId,
          issueTitle: null,
          advice: adviceOf(checkIn),
          promiseIds: [],
          decideBy: null,
        }),
        listening,
      };
    },
  );
  // A wake-up costs about as much as the saving itself: none where nothing waits for the log.
  if (reply.saved.findingId !== null) await deps.queue.wake('compareCheckIns', actor.portalId);
  return reply;
}

function requireRecentDay({ person }: CompanyAccess, happenedOn: LocalDay): void {
  const oldest = addDays(person.today, -OLDEST_DAYS);
  if (happenedOn <= person.today && happenedOn >= oldest) return;
  throw invalidField(
    'happenedOn',
    'The conversation must be within the last 14 days.',
    `Choose a day from ${dayText(oldest)} to ${dayText(person.today)}.`,
  );
}

/** The touch of the conversation's quarter, locked: a task that is being made for it must not be overlooked. */
async function lockedTouch(
  deps: Deps,
  scope: TenantScope,
  companyId: CompanyId,
  cycle: CycleLabel,
): Promise<Touch | null> {
  const touch = await deps.store.touches.ofCompany(scope, companyId, cycle);
  return touch === null ? null : deps.store.touches.findForUpdate(scope, touch.touchId);
}

type Decided = Pick<CheckIn, 'cycle' | 'listening' | 'recall' | 'coachingNote'> & {
  readonly touch: Touch | null;
};

async function toCheckIn(
  deps: Deps,
  scope: TenantScope,
  { person, company }: CompanyAccess,
  input: RecordCheckInInput,
  { cycle, listening, recall, touch, coachingNote }: Decided,
): Promise<CheckIn> {
  const earlier = await deps.store.checkIns.ofCompany(scope, company.companyId, 1);
  const newest = earlier[0];
  const repToTell = company.ownerId !== null && company.ownerId !== person.owner?.ownerId;
  return {
    checkInId: deps.ids.uuid(),
    companyId: company.companyId,
    heardAtCompanyId: null,
    touchId: touch?.touchId ?? null,
    cycle,
    wave: newest === undefined ? 1 : newest.cycle === cycle ? newest.wave : newest.wave + 1,
    callerUserId: person.userId,
    respondentContactId: input.respondent.contactId as ContactId | null,
    heardAsContactId: null,
    respondentName: input.respondent.name,
    words: input.words,
    liked: input.liked,
    inConfidence: input.inConfidence,
    coachingNote,
    happenedOn: input.happenedOn,
    channel: input.channel,
    repOwnerId: company.ownerId,
    listening,
    recall,
    savedAt: person.now,
    undoneAt: null,
    releasesAt: repToTell ? undoUntil({ savedAt: person.now }) : null,
    releasedAt: null,
    seenByRepAt: null,
  };
}

/** New answers beside answers that stay, or that do not count, are a correction: kept, and able to lower a severity only. */
async function keepCorrection(
  deps: Deps,
  scope: TenantScope,
  checkIn: CheckIn,
  answered: Recall | null,
): Promise<void> {
  if (answered === null) return;
  await deps.store.checkIns.addCorrection(scope, {
    checkInId: checkIn.checkInId,
    recall: answered,
    reason: `Answered ${checkIn.recall === null ? '' : 'again '}after the log was shown.`,
    by: checkIn.callerUserId,
    at: checkIn.savedAt,
  });
}

/** One neutral note and the company's properties, once nothing can be undone any more. */
async function writeToHubSpotLater(deps: Deps, scope: TenantScope, checkIn: CheckIn): Promise<void> {
  const notBefore = undoUntil(checkIn);
  const note: NewOutboxRow = {
    outboxId: deps.ids.uuid(),
    kind: 'note',
    subject: checkIn.checkInId,
    key: noteKey(deps, checkIn.checkInId),
    payload: {},
    notBefore,
  };
  await deps.store.outbox.addMany(scope, [note, newPropertiesWrite(deps, checkIn.companyId, notBefore)]);
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
