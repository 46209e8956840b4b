import type { RunFigures } from '../core/cadence/run-pace.ts';
import type {
  CompanyId,
  ContactId,
  CycleLabel,
  LocalDay,
  OwnerId,
  PortalId,
  TouchState,
  UserId,
} from '../core/model.ts';
import type { CompanyRecord, ContactRecord, OwnerRecord } from './hubspot-port.ts';
import type { CountStore } from './counts-port.ts';
import type { ExportStore } from './export-port.ts';
import type { KudosStore, PreferenceStore, StoredContact } from './kudos-port.ts';
import type { LeaveStore } from './leave-port.ts';
import type { PatternStore, TeamTestStore } from './pattern-port.ts';
import type { RecallStore } from './recall-port.ts';
import type {
  Announcement,
  Attempt,
  AuditEntry,
  CheckIn,
  Company,
  Correction,
  Cycle,
  DueJob,
  EvidenceLine,
  FindingLater,
  FindingResult,
  FindingRow,
  FindingState,
  Heard,
  Issue,
  JobName,
  NewOutboxRow,
  NewTouch,
  OutboxRow,
  PortalRow,
  Program,
  ProgramSettings,
  PromiseRow,
  RepNotice,
  Reply,
  StoredReply,
  TenantScope,
  Touch,
  TouchOutcome,
  WebhookEvent,
} from './records.ts';

export interface PortalStore {
  /** Creates the portal or revives it (status installed, scopes replaced); keeps everything else. */
  install(scope: TenantScope, row: { userId: UserId; scopes: readonly string[]; at: Date }): Promise<void>;
  find(scope: TenantScope): Promise<PortalRow | null>;
  update(scope: TenantScope, change: Partial<Omit<PortalRow, 'portalId'>>): Promise<void>;
  /** The portal's secret for touch keys: made on first use, never rotated. 32 bytes. */
  touchKeySecret(scope: TenantScope): Promise<Uint8Array>;
}

export interface PeopleStore {
  /** Replaces the portal's owners by these. */
  replaceOwners(scope: TenantScope, owners: readonly OwnerRecord[]): Promise<void>;
  owners(scope: TenantScope): Promise<readonly OwnerRecord[]>;
  ownerByUser(scope: TenantScope, userId: UserId): Promise<OwnerRecord | null>;
}

export interface ProgramStore {
  current(scope: TenantScope): Promise<Program | null>;
  /** Versions, the newest first. */
  history(scope: TenantScope, limit: number): Promise<readonly Program[]>;
  /** Adds the next version. Throws conflict where `expectedVersion` is not the current one (0: none yet). */
  save(
    scope: TenantScope,
    expectedVersion: number,
    settings: ProgramSettings,
    by: UserId,
    at: Date,
  ): Promise<Program>;
  announce(scope: TenantScope, announcement: Announcement): Promise<void>;
  /** The first announcement: the one that counts for the gate. */
  announcement(scope: TenantScope): Promise<Announcement | null>;
  /** Kept once: a second acknowledgement changes nothing. */
  acknowledge(scope: TenantScope, ownerId: OwnerId, at: Date): Promise<void>;
  acknowledgements(scope: TenantScope): Promise<ReadonlyMap<OwnerId, Date>>;
}

