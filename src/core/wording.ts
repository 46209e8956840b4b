import type { CountBand, RecencyBand, ReplyKind, Verdict } from './model.ts';

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
