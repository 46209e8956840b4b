/** What a number of check-ins can find, and what it cannot. All shares are of 1. */
import { binomialTail } from './team-test.ts';

/** Assumptions of the power of the test. */
export type PowerAssumptions = {
  /** Rate of firm differences when every log is right. */
  readonly baseRate: number;
  /** Rate of firm differences at a neglected account. */
  readonly hitRate: number;
  /** Chance of a signal for a rep whose logs are right. */
  readonly level: number;
};

export const DEFAULT_POWER: PowerAssumptions = { baseRate: 0.01, hitRate: 0.6, level: 0.01 };
export const MINUTES_PER_CHECK_IN = 6;

const MOST_CHECK_INS = 1000;
/** A chance that is met exactly comes out a little lower or higher in floating point. */
const ROUNDING = 1e-9;

/** Returns the check-ins needed to meet at least one of a share of hits with a chance (0.80, 0.95). */
export function checkInsForOneHit(shareOfHits: number, chance: number): number {
  return Math.ceil(Math.log(1 - chance) / Math.log(1 - shareOfHits) - ROUNDING);
}

/** Returns the chance that a draw of n among N accounts holds at least one of D neglected ones. */
export function chanceOfOneNeglected(drawn: number, accounts: number, neglected: number): number {
  let missAll = 1;
  for (let taken = 0; taken < drawn; taken += 1) {
    missAll *= Math.max(0, accounts - neglected - taken) / (accounts - taken);
  }
  return 1 - missAll;
}

/** Returns the smallest draw that holds one neglected account with a chance; all accounts when none is smaller. */
export function drawForOneNeglected(accounts: number, neglected: number, chance: number): number {
  for (let drawn = 1; drawn < accounts; drawn += 1) {
    if (chanceOfOneNeglected(drawn, accounts, neglected) >= chance - ROUNDING) return drawn;
  }
  return accounts;
}

/** Returns the fewest firm differences that would be a signal among n check-ins. */
export function criticalCount(n: number, { baseRate, level }: PowerAssumptions): number {
  let x = 0;
  let chanceOfX = (1 - baseRate) ** n;
  for (let tail = 1; tail > level && x <= n; x += 1) {
    tail -= chanceOfX;
    chanceOfX *= ((n - x) / (x + 1)) * (baseRate / (1 - baseRate));
  }
  return x;
}

/** Returns the chance of a signal for a rep with a share of neglected accounts, by n check-ins. */
export function powerOfTest(n: number, neglectedShare: number, assumptions: PowerAssumptions): number {
  const { baseRate, hitRate } = assumptions;
  const rate = baseRate + neglectedShare * (hitRate - baseRate);
  return binomialTail(criticalCount(n, assumptions), n, rate);
}

/**
 * Returns the first n with a power, or null when none up to 1,000 has it. Power falls again where the critical
 * count steps up, so a larger n can have less.
 */
export function checkInsForPower(
  power: number,
  neglectedShare: number,
  assumptions: PowerAssumptions,
): number | null {
  if (neglectedShare <= 0) return null;
  for (let n = 1; n <= MOST_CHECK_INS; n += 1) {
    if (powerOfTest(n, neglectedShare, assumptions) >= power) return n;
  }
  return null;
}

/**
 * Returns the chance that all of one account's calls are missing when a share of single calls, spread over all
 * accounts, never took place. It is tiny: sprinkled calls cannot be found by asking customers.
 */
export function chanceAllSprinkled(shareOfCalls: number, callsPerAccount: number): number {
  return shareOfCalls ** callsPerAccount;
}

/** Returns the hours that a census of a team takes. */
export function censusHours(reps: number, accountsPerRep: number): number {
  return (reps * accountsPerRep * MINUTES_PER_CHECK_IN) / 60;
}

/** Returns the check-ins per rep that a capacity of check-ins a cycle allows, at most all accounts. */
export function checkInsPerRep(capacity: number, reps: number, accountsPerRep: number): number {
  return Math.min(accountsPerRep, Math.floor(capacity / reps));
}
