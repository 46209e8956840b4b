// Copied from extension-kit/wording-method.ts, by `npm run generate`. Do not edit.
import { formatShortDay, formatTime } from './dates.ts';

/** Words of the method, patterns, leave and exports: calm, short, about grade 8. */

export const METHOD = {
  open: 'The whole method',
  title: 'How answers are compared with the log',
  quarter: 'Quarter',
};

export const PATTERN = {
  customers: 'At these customers',
  guide: 'For the conversation',
  numbers: 'The numbers',
  open: 'Open it',
  about: (repName: string, quarter: string) => `${repName} · ${quarter}`,
};

export const LEAVE = {
  title: 'Leave',
  own: 'Your leave',
  intro: 'While you are away, the days to reply do not run.',
  introAdmin: 'While a rep is away, the days to reply do not run.',
  rep: 'Who',
  first: 'First day',
  last: 'Last day',
  add: 'Add leave',
  remove: 'Remove',
  notRemoved: 'Not removed yet',
  none: 'None entered.',
  days: (firstDay: string, lastDay: string, locale: string) =>
    `${formatShortDay(firstDay, locale)} to ${formatShortDay(lastDay, locale)}`,
};

export const HYGIENE = {
  title: 'Your log, for you alone',
  intro:
    'Small things that make your own records easier to use. They change no result, and nobody else sees them.',
};

export const EXPORTS = {
  title: 'Exports',
  findings: 'Findings, under pseudonyms',
  program: 'Rules and announcement',
  download: (expiresAt: string, locale: string) =>
    `Download (works once, until ${formatTime(expiresAt, locale)})`,
};

export const USAGE = {
  title: 'What your log really uses',
  sources: 'Where records come from',
  outcomes: 'Call outcomes',
  records: (records: number) => (records === 1 ? '1 record' : `${String(records)} records`),
};
