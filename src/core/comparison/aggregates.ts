/** Which check-ins count for a rep, and how they add up over four cycles. Never a rank. */
import type { Verdict } from '../model.ts';
import { weightedShare } from './statistics.ts';
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
  /** How many accounts this one stands for: 1 where all had the same chance of being asked. */
  readonly weight: number;
};

export type RepTotals = RepCounts & {
  /** Corroborated, consistent and under-logged check-ins among the comparable ones. */
  readonly credits: number;
  /** Those among the credits where the customer remembers more than the log shows. */
  readonly underLogged: number;
  /** Different cycles that hold a comparable check-in. */
  readonly cycles: number;
  /** Share (of 1) of firm differences by design weight; 0 where nothing is comparable. */
  readonly share: number;
  /** Kish's effective number of comparable check-ins; n where all weights are equal. */
  readonly effectiveSize: number;
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
    underLogged: comparable.filter((one) => one.verdict === 'UNDER_LOGGED').length,
    cycles: new Set(comparable.map((one) => one.cycle)).size,
    ...weightedFirm(comparable, firm),
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

function weightedFirm(
  comparable: readonly CountedCheckIn[],
  firm: readonly CountedCheckIn[],
): Pick<RepTotals, 'share' | 'effectiveSize'> {
  if (comparable.length === 0) return { share: 0, effectiveSize: 0 };
  return weightedShare(comparable.map((one) => ({ weight: one.weight, isHit: firm.includes(one) })));
}

function companiesOf(checkIns: readonly CountedCheckIn[]): string[] {
  return [...new Set(checkIns.map((one) => one.companyId))].sort();
}
