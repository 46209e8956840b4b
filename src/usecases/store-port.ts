import type { RunFigures, RunPace } from '../core/cadence/run-pace.ts';
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
import type { CheckInStore, FindingStore, PromiseStore } from './answers-port.ts';
import type { CountStore } from './counts-port.ts';
import type { InboxStore, OutboxStore } from './delivery-port.ts';
import type { ExportStore } from './export-port.ts';
import type { CompanyRecord, ContactRecord, OwnerRecord } from './hubspot-port.ts';
import type { KudosStore, PreferenceStore, StoredContact } from './kudos-port.ts';
import type { LeaveStore } from './leave-port.ts';
import type { PatternStore, TeamTestStore } from './pattern-port.ts';
import type { ReadStore } from './read-port.ts';
import type { RecallStore } from './recall-port.ts';
import type {
  Announcement,
  AuditEntry,
  Branches,
  Company,
  DueJob,
  JobName,
  LeftOut,
  PortalRow,
  Program,
  StoredReply,
  TenantScope,
} from './records.ts';
import type { ProgramSettings } from '../core/program-settings.ts';
import type { TouchStore } from './touch-port.ts';

export interface PortalStore {
  /** Creates the portal or revives it (status installed, scopes replaced, a key mode that is not `unique` to be tried again); keeps everything else. */
  install(scope: TenantScope, row: { userId: UserId; scopes: readonly string[]; at: Date }): Promise<void>;
  find(scope: TenantScope): Promise<PortalRow | null>;
  update(scope: TenantScope, change: Partial<Omit<PortalRow, 'portalId'>>): Promise<void>;
  /** To the end of the transaction the key mode stays as it is: whoever begins to make tasks reads it after this. */
  holdKeyMode(scope: TenantScope): Promise<void>;
  /** For who changes the key mode: what others began to make by the old one can be seen from here on. */
  lockKeyMode(scope: TenantScope): Promise<void>;
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
  /** The version in force at an instant; null before the first. */
  at(scope: TenantScope, at: Date): Promise<Program | null>;
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
  unseenSince(
    scope: TenantScope,
    readStartedAt: Date,
    limit: number,
    afterId?: CompanyId | null,
  ): Promise<readonly CompanyId[]>;
  /** Companies that are out of scope and have a touch of the cycle that is still to be made, ≤ limit by ascending id. */
  outsideWithOpenTouch(
    scope: TenantScope,
    cycle: CycleLabel,
    limit: number,
    afterId: CompanyId | null,
  ): Promise<readonly CompanyId[]>;
  update(
    scope: TenantScope,
    companyId: CompanyId,
    change: Partial<Pick<Company, 'name' | 'ownerId' | 'inScope' | 'timeZone'>>,
  ): Promise<void>;
  find(scope: TenantScope, companyId: CompanyId): Promise<Company | null>;
  findMany(scope: TenantScope, companyIds: readonly CompanyId[]): Promise<readonly Company[]>;
  countInScope(scope: TenantScope): Promise<number>;
  countByOwner(scope: TenantScope): Promise<ReadonlyMap<OwnerId, number>>;
  sampleInScope(scope: TenantScope, limit: number): Promise<readonly Company[]>;
  /** Companies in scope whose parent is in scope too: how many each owner has, and the first by id, ≤ limit. */
  branches(scope: TenantScope, limit: number): Promise<Branches>;
  /** Names of companies that HubSpot took away while a call was planned, ≤ limit. */
  goneSample(scope: TenantScope, limit: number): Promise<readonly string[]>;
  /** What set-up's last read found beside the customers; null before it. */
  leftOut(scope: TenantScope): Promise<LeftOut | null>;
  keepLeftOut(scope: TenantScope, found: LeftOut): Promise<void>;
  /** Companies in scope without a touch of kind checkIn in the cycle, by ascending id, ≤ limit. */
  withoutTouch(
    scope: TenantScope,
    cycle: CycleLabel,
    afterId: CompanyId | null,
    limit: number,
    among?: { readonly companyIds?: readonly CompanyId[]; readonly seenSince?: Date },
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
  /** Asks the readContacts job for this company; false where it was asked for by then already. */
  wantContacts(scope: TenantScope, companyId: CompanyId, at: Date): Promise<boolean>;
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
   * Erases a contact's name, title and phone everywhere, verbatims' respondent name included, under every id that they had. Returns the
   * check-ins that named them and the companies they belonged to: what we wrote to HubSpot about these may name them, too. `isFirst`:
   * one of the ids was not erased before.
   */
  eraseContact(
    scope: TenantScope,
    contactId: ContactId,
    at: Date,
  ): Promise<{
    readonly checkInIds: readonly string[];
    readonly companyIds: readonly CompanyId[];
    readonly isFirst: boolean;
  }>;
  /**
   * Those of these contacts that are others now: null where one was erased (what an open card still says of them must not bring
   * them back), else the one that it was merged into. Whoever is still the same is absent. Nobody is erased until the transaction ends.
   */
  contactsNow(
    scope: TenantScope,
    contactIds: readonly string[],
  ): Promise<ReadonlyMap<string, ContactId | null>>;
  /** Nobody is erased until the transaction ends: for whoever stores anew what names a contact. Before any row is locked. */
  holdPeople(scope: TenantScope): Promise<void>;
  /** Until the transaction ends nobody else erases anybody, or stores what names a contact. Before any row is locked. */
  lockPeople(scope: TenantScope): Promise<void>;
  /** Those of these contacts of whom anything is stored. */
  knownContacts(scope: TenantScope, contactIds: readonly ContactId[]): Promise<ReadonlySet<ContactId>>;
  /** The companies at which any of these contacts is one, or has answered, or is to be asked next. */
  companiesOfContacts(scope: TenantScope, contactIds: readonly ContactId[]): Promise<readonly CompanyId[]>;
  /** Answers, wishes, tries and places at companies of `from` belong to `into` from now on. Harmless when repeated. */
  mergeContact(scope: TenantScope, from: ContactId, into: ContactId): Promise<void>;
  /** Answers, findings, issues, promises and drafts of `from` belong to `into` from now on. Returns how many rows moved. */
  mergeInto(scope: TenantScope, from: CompanyId, into: CompanyId): Promise<number>;
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

export interface AuditStore {
  /** Appends to the portal's hash chain. */
  append(scope: TenantScope, entry: AuditEntry): Promise<void>;
  /** Appends unless an entry of the same actor, action, subject and outcome stands there already. */
  appendOnce(scope: TenantScope, entry: AuditEntry): Promise<void>;
  /** True where an actor did this to any of these subjects and its outcome is a day within these, both included. */
  isAnyWithin(
    scope: TenantScope,
    done: Pick<AuditEntry, 'actor' | 'action'> & { readonly subjects: readonly string[] },
    days: { readonly from: LocalDay; readonly to: LocalDay },
  ): Promise<boolean>;
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
  /** Whether this id was used, also by a call that is still under way: waits until that one is over. */
  isUsed(scope: TenantScope, submissionId: string): Promise<boolean>;
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
  /** Of the runs of all accounts together: tasks that can be made now and are not, how fast that goes, and when it ends. */
  readonly run: Pick<RunFigures, 'leftNow'> & RunPace;
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
  /**
   * False where a job is not due any more that reads, plans, or makes tasks of this portal. True for every other one: such a job
   * looks for its rows itself, and finds none.
   */
  isDue(scope: TenantScope, job: JobName, now: Date): Promise<boolean>;
  /** How much is due by job, touches by state and leases held, over all portals: for operators. */
  figures(now: Date): Promise<SystemFigures>;
  /** The next instant after `now` at which something becomes due. */
  nextDueAt(now: Date): Promise<Date | null>;
  /** Runs in the transaction that saves an OAuth state (hash only, ten minutes). */
  saveOAuthState(stateHash: string, expiresAt: Date): Promise<void>;
  /** True once for a live state. */
  useOAuthState(stateHash: string, now: Date): Promise<boolean>;
  /** False where the database does not answer within seconds. */
  ready(): Promise<boolean>;
}

/** What the limiters of all processes know of how fast a portal may be called. */
export type Quota = {
  /** Between two calls at full speed; null while HubSpot stated no other limit than its usual one. */
  readonly learnedIntervalMs: number | null;
  /** HubSpot asked us to wait until then; may be over. */
  readonly pausedUntil: Date | null;
};

export interface QuotaStore {
  /** Null before the portal's first call. */
  find(scope: TenantScope): Promise<Quota | null>;
}

export interface Store {
  /** One transaction in which only this portal's rows exist. Nested calls are not allowed. */
  inTenant<T>(portalId: PortalId, work: (scope: TenantScope) => Promise<T>): Promise<T>;
  readonly reads: ReadStore;
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
  readonly quota: QuotaStore;
  readonly system: SystemStore;
  close(): Promise<void>;
}
