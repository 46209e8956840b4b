// Copied from extension-kit/check-in-form.ts, by `npm run generate`. Do not edit.
import { adviceLines, adviceProblem, type AdviceProblem } from './advice.ts';
import type {
  DraftBody,
  KudosDraft,
  ManagerView,
  PreferenceBody,
  RecallAnswer,
  RecordCheckInRequest,
  TouchView,
} from './contract-types.ts';
import { addDays, weekdaysBetween } from './dates.ts';

/** How far back a conversation may lie; the backend refuses older ones. */
const OLDEST_DAYS = 14;

const NO_PREFERENCE: PreferenceBody = {
  talkToContactId: null,
  half: null,
  weekdays: [],
  channel: null,
  doNotCall: false,
};

/** What the form holds, as plain data; the components only show and change it. */
export interface FormState {
  submissionId: string;
  /** Null where the name was typed. */
  contactId: string | null;
  name: string;
  words: string;
  liked: string;
  inConfidence: string;
  /** Advice for the rep who gets the words. */
  coachingNote: string;
  happenedOn: string;
  channel: RecordCheckInRequest['channel'];
  recall: RecallAnswer;
  kudos: KudosDraft;
  /** Null until something is chosen: what stands is left as it is. */
  preference: PreferenceBody | null;
}

export interface FormProblems {
  name?: true;
  words?: true;
  kudos?: true;
  happenedOn?: true;
  coachingNote?: AdviceProblem;
}

export interface Person {
  contactId: string;
  name: string;
}

/** The earliest day that a conversation may be of. */
export const oldestDay = (today: string): string => addDays(today, -OLDEST_DAYS);

/** Whom the answer may come from: the suggested contact first. */
export function contactsOf(view: ManagerView): Person[] {
  return [...(view.ask === null ? [] : [view.ask]), ...view.otherContacts];
}

/** Whether the call is still to be made: only then can a try be noted, or the check-in be skipped. */
export function isToBeCalled(touch: TouchView | null): touch is TouchView {
  return touch !== null && ['planned', 'sending', 'created'].includes(touch.state);
}

/** Whom else to try: nobody who asked not to be called, or turned out to be the wrong person. */
export function othersToTry(view: ManagerView): ManagerView['otherContacts'] {
  const isBarred = (contactId: string): boolean =>
    view.preferences.some((wish) => wish.contactId === contactId && wish.doNotCall);
  return view.otherContacts.filter(({ contactId, isWrongPerson }) => !isWrongPerson && !isBarred(contactId));
}

/** The form as it opens: from the author's draft where there is one, else empty with `respondent` suggested. */
export function openForm(
  view: ManagerView,
  draft: DraftBody | null,
  respondent: Person | null,
  newId: string,
): FormState {
  const isWrong = view.otherContacts.some(
    ({ contactId, isWrongPerson }) => isWrongPerson && contactId === draft?.respondentContactId,
  );
  // Whoever turned out to be the wrong person said nothing: the words will be somebody else's.
  const drafted = isWrong
    ? undefined
    : contactsOf(view).find((contact) => contact.contactId === draft?.respondentContactId);
  // Whoever was chosen just now goes before whom the draft names.
  const person = respondent ?? drafted ?? view.ask;
  const typed =
    respondent === null && draft?.respondentContactId === null && (draft.respondentName ?? '') !== '';
  return {
    submissionId: draft?.submissionId ?? newId,
    contactId: typed ? null : (person?.contactId ?? null),
    name: typed ? (draft.respondentName ?? '') : (person?.name ?? ''),
    words: draft?.words ?? '',
    liked: draft?.liked ?? '',
    inConfidence: draft?.inConfidence ?? '',
    coachingNote: draft?.coachingNote ?? '',
    happenedOn: draft?.happenedOn ?? view.today,
    channel: draft?.channel ?? 'phone',
    recall: draft?.recall ?? {},
    kudos: draft?.kudos ?? { ownerId: null, words: '' },
    preference: draft?.preference ?? null,
  };
}

/** What is kept on the backend while somebody types; `afterTry` from the first try to save on. */
export function toDraft(form: FormState, afterTry: boolean): DraftBody {
  return {
    submissionId: form.submissionId,
    ...(afterTry ? { afterTry } : {}),
    respondentContactId: form.contactId,
    respondentName: form.name.slice(0, 200),
    words: form.words,
    liked: form.liked,
    inConfidence: form.inConfidence,
    coachingNote: form.coachingNote,
    happenedOn: form.happenedOn,
    channel: form.channel,
    recall: form.recall,
    ...(isEmptyKudos(form.kudos) ? {} : { kudos: form.kudos }),
    ...(form.preference === null ? {} : { preference: form.preference }),
  };
}

