/** A rep's counts in words: credits first, a rate only with its uncertainty, never a rank. */
import type { RepTotals } from './comparison/aggregates.ts';
import { HYGIENE_MARKS, type HygieneMark } from './comparison/hygiene.ts';
import {
  FEWEST_FOR_COUNTS,
  rateDisplay,
  shareInterval,
  shrunkRate,
  type Interval,
} from './comparison/statistics.ts';
import { percent, type Fact } from './method-wording.ts';
import { NOT_ENOUGH_CHECK_INS } from './wording.ts';

type Counts = Pick<RepTotals, 'n' | 'x' | 'credits'> & Partial<RepTotals>;

/** What stands beside a rep's counts. */
export type Around = {
  /** The rep's accounts times the quarters counted; null where these were neither all asked nor drawn. */
  readonly accounts: number | null;
  /** The share without differences has been falling slowly (drift): a reason to ask how things are, of no severity. */
  readonly isDrifting: boolean;
};

const NOTHING_AROUND: Around = { accounts: null, isDrifting: false };

/** Returns what the calling manager reads beside a rep's name. */
export function teamNote(counts: Counts, around: Around = NOTHING_AROUND): string {
  const { n, x, credits } = counts;
  const display = rateDisplay(n);
  if (display === 'notEnough') return NOT_ENOUGH_CHECK_INS;
  const seen = `Nothing against the log in ${credits} of ${n}. Two answers differ in ${x}`;
  if (display === 'countsOnly') return `${seen}; too few for a rate.`;
  const share = isWhole(counts, around)
    ? 'all accounts were compared.'
    : `chance alone allows a true share of ${truth(counts, around)} (95% interval).`;
  const drift = around.isDrifting ? ' The first number has been falling slowly: ask how things are.' : '';
  return `${seen}: ${share} ${usualLine(counts)}${drift}`;
}

/** Returns what a rep reads about the last four quarters; nothing before the first compared check-in. */
export function ownNumbers(counts: Counts, around: Around = NOTHING_AROUND): string[] {
  const { n, x, credits, underLogged = 0 } = counts;
  if (n === 0) return [];
  const display = rateDisplay(n);
  if (display === 'notEnough')
    return [`${NOT_ENOUGH_CHECK_INS} yet: numbers start at ${FEWEST_FOR_COUNTS} compared ones.`];
  return [
    `In ${credits} of ${n} compared check-ins nothing went against your log.`,
    ...(underLogged === 0
      ? []
      : [`In ${underLogged} of these the customer remembers more than the log. Good work; please log it.`]),
    `In ${x} of them two answers differ from the log. This happens with honest logs too.`,
    ...(display === 'rate' ? rateLines(counts, around) : ['These are too few for a rate.']),
    ...(around.isDrifting
      ? [
          'The first number has been falling slowly against your own usual. It has no consequence; a customer day may help.',
        ]
      : []),
    'Only you and your manager see this. Nobody is ranked.',
  ];
}

function rateLines(counts: Counts, around: Around): string[] {
  return [
    isWhole(counts, around)
      ? 'All your accounts were compared, so this is the whole picture of these quarters.'
      : `Chance alone allows a true share of ${truth(counts, around)} (95% interval).`,
    usualLine(counts),
  ];
}

/** Few check-ins say little: the rate pulled towards what is usual, with its own interval. */
function usualLine({ x, n }: Counts): string {
  const usual = shrunkRate(x, n);
  return `Together with what is usual it is about ${percent(usual.mean)}, ${range(usual)} (90% interval).`;
}

/** Few accounts narrow the interval. */
function truth({ n, x, share = x / n, effectiveSize = n }: Counts, { accounts }: Around): string {
  return range(shareInterval(share, effectiveSize, accounts === null ? null : { asked: n, accounts }));
}

/** Once each account was compared, nothing is left to chance. */
function isWhole({ n }: Counts, { accounts }: Around): boolean {
  return accounts === n;
}

function range({ low, high }: Interval): string {
  return `${percent(low)} to ${percent(high)}`;
}

const HYGIENE_LABELS: Record<HygieneMark, string> = {
  late: 'Logged more than a week later',
  noOutcome: 'Without an outcome',
  noContact: 'Without a contact',
};

/** Returns what would make a rep's own log easier to use; empty before the first record was compared. */
export function hygieneFacts(records: number, marked: Readonly<Record<HygieneMark, number>>): Fact[] {
  if (records === 0) return [];
  return HYGIENE_MARKS.map((mark) => ({
    label: HYGIENE_LABELS[mark],
    value: `${marked[mark]} of ${records} records`,
  }));
}
