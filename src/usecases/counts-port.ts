import type { ComparisonInputs } from '../core/comparison/finding.ts';
import type { CompanyId, CycleLabel, OwnerId, UserId, Verdict } from '../core/model.ts';
import type { TenantScope } from './records.ts';

/** One compared check-in of a rep whose words were released, as counting needs it. */
export type ComparedCheckIn = {
  readonly companyId: CompanyId;
  readonly cycle: CycleLabel;
  readonly repOwnerId: OwnerId;
  readonly callerUserId: UserId;
  /** The first standing check-in of a planned touch; second contacts and extra conversations are not. */
  readonly isFirstOfTouch: boolean;
  readonly verdict: Verdict;
  readonly severity: number;
  readonly inputs: ComparisonInputs;
  readonly supported: boolean;
  /** The reply window is over. */
  readonly isSettled: boolean;
  /** A reply waits for the manager's decision. */
  readonly hasOpenReply: boolean;
};

export interface CountStore {
  /** Of these reps, from the cycle on; undone check-ins and findings under way are left out. In no order that means anything. */
  compared(
    scope: TenantScope,
    repOwnerIds: readonly OwnerId[],
    fromCycle: CycleLabel,
  ): Promise<readonly ComparedCheckIn[]>;
}