const isEmptyKudos = ({ ownerId, words }: KudosDraft): boolean => ownerId === null && words.trim() === '';

/** What the respondent wishes: as chosen in this form, else as it stands. */
export function preferenceOf(view: ManagerView, form: FormState): PreferenceBody {
  if (form.preference !== null) return form.preference;
  const standing = view.preferences.find(({ contactId }) => contactId === form.contactId);
  if (standing === undefined) return NO_PREFERENCE;
  const { talkToContactId, half, weekdays, channel, doNotCall } = standing;
  return { talkToContactId, half, weekdays, channel, doNotCall };
}

const isInRange = (day: string, today: string): boolean => day <= today && day >= oldestDay(today);

/**
 * What must be filled in before saving: who answered, and the words; thanks that were begun need a name and words, and advice a
 * reader. A draft may lie until its day is too long ago.
 */
export function problemsOf(view: ManagerView, form: FormState): FormProblems {
  const coachingNote = adviceProblem(form.coachingNote, view.adviceTo !== null);
  return {
    ...(form.name.trim() === '' ? { name: true as const } : {}),
    ...(form.words.trim() === '' ? { words: true as const } : {}),
    ...(!isEmptyKudos(form.kudos) && kudosOf(form) === null ? { kudos: true as const } : {}),
    ...(isInRange(form.happenedOn, view.today) ? {} : { happenedOn: true as const }),
    ...(coachingNote === undefined ? {} : { coachingNote }),
  };
}

/** The two recall questions are asked only where the log is compared, and of a conversation that is fresh. */
export function asksRecall(view: ManagerView, form: FormState): boolean {
  return view.recallItems !== null && weekdaysBetween(form.happenedOn, view.today) <= 1;
}

/** A blank answer or "don't know" is met with one more question, never with a list to choose from. */
export function needsProbe(words: string): boolean {
  return /^\s*(i\s+)?(don[’']?t|do not)\s+know[.!\s]*$/i.test(words) || words.trim() === '';
}

/** Such words only prompt the two questions; they decide nothing. */
export function mentionsContact(words: string): boolean {
  return /\b(sales\s?(person|people|rep\w*)|account manager|nobody|no one|never (call|visit|see)|call on|stop(s|ped)? by|visit)/i.test(
    words,
  );
}

const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());
const isAnswered = (recall: RecallAnswer): boolean => Object.values(recall).some((value) => Boolean(value));

function kudosOf({ kudos: { ownerId, words } }: FormState): RecordCheckInRequest['kudos'] {
  return ownerId === null || words.trim() === '' ? null : { ownerId, words: words.trim() };
}

/** A wish is kept for a contact alone; nobody is sent from themselves to themselves. */
function wishOf({ contactId, preference }: FormState): PreferenceBody | null {
  if (contactId === null || preference === null) return null;
  const isSelf = preference.talkToContactId === contactId;
  return isSelf ? { ...preference, talkToContactId: null } : preference;
}

function coachingNoteOf(
  view: ManagerView,
  { coachingNote }: FormState,
): RecordCheckInRequest['coachingNote'] {
  const lines = adviceLines(coachingNote);
  if (view.adviceTo === null || lines.length === 0) return null;
  return { ownerId: view.adviceTo.ownerId, text: lines.join('\n') };
}

/** Whether `savedWords`, saved of the same conversation elsewhere, leave nothing of this form that only stands here. */
export function holdsNoMoreThan(form: FormState, savedWords: string): boolean {
  const words = form.words.trim();
  const besides = [form.liked, form.inConfidence, form.coachingNote].join('').trim();
  if ((words !== '' && words !== savedWords) || besides !== '') return false;
  return isEmptyKudos(form.kudos) && form.preference === null && !isAnswered(form.recall);
}

/** The save itself. */
export function toRequest(view: ManagerView, form: FormState): RecordCheckInRequest {
  const asked = asksRecall(view, form) && isAnswered(form.recall);
  return {
    submissionId: form.submissionId,
    companyId: view.company.companyId,
    respondent: { contactId: form.contactId, name: form.name.trim() },
    asked: true,
    words: form.words.trim(),
    liked: orNull(form.liked),
    inConfidence: orNull(form.inConfidence),
    happenedOn: form.happenedOn,
    channel: form.channel,
    recall: asked ? form.recall : null,
    kudos: kudosOf(form) ?? null,
    preference: wishOf(form),
    coachingNote: coachingNoteOf(view, form) ?? null,
  };
}
