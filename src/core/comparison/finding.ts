/** The stored result of one comparison, and its exact bytes. */
import type { Verdict } from '../model.ts';
import { canonicalJson } from './canonical.ts';
import type { Claim } from './claim.ts';
import type { Settings } from './settings.ts';
import type { Statement } from './statement.ts';

/** 0 none, 1 worth a look, 2 both answers differ. A pattern (3) belongs to a rep's accounts, never to one finding. */
export type Severity = 0 | 1 | 2;

/** The row of the decision table that decided; the reason shown to people is looked up by it. */
export type RuleId =
  | 'R00'
  | 'R01'
  | 'R02'
  | 'R03'
  | 'R04'
  | 'R05'
  | 'R06'
  | 'R07'
  | 'R08'
  | 'R09'
  | 'R10'
  | 'R11'
  | 'R12'
  | 'R13'
  | 'R14'
  | 'R15';

/** Everything that a comparison looks at, besides the settings. */
export type ComparisonInputs = Statement & { readonly claims: readonly Claim[] };

/** What was counted on the way to the verdict; ages in days, ascending. */
export type Measures = {
  /** Ages of all touch-days up to 182 days. */
  readonly touchDays: readonly number[];
  /** Ages up to 90 days with a live claim, with anyone there. */
  readonly liveDays: readonly number[];
  /** Ages up to 90 days with a live claim with the respondent. */
  readonly respondentDays: readonly number[];
};

/** Severity, rule, inputs and thresholds of one comparison: enough to perform it again. */
export type Finding = {
  readonly methodVersion: string;
  readonly verdict: Verdict;
  readonly severity: Severity;
  readonly rule: RuleId;
  /** Key of the sentence shown: the rule's id. */
  readonly reason: RuleId;
  /** Recall chance, 6 decimals; null where rules R12 to R14 did not weigh a recency of 91 days or more. */
  readonly mu: number | null;
  /** N of "fewer than 1 in N would answer this way if the log is right"; null with mu. */
  readonly oneIn: number | null;
  /** Fewest touch-days for a firm difference under these settings; null when no number is enough. */
  readonly kMin: number | null;
  /** Nothing was logged in three months: a gap in service, about no one. */
  readonly serviceGap: boolean;
  readonly measures: Measures;
  readonly inputs: ComparisonInputs;
  readonly thresholds: Settings;
};

/** Returns the one text of a finding: equal inputs and method version give equal texts anywhere. */
export function findingText(finding: Finding): string {
  return canonicalJson(finding);
}
