/** Rule R00: what later evidence, a reply or a second contact makes of a first finding. */
import type { Claim } from './claim.ts';
import { isMachineConfirmed } from './claim.ts';
import { compare } from './compare.ts';
import type { ComparisonInputs, Finding } from './finding.ts';
import type { Settings } from './settings.ts';

/** What came after the facts were saved. */
export type LaterEvidence = {
  /** Claims recorded after the facts; only machine-confirmed ones (E3, E4) are looked at. */
  readonly claims: readonly Claim[];
  /** A record of a customer's own message turned up later. */
  readonly trace: boolean;
  readonly isReplyAccepted: boolean;
  /** The finding of the second contact's own statement. */
  readonly secondContact: Pick<Finding, 'verdict' | 'severity'> | null;
  /** The account had another firm difference in a later wave. */
  readonly isFirmAgainLater: boolean;
};

/** A finding with what became of it. `supported`: a firm difference that a second memory bears out. */
export type SettledFinding = Finding & { readonly supported: boolean };

export const NO_LATER_EVIDENCE: LaterEvidence = {
  claims: [],
  trace: false,
  isReplyAccepted: false,
  secondContact: null,
  isFirmAgainLater: false,
};

/** Returns the finding of the snapshot, turned into EXPLAINED (severity 0) where something explains a difference. */
export function compareWithLaterEvidence(
  inputs: ComparisonInputs,
  settings: Settings,
  later: LaterEvidence,
): SettledFinding {
  return settleFinding(compare(inputs, settings), later);
}

/** Returns what a stored first finding is worth in the light of later evidence; never of higher severity. */
export function settleFinding(first: Finding, later: LaterEvidence): SettledFinding {
  if (first.severity > 0 && isExplained(first, later)) return { ...explainedFrom(first), supported: false };
  const hasSecondMemory = later.isFirmAgainLater || (later.secondContact?.severity ?? 0) >= 1;
  return { ...first, supported: first.verdict === 'DIFFERS_FIRM' && hasSecondMemory };
}

function isExplained(first: Finding, later: LaterEvidence): boolean {
  if (later.isReplyAccepted || doesSecondContactRemember(later.secondContact?.verdict)) return true;
  return rerunWith(first, later).severity === 0;
}

/** True where a second contact's own statement explains a difference with the first one's. */
export function doesSecondContactRemember(verdict: Finding['verdict'] | undefined): boolean {
  return verdict === 'CORROBORATED' || verdict === 'UNDER_LOGGED';
}

/** New logs made by hand after the facts are ignored: only records that a machine made can be added. */
function rerunWith(first: Finding, later: LaterEvidence): Finding {
  const { claims, flags } = first.inputs;
  const confirmed = later.claims.filter(isMachineConfirmed);
  const laterFlags = later.trace ? [...flags, 'trace' as const] : flags;
  return compare({ ...first.inputs, claims: [...claims, ...confirmed], flags: laterFlags }, first.thresholds);
}

function explainedFrom(first: Finding): Finding {
  return { ...first, verdict: 'EXPLAINED', severity: 0, rule: 'R00', reason: 'R00', mu: null, oneIn: null };
}
