import type { HygieneMark } from '../core/comparison/hygiene.ts';
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

/** How many of a rep's own records carry each mark, out of how many. */
export type HygieneCounts = {
  readonly records: number;
  readonly marked: Readonly<Record<HygieneMark, number>>;
};

/** How many different records came from a source, or ended with a call outcome. */
export type LogUsage = {
  /** Over how many comparisons this is counted. */
  readonly comparisons: number;
  readonly sources: readonly { readonly label: string; readonly detail: string; readonly records: number }[];
  readonly dispositions: readonly { readonly id: string; readonly records: number }[];
};

export interface CountStore {
  /** Over the log of the newest comparisons whose words were released to the rep. */
  hygiene(scope: TenantScope, repOwnerId: OwnerId): Promise<HygieneCounts>;
  /** Over the log of the newest comparisons that are settled or found no difference. The most used first. */
  usage(scope: TenantScope): Promise<LogUsage>;
  /** Of these reps, from the cycle on; undone check-ins and findings under way are left out. In no order that means anything. */
  compared(
    scope: TenantScope,
    repOwnerIds: readonly OwnerId[],
    fromCycle: CycleLabel,
  ): Promise<readonly ComparedCheckIn[]>;
}
