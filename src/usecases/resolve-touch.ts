import { AppError } from '../errors.ts';
import { accessTouch } from './company-access.ts';
import type { Deps, UserActor } from './ports.ts';
import type { TenantScope, Touch } from './records.ts';
import { CONFIRMED_BY_PERSON } from './resolve-touches.ts';
import { submit } from './submit.ts';
import { TWO_TASKS } from './sweep-decision.ts';
import { addTaskWrite } from './touch-outbox.ts';
import { touchView } from './touch-view.ts';

type Choice = 'createAnyway' | 'itExists' | 'leaveOut';

/** What "it exists" says is looked up: without its id the task could never be completed, moved or archived. */
const CHANGES: Record<
  Choice,
  Pick<Touch, 'state' | 'reason'> & Partial<Pick<Touch, 'sendAttempts' | 'inDoubtSince'>>
> = {
  // A person's word starts the count anew: one more loss is not the end of it.
  createAnyway: { state: 'planned', reason: null, sendAttempts: 0, inDoubtSince: null },
  itExists: { state: 'sending', reason: CONFIRMED_BY_PERSON },
  leaveOut: { state: 'canceled', reason: 'leftOutByPerson' },
};

const MESSAGES: Record<Choice, string> = {
  createAnyway: 'The task is being made.',
  itExists: 'Noted. We look for the task in HubSpot now.',
  leaveOut: 'Left out this quarter.',
};

/** A person decides about a parked touch. Throws not_found, forbidden, conflict (not parked any more). */
export async function resolveTouch(
  deps: Deps,
  actor: UserActor,
  touchId: string,
  input: { readonly submissionId: string; readonly choice: Choice },
) {
  const reply = await submit(
    deps,
    actor,
    { action: 'resolveTouch', subject: touchId },
    input,
    async (scope) => {
      const { person, touch } = await accessTouch(deps, scope, actor, touchId);
      if (touch.state !== 'parked') {
        throw new AppError('conflict', 'This one was decided already.', {
          hint: 'Reload to see how it stands.',
        });
      }
      if (input.choice === 'createAnyway') await requireNoTask(deps, scope, touch);
      if (input.choice === 'leaveOut' && touch.taskId !== null)
        await addTaskWrite(deps, scope, 'archiveTask', touch, {}, person.now);
      const notBefore = input.choice === 'itExists' ? person.now : null;
      const change = { ...CHANGES[input.choice], notBefore };
      await deps.store.touches.update(scope, touchId, change);
      const attempts = await deps.store.touches.attempts(scope, touchId);
      return { touch: touchView(person, { ...touch, ...change }, attempts), message: MESSAGES[input.choice] };
    },
  );
  await deps.queue.wake(input.choice === 'itExists' ? 'resolveTouches' : 'releaseTouches', actor.portalId);
  return reply;
}

/** No third task beside two; and the old task of a customer who came back may still be on its way out. */
async function requireNoTask(deps: Deps, scope: TenantScope, { touchId, reason }: Touch): Promise<void> {
  if (reason === TWO_TASKS) throw new AppError('conflict', 'HubSpot has two tasks for this call already.');
  const open = await deps.store.outbox.openSubjects(scope, [touchId]);
  if (!open.has(touchId)) return;
  throw new AppError('conflict', 'The old task is still being taken out of HubSpot.', {
    hint: 'Try again in a few minutes.',
  });
}
