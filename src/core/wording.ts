import { firstName } from './first-name.ts';
import type { CountBand, ListeningReason, RecencyBand } from './model.ts';

/** Every sentence of the product's own that a person reads from the backend. Calm, short, about grade 8. */

export const QUESTION = 'What can we do to provide you with better service?';
export const PROBE = 'What would make working with us easier?';
export const RECALL_INTRO = 'I ask everyone the next two.';

export const RECENCY_QUESTION =
  'Apart from my own calls, about when did someone from our company who looks after your account last talk with you or visit you?';
export const COUNT_QUESTION = 'And in the last three months, about how many times?';

export const RECENCY_LABELS: Record<RecencyBand, string> = {
  W1: 'In the last week',
  W4: '1 to 4 weeks ago',
  M2: '1 to 2 months ago',
  M3: '2 to 3 months ago',
  M6: '3 to 6 months ago',
  LONG: 'More than 6 months ago',
  NEVER: 'Never',
  DK: 'Don’t know',
};

export const COUNT_LABELS: Record<CountBand, string> = {
  '0': '0',
  '1': '1',
  '2': '2',
  '3-5': '3 to 5',
  '6+': '6 or more',
  DK: 'Don’t know',
};

const SMALL_NUMBERS = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];

/**
 * What reps are told by default. It promises no random draw: everyone is called. `startsOn`, as people read a day, is the first whose
 * answers may be compared: calls follow from *Start*, whenever that is. The business days that a rep has to reply are those of the
 * settings.
 */
export function announcementText(startsOn: string, replyWindowBusinessDays: number): string {
  const days = SMALL_NUMBERS[replyWindowBusinessDays] ?? String(replyWindowBusinessDays);
  return (
    `I will call our customers on a regular schedule and ask: ${QUESTION} I may also ask when someone last talked with ` +
    `them. From ${startsOn} on, once you have read this, answers may be compared with the log. Within a day you see what ` +
    `your customers said, the good things first. If an answer does not fit the log, you see it first and have ${days} business days to reply. People ` +
    'forget, so one answer never proves anything. No call is recorded, nobody is ranked, and my own calls and promises ' +
    'are on the page too. The full method is on the program page. Please tell me what worries you.'
  );
}

/** What reps may be told where answers are only heard. No announcement: what it leaves out must never open the gate. */
export const LISTENING_NOTICE =
  `I am calling our customers on a regular schedule and ask: ${QUESTION} Within a day you see what your customers said, the good ` +
  'things first. No call is recorded, nobody is ranked, and my own calls and promises are on the page too. Please tell me what ' +
  'worries you.';

/** How a caller may begin; `contactName` null where nobody is known. */
export function greeting(contactName: string | null, callerName: string): string {
  const contact = firstName(contactName ?? '');
  const caller = firstName(callerName);
  const hello = contact === '' ? 'Hi' : `Hi ${contact}`;
  const me = caller === '' ? '' : `, this is ${caller}`;
  return `${hello}${me}. I’m not selling anything. I have one question.`;
}

/** Who spoke with a contact, and when. `caller` null where the reader did; the year stands there where it is not today's. */
export function spokeText(
  caller: { readonly name: string | null } | null,
  on: string,
  today: string,
): string {
  const year = on.slice(0, 4) === today.slice(0, 4) ? '' : ` ${on.slice(0, 4)}`;
  const when = `${monthName(on)}${year}`;
  if (caller === null) return `Spoke with you in ${when}`;
  const first = firstName(caller.name ?? '');
  return `${first === '' ? 'A colleague' : first} spoke with them in ${when}`;
}

const SKIPPED = 'skipped:';
const NOT_ASKED_NOW: Readonly<Record<string, string>> = {
  askedNotToBeCalled: 'Asked not to be called',
  leftOutByPerson: 'Left out this quarter',
  deletedInHubSpot: 'Task deleted in HubSpot',
};

/**
 * Why nobody is asked here this quarter, of a customer of the program: in few words, and the reason that a person gave. Null where
 * the company itself is no part of it.
 */
export function leftOutText(
  reason: string | null,
  tries: number,
): { label: string; why: string | null } | null {
  if (reason?.startsWith(SKIPPED) === true)
    return { label: 'Skipped', why: reason.slice(SKIPPED.length).trim() };
  if (reason === 'notReached')
    return { label: `Not reached after ${tries} ${tries === 1 ? 'try' : 'tries'}`, why: null };
  const label = NOT_ASKED_NOW[reason ?? ''];
  return label === undefined ? null : { label, why: null };
}

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** English month of a `YYYY-MM-DD` day. */
export function monthName(day: string): string {
  return MONTHS[Number(day.slice(5, 7)) - 1] ?? 'earlier';
}

