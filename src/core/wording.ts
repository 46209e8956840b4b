import type { CountBand, ListeningReason, RecencyBand, ReplyKind, Verdict } from './model.ts';

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

type VerdictWords = { readonly label: string; readonly sentence: string };

export const VERDICT_WORDS: Record<Verdict, VerdictWords> = {
  CORROBORATED: {
    label: 'Customer remembers contact',
    sentence: 'The customer remembers contact that fits the log.',
  },
  CONSISTENT: { label: 'No conflict', sentence: 'Nothing the customer said goes against the log.' },
  UNDER_LOGGED: {
    label: 'More contact than logged',
    sentence: 'The customer remembers more contact than the log shows. Good work; please log it.',
  },
  UNVERIFIED: { label: 'Not checked', sentence: 'There was not enough to compare this time.' },
  CUSTOMER_UNSURE: {
    label: 'Customer not sure',
    sentence: 'The customer was not sure, so we compare nothing.',
  },
  DIFFERENT_CONTACT: {
    label: 'Ask someone else there',
    sentence: 'The logged contact may have been with another person at this company.',
  },
  STALE_CONTACT: {
    label: 'Contact record out of date',
    sentence: 'This person left or changed jobs. Please update the record.',
  },
  MEMORY_DIFFERS: {
    label: 'Records show contact',
    sentence:
      'A phone, mail or calendar record shows contact the customer did not recall. It counts against no one.',
  },
  DIFFERS_SOFT: {
    label: 'Worth a look',
    sentence: 'The log and the answers do not fully match. This happens with honest logs too.',
  },
  DIFFERS_FIRM: {
    label: 'Two answers differ from the log',
    sentence: 'The answers and the log do not match. Honest logs get this too.',
  },
  EXPLAINED: {
    label: 'Explained',
    sentence: 'A reply or a second contact explains the difference. It no longer counts.',
  },
};

export const REPLY_LABELS: Record<ReplyKind, string> = {
  OTHER_PERSON: 'I spoke with someone else',
  WRONG_RECORD: 'The record is wrong',
  NOT_REACHED: 'I didn’t reach them',
  COVERED: 'A colleague covered',
  LEAVE: 'I was on leave',
  EVIDENCE: 'I have a record',
  COMMENT: 'Just a comment',
};

/** The announcement of product practice, `{date}` filled with the day the calls start. */
export function announcementText(startsOn: string): string {
  return (
    `Starting ${startsOn}, I will call our customers on a regular schedule and ask: ${QUESTION} ` +
    'I may also ask when someone last talked with them. If there are too many customers, a random draw picks them, ' +
    'and you can see how. Within a day you see what your customers said, the good things first. If an answer does not ' +
    'fit the log, you see it first and have five business days to reply. People forget, so one answer never proves ' +
    'anything. No call is recorded, nobody is ranked, and my own calls and promises are on the page too. The full ' +
    'method is on the program page. Please tell me what worries you.'
  );
}

