/** The lock before a comparison: reps are told first. Nothing that a caller sends can open it. */
export type GateFacts = {
  /** The program compares at all; "listening only" does not. */
  readonly isComparisonOn: boolean;
  /** Owner of the company on the day of the check-in; null when there is none. */
  readonly repOwnerId: string | null;
  readonly callerOwnerId: string | null;
  /** First day of that rep's open gate (local day), null while the gate is closed. */
  readonly gateOpensOn: string | null;
  /** Local day of the conversation. */
  readonly heldOn: string;
  /** Local day on which the facts were saved. */
  readonly savedOn: string;
  /** Full business days between conversation and saving. */
  readonly businessDaysOld: number;
};

export type GateAnswer =
  | { readonly isOpen: true }
  | {
      readonly isOpen: false;
      readonly reason: 'listeningOnly' | 'noRepOfRecord' | 'callerIsRep' | 'notOpenYet' | 'tooOld';
    };

/** A conversation older than this many business days when saved is not compared. */
export const OLDEST_COMPARED_BUSINESS_DAYS = 1;

/** Returns whether recall items may be asked and compared for a rep's account, or why not. */
export function comparisonGate(facts: GateFacts): GateAnswer {
  if (!facts.isComparisonOn) return { isOpen: false, reason: 'listeningOnly' };
  if (facts.repOwnerId === null) return { isOpen: false, reason: 'noRepOfRecord' };
  if (facts.callerOwnerId === facts.repOwnerId) return { isOpen: false, reason: 'callerIsRep' };
  if (!isGateOpen(facts)) return { isOpen: false, reason: 'notOpenYet' };
  const isRecent = facts.businessDaysOld <= OLDEST_COMPARED_BUSINESS_DAYS;
  return isRecent ? { isOpen: true } : { isOpen: false, reason: 'tooOld' };
}

/** Both the conversation and its saving must fall on or after the first open day. */
function isGateOpen({ gateOpensOn: opensOn, heldOn, savedOn }: GateFacts): boolean {
  return opensOn !== null && heldOn >= opensOn && savedOn >= opensOn;
}