/**
 * The name of a quarter that nobody misreads. Where the account's year starts in January that is "Q4 2026"; elsewhere the label's
 * year and quarter are the account's own, so the months stand beside it: "Q3 (Oct to Dec)".
 */
export function cycleName(label: string, startsOn: string, fiscalStartMonth: number): string {
  const [year = '', quarter = ''] = label.split('-');
  if (fiscalStartMonth === 1) return `${quarter} ${year}`;
  const first = Number(startsOn.slice(5, 7)) - 1;
  return `${quarter} (${shortMonth(first)} to ${shortMonth((first + 2) % 12)})`;
}

/** Why the month in which the year starts stays as it is once check-ins run, and what to do about it. */
export function yearIsFixed(fiscalStartMonth: number): { message: string; hint: string } {
  const month = MONTHS[fiscalStartMonth - 1] ?? '';
  return {
    message: 'The month in which your year starts is fixed once check-ins have started.',
    hint: `Set it back to ${month}: the quarters that are planned and the answers in them are counted from there.`,
  };
}

/** Why there cannot be fewer business days to reply than reps were told, and what to do about it. */
export function windowIsTold(businessDays: number): { message: string; hint: string } {
  return {
    message: `Your reps were told that they have ${businessDays} business days to reply. Fewer would break that word.`,
    hint: `Set it to ${businessDays} or more.`,
  };
}

/** Holidays of a place that we do not know. */
export const UNKNOWN_PLACE = {
  message: 'We do not know the holidays of this country or region.',
  remedy: 'Choose both from their lists.',
};

/** A stage that HubSpot does not have: nobody would ever be a customer by it. */
export function unknownStage(stage: string): { readonly message: string; readonly remedy: string } {
  return {
    message: `HubSpot has no lifecycle stage “${stage}”.`,
    remedy: 'Choose the stages from their list.',
  };
}

/** Why somebody cannot be the auditor, and what to do about it. */
export const AUDITOR_APART = {
  message: 'The auditor is a manager, rep or admin here, and could not read any case.',
  remedy: 'Choose somebody who is none of these, or nobody.',
};

/** What a rep is called whose name we do not know. */
export const repNamed = (name: string | null): string => name ?? 'The rep';

/** Why this check-in is only listened to, in one line under the question. */
export const LISTENING_TEXT: Record<ListeningReason, (repName: string | null) => string> = {
  programListens: (name) => `Listening only. ${repNamed(name)} sees what customers say.`,
  gateClosed: (name) =>
    `Listening only, until ${repNamed(name)} has been told and had time to ask. ${repNamed(name)} sees what customers say.`,
  callerIsRepOfRecord: () => 'Listening only. You look after this customer yourself.',
  noRepOfRecord: () => 'Listening only. Nobody owns this company in HubSpot.',
  olderThanOneDay: (name) =>
    `Listening only, because the talk was a while ago. ${repNamed(name)} sees what customers say.`,
};

const ATTENTION: Record<string, string> = {
  unknownOutcome:
    'HubSpot did not say whether this task was made, and we could not find it. Please look at the company’s tasks.',
  rejected: 'HubSpot did not accept this task.',
  cameBack: 'This customer left the program and came back. The old task was taken out of HubSpot.',
  twoTasks:
    'HubSpot has two tasks for this call, and somebody has worked with the newer one. Please delete the one you do not need.',
};
const SAID_LENGTH = 200;

/** Why a touch waits for a person; `said` is HubSpot's own reason, where it gave one. */
export function attentionText(kind: string, said: string): string {
  const reason = said.trim().slice(0, SAID_LENGTH);
  const explanation = ATTENTION[kind] ?? 'This task needs a look.';
  return reason === '' ? explanation : `${explanation} HubSpot says: “${reason}”`;
}

/** What is said to whoever tried so many tasks again at once. */
export function retriedText(tasks: number): string {
  if (tasks === 0) return 'None of these waits any more.';
  return tasks === 1 ? 'One task is being made.' : `${tasks.toLocaleString('en-US')} tasks are being made.`;
}

export const NOT_ENOUGH_CHECK_INS = 'Not enough check-ins';

export const HOW_IT_WORKS = [
  `Your manager calls customers each quarter and asks: ${QUESTION}`,
  'You see what they said within a day, the good things first.',
  'If an answer does not fit the log, you see it first and can reply. People forget, so one answer never proves anything.',
  'No call is recorded and nobody is ranked.',
];

/** A day for people, "Aug 19". */
export function dayText(day: string): string {
  return `${shortMonth(Number(day.slice(5, 7)) - 1)} ${Number(day.slice(8, 10))}`;
}

/** "Oct" for 9. */
function shortMonth(index: number): string {
  return (MONTHS[index] ?? '').slice(0, 3);
}

