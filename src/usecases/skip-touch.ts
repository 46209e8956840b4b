import { accessTouch } from './company-access.ts';
import type { Deps, UserActor } from './ports.ts';
import { requireOpen } from './record-attempt.ts';
import { submit } from './submit.ts';
import { addTaskWrite, mayHaveTask, reopenTouchRow } from './touch-outbox.ts';
import { touchView } from './touch-view.ts';
import { AppError } from '../errors.ts';

/** Leaves this check-in out for the cycle, with the reason kept. Throws not_found, forbidden, conflict. */
export function skipTouch(
  deps: Deps,
  actor: UserActor,
  touchId: string,
  input: { readonly submissionId: string; readonly reason: string },
) {
  return submit(deps, actor, { action: 'skipTouch', subject: touchId }, input, async (scope) => {
    const { person, touch } = await accessTouch(deps, scope, actor, touchId);
    requireOpen(touch);
    const change = { state: 'canceled' as const, reason: `skipped: ${input.reason}` };
    await deps.store.touches.update(scope, touchId, change);
    if (mayHaveTask(touch)) await addTaskWrite(deps, scope, 'completeTask', touch, {}, person.now);
    const attempts = await deps.store.touches.attempts(scope, touchId);
    return { touch: touchView(person, { ...touch, ...change }, attempts), message: 'Left out this quarter.' };
  });
}

/** "Didn't talk": opens a touch again whose task was ticked off in HubSpot. Throws not_found, forbidden, conflict. */
export function reopenTouch(
  deps: Deps,
  actor: UserActor,
  touchId: string,
  input: { readonly submissionId: string },
) {
  return submit(deps, actor, { action: 'reopenTouch', subject: touchId }, input, async (scope) => {
    const { person, touch } = await accessTouch(deps, scope, actor, touchId);
    if (touch.state !== 'done' || touch.reason !== 'closedOutsideCard') {
      throw new AppError('conflict', 'Only a check-in without an answer can be opened again.');
    }
    await reopenTouchRow(deps, scope, touch);
    if (touch.taskId !== null) await addTaskWrite(deps, scope, 'reopenTask', touch, {}, person.now);
    const reopened = await deps.store.touches.find(scope, touchId);
    const attempts = await deps.store.touches.attempts(scope, touchId);
    return { touch: touchView(person, reopened ?? touch, attempts), message: 'Open again.' };
  });
}