export interface CompanyStore {
  /** ≤ 1,000 rows; keeps contactsReadAt. Marks them in scope. */
  upsertRead(scope: TenantScope, companies: readonly CompanyRecord[], readAt: Date): Promise<void>;
  /** After a whole read: companies in scope that were not seen since `readStartedAt`, ≤ limit. */
  unseenSince(scope: TenantScope, readStartedAt: Date, limit: number): Promise<readonly CompanyId[]>;
  update(
    scope: TenantScope,
    companyId: CompanyId,
    change: Partial<Pick<Company, 'name' | 'ownerId' | 'inScope' | 'timeZone'>>,
  ): Promise<void>;
  find(scope: TenantScope, companyId: CompanyId): Promise<Company | null>;
  findMany(scope: TenantScope, companyIds: readonly CompanyId[]): Promise<readonly Company[]>;
  countInScope(scope: TenantScope): Promise<number>;
  countByOwner(scope: TenantScope): Promise<ReadonlyMap<OwnerId, number>>;
  /** True where the owner has at least one company in scope: a look into an index, whatever the size of the account. */
  ownsAny(scope: TenantScope, ownerId: OwnerId): Promise<boolean>;
  sampleInScope(scope: TenantScope, limit: number): Promise<readonly Company[]>;
  /** Companies in scope without a touch of kind checkIn in the cycle, by ascending id, ≤ limit. */
  withoutTouch(
    scope: TenantScope,
    cycle: CycleLabel,
    afterId: CompanyId | null,
    limit: number,
  ): Promise<readonly Company[]>;
  replaceContacts(
    scope: TenantScope,
    contacts: ReadonlyMap<CompanyId, readonly ContactRecord[]>,
    readAt: Date,
  ): Promise<void>;
  contacts(scope: TenantScope, companyId: CompanyId): Promise<readonly StoredContact[]>;
  /** As contacts, for many at once; a company without any is absent. */
  contactsOf(
    scope: TenantScope,
    companyIds: readonly CompanyId[],
  ): Promise<ReadonlyMap<CompanyId, readonly StoredContact[]>>;
  /** Asks the readContacts job for this company. */
  wantContacts(scope: TenantScope, companyId: CompanyId, at: Date): Promise<void>;
  /** Asks it for those of these companies whose contacts were never read; one that is asked for earlier stays so. */
  wantContactsOf(scope: TenantScope, companyIds: readonly CompanyId[], at: Date): Promise<void>;
  /** What is asked for later and was never read is due at `at`. */
  wantContactsAtOnce(scope: TenantScope, at: Date): Promise<void>;
  /** Asks it for companies with an open touch of the cycle due by the day whose contacts were read before the instant. */
  wantStaleContacts(
    scope: TenantScope,
    wanted: { cycle: CycleLabel; readBefore: Date; dueBy: LocalDay; at: Date },
  ): Promise<void>;
  /** Those that are asked for by `now`, the longest waiting first. */
  wantingContacts(scope: TenantScope, now: Date, limit: number): Promise<readonly CompanyId[]>;
  /**
   * Erases a contact's name, title and phone everywhere, verbatims' respondent name included. Returns the check-ins that named
   * them and the companies they belonged to: what we wrote to HubSpot about these may name them, too.
   */
  eraseContact(
    scope: TenantScope,
    contactId: ContactId,
    at: Date,
  ): Promise<{ readonly checkInIds: readonly string[]; readonly companyIds: readonly CompanyId[] }>;
  /** Answers, findings, issues, promises and drafts of `from` belong to `into` from now on. Returns how many rows moved. */
  mergeInto(scope: TenantScope, from: CompanyId, into: CompanyId): Promise<number>;
}

