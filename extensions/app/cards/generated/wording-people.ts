// Copied from extension-kit/wording-people.ts, by `npm run generate`. Do not edit.
import { formatPastDay, formatTime } from './dates.ts';
import { firstName } from './first-name.ts';

/** Words around thanks to colleagues, advice for reps and what contacts wish. */

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
  from: (respondent: string, company: string, day: string, today: string, locale: string) =>
    [respondent, company, formatPastDay(day, today, locale)].filter((part) => part !== '').join(' · '),
};

export const ADVICE = {
  fold: (repName: string | null) => (repName === null ? 'Advice' : `Advice for ${firstName(repName)}`),
  label: 'Three lines at most',
  hint: (repName: string | null, respondent: string) => {
    if (repName === null) return 'Nobody gets the words of this company now.';
    const words = respondent.trim() === '' ? 'the customer’s' : `${firstName(respondent)}’s`;
    return `${firstName(repName)} sees it with ${words} words, after the 15 minutes of Undo.`;
  },
  problems: {
    nobody: 'Nobody would read this. Take it out to save.',
    tooManyLines: 'More than three lines. Keep the three that matter most.',
    lineTooLong: 'A line has more than 200 characters. Shorten it, or break it into two lines.',
  },
  given: (repName: string | null) =>
    repName === null ? 'Your advice' : `Your advice for ${firstName(repName)}`,
  from: (callerName: string) => `Advice from ${firstName(callerName)}`,
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
  nobodyToCall: (canSkip: boolean) =>
    `Everybody we know here asked not to be called.${canSkip ? ' Skip with a reason, or ask somebody else.' : ''}`,
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
