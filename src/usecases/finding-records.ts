import type { Claim } from '../core/comparison/claim.ts';
import type { HygieneMark } from '../core/comparison/hygiene.ts';
import type { CompanyId, ContactId, LocalDay, OwnerId, ReplyKind, UserId, Verdict } from '../core/model.ts';
import type { Recall } from './records.ts';

/** What a comparison found, what led to it, and what was replied, as stored. */

/** pending → incomplete (read again later) → ready. */
export type FindingState = 'pending' | 'incomplete' | 'ready';

export type FindingRow = {
  readonly findingId: string;
  readonly checkInId: string;
  readonly companyId: CompanyId;
  readonly repOwnerId: OwnerId;
  readonly callerUserId: UserId;
  readonly state: FindingState;
  /** The core finding as JSON (verdict, severity, rule, inputs, thresholds, method version); null while pending. */
  readonly result: FindingResult | null;
  /** Names and facts for the screen: claims with dates and contacts. Metadata only. */
  readonly evidence: readonly EvidenceLine[];
  readonly attempts: number;
  readonly nextTryAt: Date;
  readonly noticedOn: LocalDay | null;
  readonly replyUntil: LocalDay | null;
  readonly settledAt: Date | null;
  /** First severity before any reply or second contact, for R00. */
  readonly firstSeverity: number | null;
  readonly supported: boolean;
  readonly secondContactId: ContactId | null;
};

/** Verdict and what led to it; `inputs` and `thresholds` rerun to the same bytes. */
export type FindingResult = {
  readonly verdict: Verdict;
  readonly severity: 0 | 1 | 2 | 3;
  readonly rule: string;
  readonly mu: number | null;
  /** "Fewer than 1 in N" beside mu. */
  readonly oneIn: number | null;
  /** No contact in three months, by log and customer alike: about the service, about no one. */
  readonly serviceGap: boolean;
  readonly inputs: unknown;
  readonly thresholds: unknown;
  readonly methodVersion: string;
};

/** What came after the facts and was weighed: with it and the inputs a finding is performed again. */
export type FindingLater = {
  readonly claims: readonly Claim[];
  readonly trace: boolean;
  readonly isReplyAccepted: boolean;
  readonly isFirmAgainLater: boolean;
  /** The second contact's own statement, and what came after that. */
  readonly secondContact: {
    /** Absent in findings of earlier versions. */
    readonly findingId?: string;
    readonly inputs: unknown;
    readonly thresholds: unknown;
    readonly later: FindingLater | null;
  } | null;
  /** Absent where there was nothing to weigh, and in findings of earlier versions. */
  readonly otherAnswers?: readonly OtherAnswer[];
};

/** What may be the same person's answer in another conversation of that time, as given or as corrected. */
export type OtherAnswer = { readonly checkInId: string; readonly recall: Recall };

export type EvidenceLine = {
  readonly activityId: string;
  readonly what: 'call' | 'meeting' | 'email';
  readonly on: LocalDay;
  readonly ageDays: number;
  /** Whose name stands here; absent in lines of earlier versions. */
  readonly contactId?: ContactId | null;
  readonly contactName: string | null;
  readonly ownerId: OwnerId | null;
  readonly tier: 0 | 1 | 2 | 3 | 4;
  readonly outcome: 'live' | 'open' | 'dropped' | 'trace';
  readonly counted: boolean;
  readonly why: string;
  /** Where HubSpot says the record came from; absent in lines of earlier versions. */
  readonly source?: { readonly label: string; readonly detail: string };
  /** The call outcome's id; absent for everything but calls. */
  readonly disposition?: string;
  /** What would make the record easier to use; for the rep alone. */
  readonly hygiene?: readonly HygieneMark[];
};

/** One of the caller's own that is not settled yet, or on which a reply waits for their decision: which talk it is about, nothing of its result. */
export type OwnFinding = Pick<FindingRow, 'findingId' | 'checkInId' | 'companyId' | 'repOwnerId'> & {
  readonly respondentName: string;
  readonly happenedOn: LocalDay;
  /** When the oldest reply came that waits for a decision; null where none does. */
  readonly repliedAt: Date | null;
  /** Silence accepts it after that day. */
  readonly decideBy: LocalDay | null;
};

export type Reply = {
  readonly replyId: string;
  readonly findingId: string;
  readonly byUserId: UserId;
  readonly kind: ReplyKind;
  readonly sentence: string;
  readonly activityId: string | null;
  readonly repliedAt: Date;
  /** The manager decides by then; silence accepts. Null for a comment. */
  readonly decideBy: LocalDay | null;
  readonly state: 'open' | 'accepted' | 'refused' | 'noted';
  readonly decidedAt: Date | null;
  readonly decidedBy: UserId | null;
  readonly decisionReason: string | null;
};
