import { firstName } from './first-name.ts';
import type { ReplyKind, Verdict } from './model.ts';
import { dayText, repNamed } from './wording.ts';

/** What people read of a comparison: its result, its reasons, who sees it, and what they can do. */

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

/** To whoever still has to ask this customer: an earlier quarter's log lines would tell what to expect. */
export const LOG_HELD_BACK =
  'You have not asked this customer yet this quarter. What the log said shows again once you have.';

/** In place of a verdict, to the same reader: it would tell as much. */
export const VERDICT_HELD_BACK = 'Shown once you have asked';

/** How strong the records behind a claim are, in words; what was typed in is one word, since it counts alike. */
export const TIER_WORDS = [
  'Logged',
  'Logged',
  'Logged',
  'Phone or calendar record',
  'Record the customer made',
] as const;

export const NOT_CONSIDERED = [
  'What was said or written in any call, mail or meeting.',
  'Notes, tasks and mass mail.',
  'Touches before the program was announced or on the day of the conversation, and open outcomes, can only help.',
];

/** "Tom added something while you were reading.": to a manager who decides about a reply. `waits` where it is theirs to decide, too. */
export function addedMeanwhile(repName: string | null, waits: boolean): { message: string; hint: string } {
  return {
    message: `${firstName(repNamed(repName))} added something while you were reading.`,
    hint: waits ? 'Read it here, then decide about it, too.' : 'There is nothing to decide about it.',
  };
}

type AuditorFacts = {
  readonly isNamed: boolean;
  /** Null for an auditor whose name HubSpot does not tell. */
  readonly name: string | null;
  readonly caseId: string;
  readonly askedOn: string | null;
};

/** "You can ask Vera Lund, the auditor, who finds this as case 0b5c…": to a rep whose reply was not accepted. */
export function askAuditorText({ isNamed, name, caseId, askedOn }: AuditorFacts): string {
  if (!isNamed) return 'You can ask an auditor once an admin has named one in the settings.';
  const who = name === null ? 'the auditor' : `${name}, the auditor`;
  const asked = askedOn === null ? 'You can ask' : `On ${dayText(askedOn)} you asked`;
  return `${asked} ${who}, who finds this as case ${caseId}.`;
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

/** "You can reply until 2026-08-19." The card shows the day in the reader's own form. */
export function replyUntilText(day: string): string {
  return `You can reply until ${dayText(day)}.`;
}

type Readers = {
  readonly severity: number;
  readonly isOpen: boolean;
  readonly repName: string | null;
  readonly replyUntil: string | null;
  readonly readerIsRep: boolean;
};

type ReaderNames = {
  /** Who made the call. */
  readonly managerName: string;
  /** The rep's manager where somebody else made the call: they may see a finding once the days to reply are over. */
  readonly laterReaderName: string | null;
  /** Whether the reader is that manager. */
  readonly readerIsLater: boolean;
};

/** Who sees a finding, now and once the days to reply are over, in one or two sentences. */
export function whoSeesText(readers: Readers & ReaderNames): string {
  const { severity, isOpen, replyUntil, readerIsRep, managerName, laterReaderName } = readers;
  const rep = repNamed(readers.repName);
  if (readers.readerIsLater)
    return `${rep}, ${managerName} and you see this, now that the days to reply are over.`;
  const pair = readerIsRep ? `you and ${managerName}` : `${rep} and you`;
  const plain = readerIsRep ? `You and ${managerName}` : pair;
  const later =
    laterReaderName === null ? '' : ` ${laterReaderName} may see it once the days to reply are over.`;
  if (severity === 0) return `${plain} see this.${later}`;
  const until = isOpen && replyUntil !== null ? ` until ${dayText(replyUntil)}` : '';
  const isForTwo = isOpen || laterReaderName === null;
  const now = isForTwo ? `Only ${pair} see this${until}.` : `${plain} see this.`;
  const first = readerIsRep ? '' : ` ${rep} sees it first and can reply.`;
  return `${now}${later}${first}`;
}

/** Their own sentence or label already says what may be done. */
const SAYS_WHAT_TO_DO: ReadonlySet<Verdict | null> = new Set<Verdict>([
  'UNDER_LOGGED',
  'DIFFERENT_CONTACT',
  'STALE_CONTACT',
]);

/** What the reader can do now; empty where there is nothing to say. */
export function differenceNextStep({
  verdict,
  severity,
  isOpen,
  repName,
  replyUntil,
  readerIsRep,
  secondContactName,
}: Readers & { readonly verdict: Verdict | null; readonly secondContactName: string | null }): string {
  const isDifference = severity > 0;
  const first = firstName(repNamed(repName));
  if (readerIsRep) {
    if (isDifference && isOpen) return 'You can reply, or leave it: silence never counts against you.';
    return SAYS_WHAT_TO_DO.has(verdict) ? '' : 'Nothing to do.';
  }
  const ask = secondContactName === null ? '' : `It may help to ask ${secondContactName} the same question.`;
  const wait =
    isDifference && isOpen && replyUntil !== null
      ? `${first} sees this first and can reply until ${dayText(replyUntil)}. Nothing to do now.`
      : '';
  return [wait, ask].filter((sentence) => sentence !== '').join(' ');
}