export interface TouchStore {
  ensureCycle(scope: TenantScope, cycle: Omit<Cycle, 'closedAt'>): Promise<Cycle>;
  cycle(scope: TenantScope, label: CycleLabel): Promise<Cycle | null>;
  openCyclesEndingBy(scope: TenantScope, day: LocalDay): Promise<readonly Cycle[]>;
  /** Makes ≤ limit touches of the cycle that are still open `missed` (cycleOver), and returns them. */
  missOpen(scope: TenantScope, label: CycleLabel, limit: number): Promise<readonly Touch[]>;
  closeCycle(scope: TenantScope, label: CycleLabel, at: Date): Promise<void>;
  /** ≤ 1,000 rows; an existing (company, cycle, kind) is left as it is. Returns how many were new. */
  plan(scope: TenantScope, touches: readonly NewTouch[]): Promise<number>;
  find(scope: TenantScope, touchId: string): Promise<Touch | null>;
  /** Those of these that exist, by ascending id. */
  findMany(scope: TenantScope, touchIds: readonly string[]): Promise<readonly Touch[]>;
  /** The touches with these keys. */
  ofKeys(scope: TenantScope, keys: readonly string[]): Promise<readonly Touch[]>;
  /** Touches of any state whose create was last sent at the instant or later, by ascending id. */
  sentSince(
    scope: TenantScope,
    since: Date,
    afterTouchId: string | null,
    limit: number,
  ): Promise<readonly Touch[]>;
  /** The touches of these companies that are still to be made, of every cycle, by ascending id. */
  openOf(scope: TenantScope, companyIds: readonly CompanyId[]): Promise<readonly Touch[]>;
  /** All touches of these companies, of every cycle and state, by ascending id. */
  everOf(scope: TenantScope, companyIds: readonly CompanyId[]): Promise<readonly Touch[]>;
  /** Who calls whose customers in the cycle, of the touches still to be made: one entry a pair and way it came about. */
  callerGroups(
    scope: TenantScope,
    cycle: CycleLabel,
  ): Promise<readonly (Pick<Touch, 'callerUserId' | 'assignedByPerson'> & Pick<CompanyRecord, 'ownerId'>)[]>;
  /** The touches of such a group, locked to the end of the transaction, ≤ limit. */
  ofCallerGroup(
    scope: TenantScope,
    cycle: CycleLabel,
    group: Pick<Touch, 'callerUserId' | 'assignedByPerson'> & Pick<CompanyRecord, 'ownerId'>,
    limit: number,
  ): Promise<readonly Touch[]>;
  /** Gives these touches to another caller, by the settings and not by a person's hand. */
  reassign(
    scope: TenantScope,
    touchIds: readonly string[],
    caller: Pick<Touch, 'callerUserId' | 'callerOwnerId'>,
  ): Promise<void>;
  findForUpdate(scope: TenantScope, touchId: string): Promise<Touch | null>;
  findByTask(scope: TenantScope, taskId: string): Promise<Touch | null>;
  /** The newest touch of the company in the cycle (a continuity touch before the plain one). */
  ofCompany(scope: TenantScope, companyId: CompanyId, cycle: CycleLabel): Promise<Touch | null>;
  /**
   * Claims planned touches whose releaseAt (and notBefore) has come, the earliest due first: state sending, fence + 1, attempt + 1,
   * sent_at now, not_before = now + 60 s (when an unknown outcome is looked into). Committed by the caller before any byte leaves. FOR UPDATE SKIP LOCKED.
   * Companies out of scope, and those with an older task still to be archived, are put off by a minute instead.
   */
  claimForSending(scope: TenantScope, now: Date, limit: number): Promise<readonly Touch[]>;
  /** Touches in `sending` whose outcome is unknown and whose notBefore has passed; fence + 1, so that a late sender's outcome no longer matches. */
  unknown(scope: TenantScope, now: Date, limit: number): Promise<readonly Touch[]>;
  /** Returns how many matched their fence. */
  settle(scope: TenantScope, outcomes: readonly TouchOutcome[]): Promise<number>;
  update(
    scope: TenantScope,
    touchId: string,
    change: Partial<
      Pick<
        Touch,
        | 'state'
        | 'reason'
        | 'dueOn'
        | 'dueHalf'
        | 'callerUserId'
        | 'callerOwnerId'
        | 'contactId'
        | 'companyId'
        | 'movedByPerson'
        | 'assignedByPerson'
        | 'sendAttempts'
        | 'taskId'
        | 'notBefore'
      >
    >,
  ): Promise<void>;
  inState(
    scope: TenantScope,
    state: TouchState,
    afterTouchId: string | null,
    limit: number,
  ): Promise<readonly Touch[]>;
  ofCycleInStates(
    scope: TenantScope,
    cycle: CycleLabel,
    states: readonly TouchState[],
    limit: number,
  ): Promise<readonly Touch[]>;
  /**
   * Planned or created touches of the cycle that were due before `today` and that no person moved, the longest overdue first,
   * locked to the end of the transaction; those that somebody else holds are left out.
   */
  overdue(scope: TenantScope, cycle: CycleLabel, today: LocalDay, limit: number): Promise<readonly Touch[]>;
  countByState(scope: TenantScope, cycle: CycleLabel): Promise<Readonly<Record<TouchState, number>>>;
  /** How far the run under way is; `since` bounds what counts as lately. Cheap where nothing is being made. */
  runFigures(scope: TenantScope, cycle: CycleLabel, now: Date, since: Date): Promise<RunFigures>;
  /** How many touches of the cycle each caller has on each day: what the spread starts from. */
  load(
    scope: TenantScope,
    cycle: CycleLabel,
  ): Promise<
    readonly { readonly callerUserId: UserId; readonly dueOn: LocalDay; readonly touches: number }[]
  >;
  /** Created or planned touches of a caller due by the day, oldest due first. */
  callsDue(
    scope: TenantScope,
    callerUserId: UserId,
    dueBy: LocalDay,
    limit: number,
  ): Promise<readonly Touch[]>;
  countCallsDue(scope: TenantScope, callerUserId: UserId, dueBy: LocalDay): Promise<number>;
  parked(scope: TenantScope, limit: number): Promise<readonly Touch[]>;
  addAttempt(scope: TenantScope, attempt: Attempt): Promise<void>;
  attempts(scope: TenantScope, touchId: string): Promise<readonly Attempt[]>;
  /** Figures of the quarter for callers' home page; callerUserId null: the whole portal. */
  quarterFigures(
    scope: TenantScope,
    cycle: CycleLabel,
    callerUserId: UserId | null,
  ): Promise<{ accounts: number; heardFrom: number; attempted: number; onTime: number }>;
  /** How many of a caller's accounts are due, and first heard, in each week of the cycle; weeks by their Monday, in order. */
  quarterWeeks(
    scope: TenantScope,
    cycle: CycleLabel,
    callerUserId: UserId,
  ): Promise<readonly { weekOf: LocalDay; due: number; heardFrom: number }[]>;
}

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
    change: { taskId?: string; closedAt?: Date },
  ): Promise<void>;
}

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
  ofCheckIn(scope: TenantScope, checkInId: string): Promise<FindingRow | null>;
  /** What came after the facts and was weighed when the result was made. */
  later(scope: TenantScope, findingId: string): Promise<FindingLater | null>;
  ofCompany(scope: TenantScope, companyId: CompanyId, limit: number): Promise<readonly FindingRow[]>;
  /** Pending or incomplete findings whose nextTryAt has come. */
  toRead(scope: TenantScope, now: Date, limit: number): Promise<readonly FindingRow[]>;
  saveResult(
    scope: TenantScope,
    findingId: string,
    change: {
      state: FindingState;
      result?: FindingResult;
      evidence?: readonly EvidenceLine[];
      attempts?: number;
      nextTryAt?: Date;
      noticedOn?: LocalDay | null;
      replyUntil?: LocalDay | null;
      firstSeverity?: number;
      supported?: boolean;
      secondContactId?: ContactId | null;
      settledAt?: Date;
      later?: FindingLater;
    },
  ): Promise<void>;
  /** Ready findings about a rep whose reply window is open and that have no reply yet. */
  waitingForReply(scope: TenantScope, repOwnerId: OwnerId, today: LocalDay): Promise<readonly FindingRow[]>;
  /** Ready, unsettled findings with a reply window that ended before `today`. */
  toSettle(scope: TenantScope, today: LocalDay, limit: number): Promise<readonly FindingRow[]>;
  remove(scope: TenantScope, findingId: string): Promise<void>;
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
  issuesOfCompany(scope: TenantScope, companyId: CompanyId): Promise<readonly Issue[]>;
  issuesOfCheckIn(scope: TenantScope, checkInId: string): Promise<readonly Issue[]>;
  closeIssue(scope: TenantScope, issueId: string, at: Date): Promise<void>;
  removeIssuesOf(scope: TenantScope, checkInId: string): Promise<void>;
  addPromise(scope: TenantScope, promise: PromiseRow): Promise<void>;
  find(scope: TenantScope, promiseId: string): Promise<PromiseRow | null>;
  ofCompany(scope: TenantScope, companyId: CompanyId): Promise<readonly PromiseRow[]>;
  openOf(
    scope: TenantScope,
    person: { userId: UserId; ownerId: OwnerId | null },
    limit: number,
  ): Promise<readonly PromiseRow[]>;
  countOf(scope: TenantScope, userId: UserId): Promise<{ kept: number; total: number }>;
  settle(scope: TenantScope, promiseId: string, state: 'kept' | 'broken', at: Date): Promise<void>;
}

