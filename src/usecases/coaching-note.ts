import {
  adviceFault,
  adviceLines,
  LONGEST_ADVICE_LINE,
  MOST_ADVICE_LINES,
  type AdviceFault,
} from '../core/feedback/coaching-note.ts';
import { AppError, invalidField } from '../errors.ts';
import type { CompanyAccess } from './company-access.ts';
import type { OwnerRecord } from './hubspot-port.ts';
import { ownerById } from './person.ts';
import type { CheckIn } from './records.ts';

/** The advice as it was typed, and the rep whose name stood beside it. */
export type CoachingNoteInput = { readonly ownerId: string; readonly text: string };

const FAULTS: Record<AdviceFault, { readonly message: string; readonly hint: string }> = {
  tooManyLines: {
    message: `The advice has more than ${MOST_ADVICE_LINES} lines.`,
    hint: `Keep the ${MOST_ADVICE_LINES} lines that matter most.`,
  },
  lineTooLong: {
    message: `A line of the advice has more than ${LONGEST_ADVICE_LINE} characters.`,
    hint: 'Shorten it, or break it into two lines.',
  },
};

/** Returns the rep who gets the words of a conversation here and may be advised with them; null where nobody does. */
export function repToAdvise({ person, company }: CompanyAccess): OwnerRecord | null {
  const owner = ownerById(person, company.ownerId);
  if (owner === null || owner.ownerId === person.owner?.ownerId) return null;
  return owner.active && owner.userId !== null ? owner : null;
}

/**
 * Returns the advice to keep with a check-in, its lines apart by line breaks; null where none was given.
 * @throws invalid_input (too much of it), conflict (another rep, or nobody, looks after the company by now)
 */
export function adviceToKeep(access: CompanyAccess, given: CoachingNoteInput | null): string | null {
  const lines = adviceLines(given?.text ?? '');
  if (given === null || lines.length === 0) return null;
  const fault = adviceFault(lines);
  if (fault !== null) throw invalidField('coachingNote.text', FAULTS[fault].message, FAULTS[fault].hint);
  if (repToAdvise(access)?.ownerId !== given.ownerId) {
    throw new AppError('conflict', 'Whom you advise does not get the words any more.', {
      safeDetails: { field: 'coachingNote.ownerId' },
      hint: 'Look who looks after the company now, then change the advice or clear it.',
    });
  }
  return lines.join('\n');
}

/** Returns the advice of a check-in, line by line. */
export function adviceOf({ coachingNote }: Pick<CheckIn, 'coachingNote'>): string[] {
  return coachingNote === null ? [] : coachingNote.split('\n');
}
