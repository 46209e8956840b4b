import type { CompanyId, ContactId, CycleLabel, LocalDay, OwnerId, UserId } from '../core/model.ts';
import type { CheckIn, Correction, Heard, Issue, PromiseRow, RepNotice, TenantScope } from './records.ts';
import type {
  EvidenceLine,
  FindingLater,
  FindingResult,
  FindingRow,
  FindingState,
  OwnFinding,
  Reply,
} from './finding-records.ts';

export interface CheckInStore {
  add(scope: TenantScope, checkIn: CheckIn): Promise<void>;
  find(scope: TenantScope, checkInId: string): Promise<CheckIn | null>;
  /** Not undone, newest first. */
  ofCompany(scope: TenantScope, companyId: CompanyId, limit: number): Promise<readonly CheckIn[]>;
  /** Who answered last at each of these companies, newest first, ≤ limit each; one never heard is absent. */
  lastHeard(
    scope: TenantScope,
    companyIds: readonly CompanyId[],
    limit: number,
  ): Promise<ReadonlyMap<CompanyId, readonly Heard[]>>;
  countOfCompany(scope: TenantScope, companyId: CompanyId): Promise<number>;
  /** Newest wave of the company, 0 where none. */
  waveOf(scope: TenantScope, companyId: CompanyId, beforeCycle: CycleLabel | null): Promise<number>;
  /** The words stay, as evidence of a statement that was shown; the advice for the rep goes. */
  undo(scope: TenantScope, checkInId: string, at: Date): Promise<void>;
  /** The caller's undone check-ins of the company, newest first: a statement stays frozen where the log was shown. */
  undoneOf(
    scope: TenantScope,
    companyId: CompanyId,
    callerUserId: UserId,
    limit: number,
  ): Promise<readonly CheckIn[]>;
  addCorrection(scope: TenantScope, correction: Correction): Promise<void>;
  corrections(scope: TenantScope, checkInId: string): Promise<readonly Correction[]>;
  dueForRelease(scope: TenantScope, now: Date, limit: number): Promise<readonly CheckIn[]>;
  markReleased(scope: TenantScope, checkInIds: readonly string[], at: Date): Promise<void>;
  markSeenByRep(scope: TenantScope, checkInIds: readonly string[], at: Date): Promise<void>;
  /** Released words about one rep's accounts, newest first. */
  releasedTo(scope: TenantScope, repOwnerId: OwnerId, limit: number): Promise<readonly CheckIn[]>;
  byCaller(scope: TenantScope, callerUserId: UserId, limit: number): Promise<readonly CheckIn[]>;
  countByRep(
    scope: TenantScope,
    cycle: CycleLabel,
    callerUserId: UserId,
  ): Promise<ReadonlyMap<OwnerId, number>>;
  addRepNotice(scope: TenantScope, notice: Omit<RepNotice, 'taskId' | 'closedAt'>): Promise<boolean>;
  repNotices(scope: TenantScope, closesBy: LocalDay): Promise<readonly RepNotice[]>;
  updateRepNotice(
    scope: TenantScope,
    ownerId: OwnerId,
    onDay: LocalDay,
    change: { taskId?: string; closedAt?: Date; closesOn?: LocalDay },
  ): Promise<void>;
}

export type FindingChange = {
  /** Left out by whoever did not lock the row: it may wait for the log since it was read. */
  readonly state?: FindingState;
  readonly result?: FindingResult;
  readonly evidence?: readonly EvidenceLine[];
  readonly attempts?: number;
  readonly nextTryAt?: Date;
  readonly noticedOn?: LocalDay | null;
  /** The instant within noticedOn: what the rep replied before it was about something that weighed less. */
  readonly noticedAt?: Date;
  readonly replyUntil?: LocalDay | null;
  readonly firstSeverity?: number;
  readonly supported?: boolean;
  readonly secondContactId?: ContactId | null;
  readonly settledAt?: Date | null;
  readonly later?: FindingLater;
};