/** How a caller may begin; `contactName` null where nobody is known. */
export function greeting(contactName: string | null, callerName: string): string {
  const [contactFirst] = (contactName ?? '').split(' ');
  const [callerFirst = callerName] = callerName.split(' ');
  const hello = contactFirst === undefined || contactFirst === '' ? 'Hi' : `Hi ${contactFirst}`;
  return `${hello}, this is ${callerFirst}. I’m not selling anything. I have one question.`;
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

const rep = (name: string | null) => name ?? 'The rep';

/** Why this check-in is only listened to, in one line under the question. */
export const LISTENING_TEXT: Record<ListeningReason, (repName: string | null) => string> = {
  programListens: (name) => `Listening only. ${rep(name)} sees what customers say.`,
  gateClosed: (name) =>
    `Listening only, until ${rep(name)} has been told and had time to ask. ${rep(name)} sees what customers say.`,
  callerIsRepOfRecord: () => 'Listening only. You look after this customer yourself.',
  noRepOfRecord: () => 'Listening only. Nobody owns this company in HubSpot.',
  olderThanOneDay: (name) =>
    `Listening only, because the talk was a while ago. ${rep(name)} sees what customers say.`,
};

/** The reason shown beside a finding, by the rule that decided. */
export const REASONS: Record<string, string> = {
  R00: 'A reply or a second contact explains it.',
  R01: 'We could not read all records.',
  R02: 'This person left or changed jobs.',
  R03: 'The two recall questions were not asked.',
  R04: 'The customer was not sure.',
  R05: 'The customer’s answers do not fit each other.',
  R06: 'The customer recalls more than the log shows.',
  R07: 'The customer recalls contact that fits the log.',
  R08: 'Nothing said goes against the log.',
  R09: 'One answer alone is not enough.',
  R10: 'The contact may have been with a colleague.',
  R11: 'A record shows contact the customer forgot.',
  R12: 'The log is not one rep’s alone.',
  R13: 'The answers and the log do not match. Honest logs get this too.',
  R14: 'Log and answers do not fully match; this happens with honest logs too.',
  R15: 'One or two touches are easy to forget.',
};

/** "Fewer than 1 in 700 would answer this way if the log is right." */
export function chanceText(oneIn: number): string {
  return `Fewer than 1 in ${oneIn} would answer this way if the log is right. Differences like this often have innocent reasons.`;
}

export const SERVICE_GAP =
  'No contact in three months, by the log and by the customer. This is about the service, about no one.';
export const FINDING_PENDING = 'The log is being read.';
export const FINDING_INCOMPLETE = 'We could not read all records yet. We try again by ourselves.';

/** How strong the records behind a claim are, in words. */
export const TIER_WORDS = [
  'Logged',
  'Logged by hand',
  'Logged, with other work that day',
  'Phone or calendar record',
  'Record the customer made',
] as const;

export const NOT_CONSIDERED = [
  'What was said or written in any call, mail or meeting.',
  'Notes, tasks and mass mail.',
  'Touches before the program was announced, and open outcomes, can only help.',
];

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

/** Who sees what, and when: shown to reps. */
export function visibilityLines(replyWindowDays: number): { label: string; text: string }[] {
  return [
    { label: 'What the customer said', text: 'You and your manager, 15 minutes after it was saved.' },
    {
      label: 'A difference',
      text: `You and the calling manager only, for ${replyWindowDays} business days.`,
    },
    { label: 'Your reply', text: 'Your manager. A reply that explains it takes it out of every count.' },
    { label: 'Other reps', text: 'Nothing about you.' },
  ];
}

export const NOT_ENOUGH_CHECK_INS = 'Not enough check-ins';

export const HOW_IT_WORKS = [
  `Your manager calls customers each quarter and asks: ${QUESTION}`,
  'You see what they said within a day, the good things first.',
  'If an answer does not fit the log, you see it first and can reply. People forget, so one answer never proves anything.',
  'No call is recorded and nobody is ranked.',
];

/** "You can reply until 2026-08-19." The card shows the day in the reader's own form. */
export function replyUntilText(day: string): string {
  return `You can reply until ${dayText(day)}.`;
}

/** A day for people, "Aug 19". */
export function dayText(day: string): string {
  return `${shortMonth(Number(day.slice(5, 7)) - 1)} ${Number(day.slice(8, 10))}`;
}

/** "Oct" for 9. */
function shortMonth(index: number): string {
  return (MONTHS[index] ?? '').slice(0, 3);
}

type Readers = {
  readonly severity: number;
  readonly isOpen: boolean;
  readonly repName: string | null;
  readonly managerName: string;
  readonly replyUntil: string | null;
  readonly readerIsRep: boolean;
};

/** Who sees a finding now, in one sentence. */
export function whoSeesText({
  severity,
  isOpen,
  repName,
  managerName,
  replyUntil,
  readerIsRep,
}: Readers): string {
  if (severity === 0)
    return readerIsRep ? `You and ${managerName} see this.` : `${rep(repName)} and you see this.`;
  const until = isOpen && replyUntil !== null ? ` until ${dayText(replyUntil)}` : '';
  return readerIsRep
    ? `Only you and ${managerName} see this${until}.`
    : `Only ${rep(repName)} and you see this${until}. ${rep(repName)} sees it first and can reply.`;
}

/** What the reader can do now; empty where there is nothing to say. */
export function differenceNextStep({
  severity,
  isOpen,
  repName,
  replyUntil,
  readerIsRep,
  secondContactName,
}: Omit<Readers, 'managerName'> & { readonly secondContactName: string | null }): string {
  const isDifference = severity > 0;
  const first = repName?.split(' ')[0] ?? rep(repName);
  if (readerIsRep)
    return isDifference && isOpen ? 'You can reply, or leave it: silence never counts against you.' : '';
  const ask = secondContactName === null ? '' : `It may help to ask ${secondContactName} the same question.`;
  const wait =
    isDifference && isOpen && replyUntil !== null
      ? `${first} sees this first and can reply until ${dayText(replyUntil)}. Nothing to do now.`
      : '';
  return [wait, ask].filter((sentence) => sentence !== '').join(' ');
}

/** What each permission is for, one sentence each. */
export const SCOPE_REASONS: Record<string, string> = {
  oauth: 'Signs the app in.',
  'crm.objects.companies.read': 'Reads your customers and who owns them.',
  'crm.objects.companies.write': 'Writes the date of the last check-in on the company.',
  'crm.schemas.companies.write': 'Adds the five check-in fields to companies.',
  'crm.objects.contacts.read':
    'Finds whom to ask for, and reads calls and meetings: who, when and how long, never what was said.',
  'crm.objects.contacts.write': 'Makes the tasks and one short note a check-in.',
  'crm.objects.owners.read': 'Knows your team.',
  'sales-email-read':
    'Optional. Sees that a customer wrote, never what. Without it, mail cannot speak for a rep.',
};

/** More customers than calls: what it means in numbers. */
export function capacityWarning(customers: number, capacity: number, businessDays: number): string {
  const perDay = Math.round((customers / Math.max(1, businessDays)) * 10) / 10;
  return (
    `${customers} customers in ${businessDays} business days is about ${perDay} calls a day. ` +
    `At the pace you chose there is time for about ${capacity}. Add a manager, or plan for more calls a week.`
  );
}

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

export const HEALTH = {
  connection: 'HubSpot',
  run: 'This quarter’s tasks',
  parked: 'Needs a person',
  notFollowed: 'Changes in HubSpot we could not follow',
  keyMode: 'Guard against double tasks',
  modes: { unique: 'Unique field', ledger: 'Reference in the task' },
} as const;
