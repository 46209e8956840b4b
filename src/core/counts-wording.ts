/** A rep's counts in words: credits first, a rate only with its uncertainty, never a rank. */
import type { RepTotals } from './comparison/aggregates.ts';
import { rateDisplay, shrunkRate, wilsonInterval, type Interval } from './comparison/statistics.ts';
import { percent } from './method-wording.ts';
import { NOT_ENOUGH_CHECK_INS } from './wording.ts';

type Counts = Pick<RepTotals, 'n' | 'x' | 'credits'>;

/** Returns what the calling manager reads beside a rep's name. */
export function teamNote(counts: Counts): string {
  const { n, x, credits } = counts;
  const display = rateDisplay(n);
  if (display === 'notEnough') return NOT_ENOUGH_CHECK_INS;
  const seen = `Nothing against the log in ${credits} of ${n}. Two answers differ in ${x}`;
  if (display === 'countsOnly') return `${seen}; too few for a rate.`;
  return `${seen}: the true share may be ${range(wilsonInterval(x / n, n))}.`;
}

/** Returns what a rep reads about the last four quarters; nothing before the first compared check-in. */
export function ownNumbers(counts: Counts): string[] {
  const { n, x, credits } = counts;
  if (n === 0) return [];
  const display = rateDisplay(n);
  if (display === 'notEnough') return [`${NOT_ENOUGH_CHECK_INS} yet: numbers start at 8 compared ones.`];
  return [
    `In ${credits} of ${n} compared check-ins nothing went against your log.`,
    `In ${x} of them two answers differ from the log. This happens with honest logs too.`,
    ...(display === 'rate' ? rateLines(x, n) : ['These are too few for a rate.']),
    'Only you and your manager see this. Nobody is ranked.',
  ];
}

function rateLines(x: number, n: number): string[] {
  const usual = shrunkRate(x, n);
  return [
    `Chance alone allows a true share of ${range(wilsonInterval(x / n, n))} (95% interval).`,
    `Together with what is usual it is about ${percent(usual.mean)}, ${range(usual)} (90% interval).`,
  ];
}

function range({ low, high }: Interval): string {
  return `${percent(low)} to ${percent(high)}`;
}
