/** What a respondent recalls, as bands of days and counts, and the marks that stand beside it. */
import type { CountBand, RecencyBand } from '../model.ts';

/** Recall item 1: how long ago the last contact was. */
export type Recency = RecencyBand;

/** Recall item 2: how many contacts in the last three months. */
export type Count = CountBand;

/** Marks that change what a statement can be compared with. */
export type Flag =
  'partial' | 'stale' | 'named' | 'unsure' | 'colleague' | 'spokeBefore' | 'trace' | 'shared' | 'leave';

/** The coded facts of one respondent; null means that the item was not asked. */
export type Statement = {
  readonly recency: Recency | null;
  readonly count: Count | null;
  readonly flags: readonly Flag[];
};

/** Days from `earliestDays` to `latestDays` ago, both included. */
export type DayRange = { readonly earliestDays: number; readonly latestDays: number };

/** Number of contacts from `atLeast` to `atMost`, both included. */
export type CountRange = { readonly atLeast: number; readonly atMost: number };

export const FLAGS = [
  'partial',
  'stale',
  'named',
  'unsure',
  'colleague',
  'spokeBefore',
  'trace',
  'shared',
  'leave',
] as const satisfies Flag[];

const DAY_RANGES: Readonly<Record<Exclude<Recency, 'DK'>, DayRange>> = {
  W1: { earliestDays: 0, latestDays: 7 },
  W4: { earliestDays: 8, latestDays: 30 },
  M2: { earliestDays: 31, latestDays: 60 },
  M3: { earliestDays: 61, latestDays: 90 },
  M6: { earliestDays: 91, latestDays: 182 },
  LONG: { earliestDays: 183, latestDays: Infinity },
  NEVER: { earliestDays: Infinity, latestDays: Infinity },
};

const COUNT_RANGES: Readonly<Record<Exclude<Count, 'DK'>, CountRange>> = {
  '0': { atLeast: 0, atMost: 0 },
  '1': { atLeast: 1, atMost: 1 },
  '2': { atLeast: 2, atMost: 2 },
  '3-5': { atLeast: 3, atMost: 5 },
  '6+': { atLeast: 6, atMost: Infinity },
};

/** Returns the band of days of an answer, or null when it says nothing (not asked, or "don't know"). */
export function recencyBand(recency: Recency | null): DayRange | null {
  return recency === null || recency === 'DK' ? null : DAY_RANGES[recency];
}

/** Returns the band of counts of an answer, or null when it says nothing (not asked, or "don't know"). */
export function countBand(count: Count | null): CountRange | null {
  return count === null || count === 'DK' ? null : COUNT_RANGES[count];
}

/** Returns the recency answer whose band holds a whole number of days ago (never NEVER or DK). */
export function recencyOfDays(days: number): Recency {
  if (days <= 7) return 'W1';
  if (days <= 30) return 'W4';
  if (days <= 60) return 'M2';
  if (days <= 90) return 'M3';
  return days <= 182 ? 'M6' : 'LONG';
}

/** Returns the count answer whose band holds a whole number of contacts. */
export function countOfContacts(contacts: number): Count {
  if (contacts <= 0) return '0';
  if (contacts === 1) return '1';
  if (contacts === 2) return '2';
  return contacts <= 5 ? '3-5' : '6+';
}