export interface DraftStore {
  /** The author's alone. */
  find(
    scope: TenantScope,
    author: UserId,
    companyId: CompanyId,
  ): Promise<Readonly<Record<string, unknown>> | null>;
  save(
    scope: TenantScope,
    author: UserId,
    companyId: CompanyId,
    draft: Readonly<Record<string, unknown>>,
    at: Date,
  ): Promise<void>;
  remove(scope: TenantScope, author: UserId, companyId: CompanyId): Promise<void>;
  removeOlderThan(scope: TenantScope, before: Date): Promise<number>;
}

export interface OutboxStore {
  /**
   * An open row of the same (kind, subject) takes over what this one says, key by key: a new day and a new owner of one task
   * both arrive. A row being sent is left, and a new one follows it.
   */
  add(scope: TenantScope, row: NewOutboxRow): Promise<void>;
  /** As add, for many at once: no two of the same (kind, subject). */
  addMany(scope: TenantScope, rows: readonly NewOutboxRow[]): Promise<void>;
  /** Withdraws rows that have not left yet. */
  withdraw(scope: TenantScope, kind: OutboxRow['kind'], subject: string): Promise<void>;
  /**
   * Claims due rows: state sending, attempts + 1, sent_at now. Rows already `sending` past notBefore come back too, with the
   * reason UNKNOWN_OUTCOME.
   * @param kinds rows of these kinds alone; all where left out
   */
  claim(
    scope: TenantScope,
    now: Date,
    limit: number,
    kinds?: readonly OutboxRow['kind'][],
  ): Promise<readonly OutboxRow[]>;
  settle(
    scope: TenantScope,
    outboxId: string,
    change: { state: OutboxRow['state']; hubspotId?: string; reason?: string; notBefore?: Date },
  ): Promise<void>;
  parked(scope: TenantScope, limit: number): Promise<readonly OutboxRow[]>;
  /** The latest row of this kind about the subject, whatever its state; null where there is none. */
  newest(scope: TenantScope, kind: OutboxRow['kind'], subject: string): Promise<OutboxRow | null>;
  /** Which of these subjects have a row that is planned or being sent. */
  openSubjects(scope: TenantScope, subjects: readonly string[]): Promise<ReadonlySet<string>>;
}

