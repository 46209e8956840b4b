import { AppError } from '../errors.ts';
import { accessTouch } from './company-access.ts';
import type { Deps, UserActor } from './ports.ts';
import type { Touch } from './records.ts';
import { submit } from './submit.ts';
import { touchView } from './touch-view.ts';

type Choice = 'createAnyway' | 'itExists' | 'leaveOut';

const CHANGES: Record<Choice, Pick<Touch, 'state' | 'reason'>> = {
  createAnyway: { state: 'planned', reason: null },
  itExists: { state: 'created', reason: 'confirmedByPerson' },
  leaveOut: { state: 'canceled', reason: 'leftOutByPerson' },
};

const MESSAGES: Record<Choice, string> = {
  createAnyway: 'The task is being made.',
  itExists: 'Noted: the task exists.',
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
        throw new AppError('conflict', 'This one was decided already.', { hint: 'Reload the page.' });
      }
      const change = { ...CHANGES[input.choice], notBefore: null };
      await deps.store.touches.update(scope, touchId, change);
      const attempts = await deps.store.touches.attempts(scope, touchId);
      return { touch: touchView(person, { ...touch, ...change }, attempts), message: MESSAGES[input.choice] };
    },
  );
  await deps.queue.wake('releaseTouches', actor.portalId);
  return reply;
}
