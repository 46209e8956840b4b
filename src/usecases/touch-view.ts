import { nextTry } from '../core/cadence/next-try.ts';
import type { PortalContext } from './person.ts';
import type { Attempt, Touch } from './records.ts';

/** A touch as the card shows it. `attempts` in the order they were made. */
export function touchView(context: PortalContext, touch: Touch, attempts: readonly Attempt[]) {
  const last = attempts.at(-1);
  const next = nextTry({
    attempts: attempts.length,
    dueOn: touch.dueOn,
    half: touch.dueHalf,
    today: context.today,
    cal: context.cal,
  });
  return {
    touchId: touch.touchId,
    kind: touch.kind,
    state: touch.state,
    dueOn: touch.dueOn,
    attempts: attempts.length,
    nextTryOn: last?.nextTryOn ?? null,
    nextTryHalf: last?.nextTryHalf ?? null,
    suggestOtherContact: attempts.length > 0 && next.suggestOtherContact,
  };
}