export interface FindingStore {
  add(
    scope: TenantScope,
    finding: Pick<
      FindingRow,
      'findingId' | 'checkInId' | 'companyId' | 'repOwnerId' | 'callerUserId' | 'nextTryAt'
    >,
  ): Promise<void>;
  find(scope: TenantScope, findingId: string): Promise<FindingRow | null>;
  /** Locks the row to the end of the transaction. */
  findForUpdate(scope: TenantScope, findingId: string): Promise<FindingRow | null>;
  /**
   * Locks all findings of these companies to the end of the transaction, newest first, in one statement. Whoever writes more than
   * one finding, or an answer and its finding, begins with this: so two that do so never wait for each other.
   */
  lockCompanies(scope: TenantScope, companyIds: readonly CompanyId[]): Promise<void>;
  ofCheckIn(scope: TenantScope, checkInId: string): Promise<FindingRow | null>;
  /** What came after the facts and was weighed when the result was made. */
  later(scope: TenantScope, findingId: string): Promise<FindingLater | null>;
  ofCompany(scope: TenantScope, companyId: CompanyId, limit: number): Promise<readonly FindingRow[]>;
  /** Pending or incomplete findings whose nextTryAt has come. */
  toRead(scope: TenantScope, now: Date, limit: number): Promise<readonly FindingRow[]>;
  /** Writes what is named and nothing else; at least one field. */
  saveResult(scope: TenantScope, findingId: string, change: FindingChange): Promise<void>;
  /**
   * Differences about a rep, of conversations that were released to them and stand, whose reply window is open and that have no reply
   * since their notice; whether or not the log is being read again.
   */
  waitingForReply(scope: TenantScope, repOwnerId: OwnerId, today: LocalDay): Promise<readonly FindingRow[]>;
  /**
   * Findings about a rep whose reply window is not over, whatever was replied and whether or not the log is being read again: those
   * whose window gets longer by leave.
   */
  windowsOpen(scope: TenantScope, repOwnerId: OwnerId, today: LocalDay): Promise<readonly FindingRow[]>;
  /** Ready, unsettled findings with a reply window that ended before `today`. */
  toSettle(scope: TenantScope, today: LocalDay, limit: number): Promise<readonly FindingRow[]>;
  remove(scope: TenantScope, findingId: string): Promise<void>;
  /** The caller's own whose reply waits for their decision, the soonest day first. */
  toDecide(scope: TenantScope, callerUserId: UserId, limit: number): Promise<readonly OwnFinding[]>;
  /** Open replies whose decideBy lies before `today`. */
  repliesToAccept(scope: TenantScope, today: LocalDay, limit: number): Promise<readonly Reply[]>;
  addReply(scope: TenantScope, reply: Reply): Promise<void>;
  replies(scope: TenantScope, findingId: string): Promise<readonly Reply[]>;
  decideReply(
    scope: TenantScope,
    replyId: string,
    decision: { state: 'accepted' | 'refused'; by: UserId | null; at: Date; reason: string },
  ): Promise<void>;
}

export interface PromiseStore {
  addIssue(scope: TenantScope, issue: Issue): Promise<void>;
  findIssue(scope: TenantScope, issueId: string): Promise<Issue | null>;
  /** As findIssue, and nobody else settles a promise of it until this transaction ends. */
  findIssueForUpdate(scope: TenantScope, issueId: string): Promise<Issue | null>;
  issuesOfCompany(scope: TenantScope, companyId: CompanyId): Promise<readonly Issue[]>;
  closeIssue(scope: TenantScope, issueId: string, at: Date): Promise<void>;
  reopenIssue(scope: TenantScope, issueId: string): Promise<void>;
  removeIssuesOf(scope: TenantScope, checkInId: string): Promise<void>;
  addPromise(scope: TenantScope, promise: PromiseRow): Promise<void>;
  find(scope: TenantScope, promiseId: string): Promise<PromiseRow | null>;
  ofCompany(scope: TenantScope, companyId: CompanyId): Promise<readonly PromiseRow[]>;
  /** Of a person's promises those that nobody settled, the longest due first; then those not kept whose issue is still open. */
  waitingOf(
    scope: TenantScope,
    person: { userId: UserId; ownerId: OwnerId | null },
    limit: number,
  ): Promise<readonly PromiseRow[]>;
  /**
   * Of a person's promises: kept, of all settled ones or those whose day is over (`total`); how many that nobody settled yet are due by
   * `today`; and how many wait at all, as waitingOf says.
   */
  countOf(
    scope: TenantScope,
    person: { userId: UserId; ownerId: OwnerId | null },
    today: LocalDay,
  ): Promise<{ kept: number; total: number; due: number; waiting: number }>;
  settle(
    scope: TenantScope,
    promiseId: string,
    outcome: Pick<PromiseRow, 'state' | 'settledAt' | 'settledBy'>,
  ): Promise<void>;
}