export interface InboxStore {
  /** Known events are ignored. Returns how many were new. */
  add(scope: TenantScope, events: readonly WebhookEvent[], receivedAt: Date): Promise<number>;
  /** Keeps events that have no effect, with the reason; known ones are left as they are. */
  addAside(
    scope: TenantScope,
    events: readonly WebhookEvent[],
    receivedAt: Date,
    reason: string,
  ): Promise<void>;
  take(scope: TenantScope, limit: number): Promise<readonly WebhookEvent[]>;
  /** Events that could not be worked through, by the reason they were left with. */
  asideByReason(scope: TenantScope): Promise<ReadonlyMap<string, number>>;
  /** Forgets events that were worked through or set aside before the instant. */
  removeOlderThan(scope: TenantScope, before: Date): Promise<void>;
  /** @param reason why they could not be worked through; null or left out where they were */
  done(scope: TenantScope, dedupeKeys: readonly string[], at: Date, reason?: string | null): Promise<void>;
}

export interface AuditStore {
  /** Appends to the portal's hash chain. */
  append(scope: TenantScope, entry: AuditEntry): Promise<void>;
  /** True where every row's hash follows from the one before. */
  verify(scope: TenantScope): Promise<boolean>;
}

export interface SubmissionStore {
  /**
   * Runs `work` once for this id and stores its reply, in the scope's transaction. The same id again returns the stored
   * reply; the same id with another body or author throws conflict. Safe under any number of parallel calls.
   */
  once<Reply>(
    scope: TenantScope,
    submission: { submissionId: string; authorUserId: UserId; bodyHash: string; at: Date },
    work: () => Promise<Reply>,
  ): Promise<Reply>;
  find(scope: TenantScope, submissionId: string): Promise<StoredReply | null>;
}