/** What each permission is for, one sentence each. */
export const SCOPE_REASONS: Record<string, string> = {
  oauth: 'Signs the app in.',
  'crm.objects.companies.read': 'Reads your customers and who owns them.',
  'crm.objects.companies.write':
    'Writes the five check-in fields on the company: last and next check-in, how many so far, open issues, last contact without an agenda.',
  'crm.schemas.companies.write': 'Adds the five check-in fields to companies.',
  'crm.objects.contacts.read':
    'Finds whom to ask for, and reads calls and meetings: who, when and how long, never what was said.',
  'crm.objects.contacts.write': 'Makes the tasks and one short note a check-in.',
  'crm.objects.owners.read': 'Knows your team.',
  'sales-email-read':
    'Optional. Sees that a customer wrote, never what. Without it, mail cannot speak for a rep.',
};

/** One sentence on how far the quarter's tasks are. */
export function runMessage(
  state: 'idle' | 'reading' | 'planning' | 'creating',
  created: number,
  left: number,
  ratePerMinute: number | null,
): string {
  switch (state) {
    case 'reading':
      return 'Your customers are being read.';
    case 'planning':
      return 'The quarter is being planned.';
    case 'creating':
      return `Tasks are being made: ${created} done, ${left} to go${timeLeft(left, ratePerMinute)}.`;
    case 'idle': {
      const inHubSpot = created === 1 ? 'One task is in HubSpot.' : `${created} tasks are in HubSpot.`;
      if (left === 0) return inHubSpot;
      return `${inHubSpot} ${left === 1 ? 'One follows' : `${left} follow`} closer to ${left === 1 ? 'its' : 'their'} day.`;
    }
  }
}

function timeLeft(left: number, ratePerMinute: number | null): string {
  if (ratePerMinute === null || ratePerMinute <= 0) return '';
  const minutes = Math.ceil(left / ratePerMinute);
  return `, about ${minutes} ${minutes === 1 ? 'minute' : 'minutes'} left`;
}

/** What an admin does once, in order. */
export const CHECKLIST = {
  read: {
    label: 'Read your customers',
    hint: 'This happens by itself after installing. Nothing is written.',
  },
  openness: { label: 'Choose how open the program is', hint: 'Settings, step 4.' },
  announce: { label: 'Tell your reps', hint: 'Settings, step 4. They are told first.' },
  start: { label: 'Start check-ins', hint: 'Settings, step 5, after a look at the dry run.' },
} as const;

/** "2:05 PM" in a zone; its space is a plain one, whatever the formatter's version likes. */
function clockTime(at: Date, timeZone: string): string {
  const format = new Intl.DateTimeFormat('en-US', { hour: 'numeric', minute: '2-digit', timeZone });
  return format.format(at).replaceAll(/\s/g, ' ');
}

export const HEALTH = {
  notNeeded: 'Not needed while answers are only heard',
  connection: 'HubSpot',
  announcement: 'Announcement',
  announced: (startsOn: string | null) =>
    startsOn === null ? 'Not yet' : `Made; answers may be compared from ${dayText(startsOn)} on`,
  run: 'This quarter’s tasks',
  parked: 'Needs a person',
  refused: 'Notes and changes HubSpot did not take',
  notFollowed: 'Changes in HubSpot we could not follow',
  keyMode: 'Guard against double tasks',
  modeUnknown: 'Not known yet',
  unique: 'Unique field',
  reference: (triedOn: string | null) =>
    triedOn === null
      ? 'Reference in the task. We try a unique field once a week, while no tasks are made.'
      : `Reference in the task; a unique field was last tried on ${dayText(triedOn)}. We try it again once a week, while no tasks are made.`,
  quota: 'HubSpot’s limit on calls',
  quotaUnknown: 'Not known yet.',
  quotaUsual: (calls: number) =>
    `At most ${calls} calls in 10 seconds, until HubSpot states another limit. Nothing waits.`,
  quotaLeft: (calls: number) => `HubSpot leaves this app ${calls} calls in 10 seconds. Nothing waits.`,
  quotaPaused: (until: Date, timeZone: string) =>
    `HubSpot asked us to wait until ${clockTime(until, timeZone)}.`,
} as const;

/** What is said of a request that cannot be read or kept as it is. */
export const FAULTS = {
  unfit: {
    message: 'Something here cannot be saved as it was entered.',
    hint: 'Check what you entered, or reload the page and try again.',
  },
  tooLong: (characters: number) => ({
    message: `A text is too long: ${characters.toLocaleString('en-US')} characters at most.`,
    hint: 'Shorten it and save again.',
  }),
  notJson: { message: 'This is not JSON in UTF-8.', hint: 'Send a JSON object.' },
} as const;
