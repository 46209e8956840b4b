/** The decision table: the first row that fits decides. Rows read like the method's own table. */
import type { Facts } from './facts.ts';
import { hasFlag, LONG_AGO_DAYS } from './facts.ts';
import type { Verdict } from '../model.ts';
import type { RuleId, Severity } from './finding.ts';
import type { DayRange } from './statement.ts';

export type DecisionRow = {
  readonly rule: Exclude<RuleId, 'R00'>;
  readonly verdict: Exclude<Verdict, 'EXPLAINED'>;
  readonly severity: Severity;
  readonly fits: (facts: Facts) => boolean;
};

const OTHERWISE: DecisionRow = { rule: 'R15', verdict: 'UNVERIFIED', severity: 0, fits: () => true };

/** Rows R01 to R15; R00 is the wrapper in explain.ts. */
export const DECISION_TABLE: readonly DecisionRow[] = [
  { rule: 'R01', verdict: 'UNVERIFIED', severity: 0, fits: (facts) => hasFlag(facts, 'partial') },
  { rule: 'R02', verdict: 'STALE_CONTACT', severity: 0, fits: (facts) => hasFlag(facts, 'stale') },
  { rule: 'R03', verdict: 'UNVERIFIED', severity: 0, fits: wasNothingAsked },
  { rule: 'R04', verdict: 'CUSTOMER_UNSURE', severity: 0, fits: isCustomerUnsure },
  { rule: 'R05', verdict: 'CUSTOMER_UNSURE', severity: 0, fits: doAnswersDisagree },
  { rule: 'R06', verdict: 'UNDER_LOGGED', severity: 0, fits: isMoreRecalledThanLogged },
  { rule: 'R07', verdict: 'CORROBORATED', severity: 0, fits: isContactConfirmed },
  { rule: 'R08', verdict: 'CONSISTENT', severity: 0, fits: (facts) => !facts.conflictWithLive },
  { rule: 'R09', verdict: 'CUSTOMER_UNSURE', severity: 0, fits: isOneAnswerMissing },
  { rule: 'R10', verdict: 'DIFFERENT_CONTACT', severity: 0, fits: mayBeAnotherContact },
  { rule: 'R11', verdict: 'MEMORY_DIFFERS', severity: 0, fits: (facts) => facts.recordShowsContact },
  { rule: 'R12', verdict: 'DIFFERS_SOFT', severity: 1, fits: (facts) => isFirm(facts) && isLogShared(facts) },
  { rule: 'R13', verdict: 'DIFFERS_FIRM', severity: 2, fits: isFirm },
  { rule: 'R14', verdict: 'DIFFERS_SOFT', severity: 1, fits: isWorthALook },
  OTHERWISE,
];

/** Returns the first row of the table that fits. */
export function decide(facts: Facts): DecisionRow {
  return DECISION_TABLE.find((row) => row.fits(facts)) ?? OTHERWISE;
}

function wasNothingAsked(facts: Facts): boolean {
  const { recency, count } = facts.inputs;
  return recency === null && count === null && !hasFlag(facts, 'named');
}

function isCustomerUnsure(facts: Facts): boolean {
  const nothingSaid = facts.recency === null && facts.count === null;
  return hasFlag(facts, 'unsure') || (nothingSaid && !hasFlag(facts, 'named'));
}

function doAnswersDisagree(facts: Facts): boolean {
  if (facts.inputs.recency === 'NEVER' && hasFlag(facts, 'spokeBefore')) return true;
  if (facts.recency === null || facts.count === null) return false;
  const isLongAgo = facts.recency.earliestDays >= LONG_AGO_DAYS;
  return isLongAgo ? facts.count.atLeast >= 1 : facts.count.atMost === 0;
}

/** The recency reach is twice the far edge plus a day: the credit needs a smaller factor than a conflict. */
function isMoreRecalledThanLogged(facts: Facts): boolean {
  const newest = facts.touchDays[0] ?? Infinity;
  const isMoreRecent =
    facts.recency !== null &&
    facts.recency.earliestDays < LONG_AGO_DAYS &&
    newest > farthestFit(facts.recency);
  return isMoreRecent || (facts.count !== null && facts.count.atLeast > 2 * facts.recentTouchDays);
}

function isContactConfirmed(facts: Facts): boolean {
  if (facts.conflictWithLive || facts.recentTouchDays === 0) return false;
  return hasFlag(facts, 'named') || doesSomeTouchFit(facts);
}

function doesSomeTouchFit(facts: Facts): boolean {
  const { recency } = facts;
  if (recency === null) return false;
  const nearest = recency.earliestDays / 2 - 1;
  return facts.touchDays.some((age) => age >= nearest && age <= farthestFit(recency));
}

function farthestFit(recency: DayRange): number {
  return 2 * recency.latestDays + 1;
}

function isOneAnswerMissing(facts: Facts): boolean {
  return facts.recency === null || facts.count === null;
}

function mayBeAnotherContact(facts: Facts): boolean {
  return hasFlag(facts, 'colleague') || !facts.conflictWithRespondent;
}

function isFirm(facts: Facts): boolean {
  const { kMin, mu, respondentDays, settings } = facts;
  if (kMin === null || mu === null) return false;
  const bothConflict = facts.recencyConflict && facts.count?.atMost === 0;
  return bothConflict && respondentDays.length >= kMin && mu <= settings.alpha;
}

function isLogShared(facts: Facts): boolean {
  return facts.severalOwners || hasFlag(facts, 'shared') || hasFlag(facts, 'leave');
}

function isWorthALook(facts: Facts): boolean {
  if (!facts.conflictWithRespondent) return false;
  return facts.respondentDays.length >= 3 || (facts.recencyConflict && facts.countConflict);
}
