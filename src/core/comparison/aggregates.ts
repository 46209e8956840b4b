/** Which check-ins count for a rep, and how they add up over four cycles. Never a rank. */
import type { Verdict } from './finding.ts';
import type { RepCounts } from './team-test.ts';

/** One compared check-in, as far as counting needs it. */
export type CountedCheckIn = {
  readonly companyId: string;
  /** Running number of the cycle in which the statement was saved. */
  readonly cycle: number;
  /** Drawn at random or due in a census; picks by hand never enter a rate. */
  readonly isDrawnOrCensus: boolean;
  readonly areBothItemsAnswered: boolean;
  /** The verdict that stands now (EXPLAINED once a difference is explained). */
  readonly verdict: Verdict;
  /** Live touch-days of this rep with the respondent, up to 90 days. */
  readonly respondentTouchDays: number;
  readonly isReplyWindowOver: boolean;
  readonly isSupported: boolean;
};

export type RepTotals = RepCounts & {
  /** Corroborated, consistent and under-logged check-ins among the comparable ones. */
  readonly credits: number;
};

/** Differences leave all counts after this many cycles. */
export const ROLLING_CYCLES = 4;

const CREDIT_VERDICTS: readonly Verdict[] = ['CORROBORATED', 'CONSISTENT', 'UNDER_LOGGED'];
const COMPARABLE_VERDICTS: readonly Verdict[] = [...CREDIT_VERDICTS, 'DIFFERS_SOFT', 'DIFFERS_FIRM'];

/** Returns the totals of one rep over the four cycles that end with `currentCycle`. */
export function totalsOfRep(
  repId: string,
  checkIns: readonly CountedCheckIn[],
  currentCycle: number,
): RepTotals {
  const comparable = checkIns.filter((one) => isInWindow(one, currentCycle) && isComparable(one));
  const firm = comparable.filter((one) => one.verdict === 'DIFFERS_FIRM' && one.isReplyWindowOver);
  return {
    repId,
    n: comparable.length,
    x: firm.length,
    credits: comparable.filter((one) => CREDIT_VERDICTS.includes(one.verdict)).length,
    firmCompanyIds: companiesOf(firm),
    supportedCompanyIds: companiesOf(firm.filter((one) => one.isSupported)),
  };
}

/** Returns true for check-ins that can be compared at all: explained differences are in no count. */
export function isComparable(checkIn: CountedCheckIn): boolean {
  const hasTouches = checkIn.respondentTouchDays >= 1 || checkIn.verdict === 'UNDER_LOGGED';
  return (
    checkIn.isDrawnOrCensus &&
    checkIn.areBothItemsAnswered &&
    hasTouches &&
    COMPARABLE_VERDICTS.includes(checkIn.verdict)
  );
}

/** Returns true while a finding is in the counts; after four cycles it has expired. */
export function isInWindow(checkIn: Pick<CountedCheckIn, 'cycle'>, currentCycle: number): boolean {
  return checkIn.cycle <= currentCycle && checkIn.cycle > currentCycle - ROLLING_CYCLES;
}

function companiesOf(checkIns: readonly CountedCheckIn[]): string[] {
  return [...new Set(checkIns.map((one) => one.companyId))].sort();
}
