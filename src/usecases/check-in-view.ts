import type { LocalDay } from '../core/model.ts';
import { nameOfUser, ownerById, type Person } from './person.ts';
import type { CheckIn } from './records.ts';
import { undoUntil } from './undo-window.ts';

/** A past conversation as managers read it. What was noted in confidence is its author's alone. */
export function answerView(context: Person, checkIn: CheckIn) {
  return {
    checkInId: checkIn.checkInId,
    respondentName: checkIn.respondentName,
    words: checkIn.words,
    liked: checkIn.liked,
    inConfidence: checkIn.callerUserId === context.userId ? checkIn.inConfidence : null,
    happenedOn: checkIn.happenedOn,
    callerName: nameOfUser(context, checkIn.callerUserId),
  };
}

/** The conversation just saved, with what happens next. Whoever had it can undo it, and nobody else. */
export function savedCheckInView(
  context: Person,
  checkIn: CheckIn,
  linked: {
    readonly findingId: string | null;
    readonly issueTitle: string | null;
    readonly advice: string[];
    readonly promiseIds: string[];
    readonly decideBy: LocalDay | null;
  },
) {
  const lastUndoAt = undoUntil(checkIn);
  const canUndo = checkIn.callerUserId === context.userId && lastUndoAt > context.now;
  return {
    ...answerView(context, checkIn),
    savedAt: checkIn.savedAt.toISOString(),
    undoUntil: canUndo ? lastUndoAt.toISOString() : null,
    releasesAt: checkIn.releasesAt?.toISOString() ?? null,
    released: checkIn.releasedAt !== null,
    repName: ownerById(context, checkIn.repOwnerId)?.name ?? null,
    ...linked,
  };
}
