/** A logged activity read as "contact took place". */
import { byCodeUnits } from './canonical.ts';

/** live: a real conversation or visit. open: unknown whether it was one; may help, never hurts. */
export type ClaimOutcome = 'live' | 'open';

/** Strength of the records behind a claim: 0 and 1 weak, 2 supported, 3 and 4 machine-confirmed. */
export type EvidenceTier = 0 | 1 | 2 | 3 | 4;

export type Claim = {
  /** Whole days between the touch and the day the facts were saved. */
  readonly ageDays: number;
  readonly outcome: ClaimOutcome;
  readonly tier: EvidenceTier;
  /** With the respondent, or with anyone else (also when no contact is recorded). */
  readonly contact: 'respondent' | 'other';
  /** HubSpot owner of the activity; absent when it has none. */
  readonly owner?: string;
};

/** Returns true for records that a machine made while the contact took place (E3, E4). */
export function isMachineConfirmed(claim: Pick<Claim, 'tier'>): boolean {
  return claim.tier >= 3;
}

/** Returns a claim without anything that a comparison does not look at: no names, no ids of activities. */
export function onlyClaim({ ageDays, outcome, tier, contact, owner }: Claim): Claim {
  const claim = { ageDays, outcome, tier, contact };
  return owner === undefined ? claim : { ...claim, owner };
}

/** Returns the claims in one fixed order, so that the order of reading changes nothing. */
export function sortedClaims(claims: readonly Claim[]): Claim[] {
  return [...claims].sort(compareClaims);
}

function compareClaims(left: Claim, right: Claim): number {
  return (
    left.ageDays - right.ageDays ||
    byCodeUnits(left.outcome, right.outcome) ||
    left.tier - right.tier ||
    byCodeUnits(left.contact, right.contact) ||
    byCodeUnits(left.owner ?? '', right.owner ?? '')
  );
}
