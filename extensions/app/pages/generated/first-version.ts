// Copied from extension-kit/first-version.ts, by `npm run generate`. Do not edit.
import type { FormState } from './check-in-form.ts';

/** A sentence is over: what follows can stand for itself. */
const ENDS_A_SENTENCE = /[.!?…。！？؟]["”’»)]*$/;

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** What was written after `saved`; the whole where it was not written after it, or goes on in the middle of a sentence. */
function wordsAfter(saved: string, words: string): string {
  const rest = words.startsWith(saved) ? words.slice(saved.length) : '';
  if (rest.trim() === '' || !(ENDS_A_SENTENCE.test(saved) || rest.startsWith('\n'))) return words;
  return /^\s/.test(rest) ? rest.trim() : words;
}

/**
 * The form once a first version of it turned out to be saved, under the new id `newId`: what that version holds for certain is
 * taken out, what was added stays. `versions` are the tries that may be the saved one; where they disagree, or there is none,
 * everything stays: rather twice than not at all.
 */
export function addedTo(form: FormState, versions: readonly FormState[], newId: string): FormState {
  const [version] = versions;
  if (version === undefined) return { ...form, submissionId: newId };
  const isSaved = (part: keyof FormState): boolean => versions.every((one) => isSame(one[part], form[part]));
  return {
    ...form,
    submissionId: newId,
    words: wordsAfter(version.words.trim(), form.words.trim()),
    liked: isSaved('liked') ? '' : form.liked,
    inConfidence: isSaved('inConfidence') ? '' : form.inConfidence,
    coachingNote: isSaved('coachingNote') ? '' : form.coachingNote,
    recall: isSaved('recall') ? {} : form.recall,
    kudos: isSaved('kudos') ? { ownerId: null, words: '' } : form.kudos,
    preference: isSaved('preference') ? null : form.preference,
  };
}

/** Whether two states of the form say the same. */
export const saysTheSame = (one: FormState, other: FormState): boolean =>
  isSame({ ...one, submissionId: '' }, { ...other, submissionId: '' });
