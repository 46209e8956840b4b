import { formatShortDay, formatTime } from './dates.ts';
import { firstName } from './wording.ts';

/** Words around thanks to colleagues and what contacts wish. */

export const THANKS = {
  fold: 'Thank someone · what they prefer',
  who: 'Thank a colleague by name',
  nobody: 'Nobody named',
  words: (name: string | null) =>
    name === null ? 'What did the customer say?' : `What did they say about ${firstName(name)}?`,
  hint: 'The customer’s words. Your colleague and their manager read them.',
  missing: 'Choose whom to thank, and write what was said.',
  later: (name: string, at: string, locale: string) =>
    `${firstName(name)} reads your thanks at ${formatTime(at, locale)}.`,
  title: 'Thanks',
  forYou: 'Thanks for you',
  forName: (name: string) => `For ${name}`,
  from: (respondent: string, company: string, at: string, locale: string) =>
    [respondent, company, formatShortDay(at.slice(0, 10), locale)].filter((part) => part !== '').join(' · '),
};

export const PREFERENCE = {
  title: (name: string) => `What ${firstName(name)} prefers`,
  talkTo: 'Would rather we ask',
  themselves: 'Not said',
  half: 'Best half of the day',
  weekdays: 'Best days',
  channel: 'How to reach them',
  notSaid: 'Not said',
  doNotCall: 'Asked not to be called',
  nobodyTitle: 'Nobody to call',
  nobodyToCall: 'Everybody we know here asked not to be called. Skip with a reason, or ask somebody else.',
  onlyContacts: 'A preference is kept for people who are contacts in HubSpot.',
};

export const HALF_OPTIONS: { label: string; value: 'morning' | 'afternoon' }[] = [
  { label: 'Morning', value: 'morning' },
  { label: 'Afternoon', value: 'afternoon' },
];

export const WEEKDAY_OPTIONS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri'].map((label, index) => ({
  label,
  value: String(index + 1),
}));