export interface LeaseStore {
  /** Takes or renews the lease; null while another holder has it. Times are the database's app_now(). */
  take(
    scope: TenantScope,
    name: string,
    holder: string,
    leaseMs: number,
  ): Promise<{ readonly fence: number } | null>;
  release(scope: TenantScope, name: string, holder: string): Promise<void>;
}

export type SystemFigures = {
  readonly dueJobs: Readonly<Record<string, number>>;
  readonly touches: Readonly<Record<TouchState, number>>;
  readonly leasesHeld: number;
};

/** One look at what is due shows no more than this. */
export const DUE_AT_MOST = 500;

export type DueLook = {
  /** The lease under which each job runs: what is held by anybody is left out. */
  readonly leaseOf?: Readonly<Record<JobName, string>>;
  /** Any integer. Workers with different ones meet portals that wait since the same minute in different orders. */
  readonly seed?: number;
  /** `portal/job` pairs to leave out: those that rest after a failure. */
  readonly except?: readonly string[];
};

/** Reads across portals that the clock needs; ids and instants only. */
export interface SystemStore {
  /** Work whose time has come by `now`, the earliest first; ≤ DUE_AT_MOST. */
  dueJobs(now: Date, look?: DueLook): Promise<readonly DueJob[]>;
  /** How much is due by job, touches by state and leases held, over all portals: for operators. */
  figures(now: Date): Promise<SystemFigures>;
  /** The next instant after `now` at which something becomes due. */
  nextDueAt(now: Date): Promise<Date | null>;
  /** Runs in the transaction that saves an OAuth state (hash only, ten minutes). */
  saveOAuthState(stateHash: string, expiresAt: Date): Promise<void>;
  /** True once for a live state. */
  useOAuthState(stateHash: string, now: Date): Promise<boolean>;
  ready(): Promise<boolean>;
}

export interface Store {
  /** One transaction in which only this portal's rows exist. Nested calls are not allowed. */
  inTenant<T>(portalId: PortalId, work: (scope: TenantScope) => Promise<T>): Promise<T>;
  readonly portals: PortalStore;
  readonly people: PeopleStore;
  readonly programs: ProgramStore;
  readonly companies: CompanyStore;
  readonly touches: TouchStore;
  readonly checkIns: CheckInStore;
  readonly findings: FindingStore;
  readonly recall: RecallStore;
  readonly counts: CountStore;
  readonly teamTests: TeamTestStore;
  readonly patterns: PatternStore;
  readonly leaves: LeaveStore;
  readonly exports: ExportStore;
  readonly promises: PromiseStore;
  readonly kudos: KudosStore;
  readonly preferences: PreferenceStore;
  readonly drafts: DraftStore;
  readonly outbox: OutboxStore;
  readonly inbox: InboxStore;
  readonly audit: AuditStore;
  readonly submissions: SubmissionStore;
  readonly leases: LeaseStore;
  readonly system: SystemStore;
  close(): Promise<void>;
}
