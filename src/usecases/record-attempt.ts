import { nextTry, type NextTry } from '../core/cadence/next-try.ts';
import type { AttemptOutcome, ContactId } from '../core/model.ts';
import { AppError, invalidField } from '../errors.ts';
import { accessTouch } from './company-access.ts';
import { contactUnlessErased } from './erased.ts';
import { noteDoNotCall } from './preferences.ts';
import { wishOfNextToAsk } from './whom-to-ask.ts';
import type { Deps, UserActor } from './ports.ts';
import type { Attempt, TenantScope, Touch } from './records.ts';
import { submit } from './submit.ts';
import { addTaskWrite, dueAtOf, mayHaveTask, newPropertiesWrite } from './touch-outbox.ts';
import { touchView } from './touch-view.ts';

export type RecordAttemptInput = {
  readonly submissionId: string;
  readonly outcome: AttemptOutcome;
  readonly contactId: string | null;
};

/**
 * Records a try that reached nobody. The same task moves two business days on, to the other half of the day; after five
 * tries it closes as not reached; a customer who asked not to be called is not called again this cycle. After a wrong person
 * somebody else is asked for, on the card and in the task.
 * @throws not_found, forbidden, conflict (the touch is closed), invalid_input (somebody elsewhere asked not to be called)
 */
export function recordAttempt(deps: Deps, actor: UserActor, touchId: string, input: RecordAttemptInput) {
  return submit(deps, actor, { action: 'recordAttempt', subject: touchId }, input, async (scope) => {
    const { person, touch } = await accessTouch(deps, scope, actor, touchId);
    requireOpen(touch);
    const earlier = await deps.store.touches.attempts(scope, touchId);
    const contactId = await contactTried(deps, scope, touch, input);
    const isWrongPerson = input.outcome === 'wrongPerson' && contactId !== null;
    const next = nextTry({
      attempts: earlier.length + 1,
      dueOn: touch.dueOn,
      half: touch.dueHalf,
      today: person.today,
      cal: person.cal,
      wish: await wishOfNextToAsk(deps, scope, touch.companyId, isWrongPerson ? contactId : null),
    });
    const closed = closingReason(input.outcome, next);
    const attempt: Attempt = {
      attemptId: deps.ids.uuid(),
      touchId,
      outcome: input.outcome,
      contactId,
      attemptedAt: person.now,
      attemptedBy: actor.userId,
      nextTryOn: closed === null ? next.nextTryOn : null,
      nextTryHalf: closed === null ? next.nextTryHalf : null,
    };
    await deps.store.touches.addAttempt(scope, attempt);
    if (input.outcome === 'askedNotToBeCalled' && attempt.contactId !== null) {
      await noteDoNotCall(deps, scope, person, attempt.contactId);
    }
    const change = changeOf(closed, next);
    await deps.store.touches.update(scope, touchId, change);
    const moved: Touch = { ...touch, ...change };
    if (mayHaveTask(touch)) {
      const kind = closed === null ? 'moveTask' : 'completeTask';
      const payload = closed === null ? { dueAt: dueAtOf(person, moved).toISOString() } : {};
      await addTaskWrite(deps, scope, kind, moved, payload, person.now);
      // The task names whom to ask for: somebody else from now on.
      if (isWrongPerson && closed === null)
        await addTaskWrite(deps, scope, 'describeTask', moved, {}, person.now);
    }
    await deps.store.outbox.add(scope, newPropertiesWrite(deps, touch.companyId, person.now));
    const attempts = [...earlier, attempt];
    return { touch: touchView(person, moved, attempts), message: messageOf(closed, attempt) };
  });
}

/**
 * The contact of the company whom the try meant; null where they are erased or not there any more. A wish not to be called is
 * noted for somebody surely there, or not at all.
 */
async function contactTried(
  deps: Deps,
  scope: TenantScope,
  { companyId }: Touch,
  { outcome, contactId }: RecordAttemptInput,
): Promise<ContactId | null> {
  const tried = await contactUnlessErased(deps, scope, contactId as ContactId | null);
  if (tried === null) return null;
  const contacts = await deps.store.companies.contacts(scope, companyId);
  if (contacts.some((contact) => contact.contactId === tried)) return tried;
  if (outcome !== 'askedNotToBeCalled') return null;
  throw invalidField('contactId', 'Choose a contact of the company.', 'Reload to see who is there now.');
}

export function requireOpen(touch: Touch): void {
  if (touch.state === 'created' || touch.state === 'planned' || touch.state === 'sending') return;
  throw new AppError('conflict', 'This check-in is closed already.', {
    hint: 'Reload to see how it stands.',
  });
}

/** Why the touch closes with this attempt; null where there is a next try. */
function closingReason(outcome: AttemptOutcome, next: NextTry): string | null {
  if (outcome === 'askedNotToBeCalled') return 'askedNotToBeCalled';
  return next.closeAsNotReached ? 'notReached' : null;
}

function changeOf(closed: string | null, { nextTryOn, nextTryHalf }: NextTry) {
  if (closed !== null) return { state: 'canceled' as const, reason: closed };
  if (nextTryOn === null || nextTryHalf === null) return {};
  return { dueOn: nextTryOn, dueHalf: nextTryHalf };
}

function messageOf(closed: string | null, attempt: Attempt): string {
  if (closed === 'askedNotToBeCalled') return 'Noted. Nobody is called here for this check-in.';
  if (closed === 'notReached') return 'Closed as not reached. Next quarter brings a new check-in.';
  return `Saved. Next try on ${String(attempt.nextTryOn)}, in the ${String(attempt.nextTryHalf)}.`;
}
