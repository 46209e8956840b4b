import type { ActivityRecord } from '../core/comparison/evidence.ts';
import type { CompanyId, ContactId, OwnerId, PortalId, UserId } from '../core/model.ts';

/**
 * What the use cases need of HubSpot, in our own words. Every call is paced by the portal's limiter, has a deadline and
 * throws AppError: hubspot_throttled (with retryAfterMs), hubspot_unavailable (a read failed, or nothing was sent),
 * outcome_unknown (a write may have landed), hubspot_rejected (a 4xx we caused), not_installed (the token is gone), not_found (the one record asked for is gone).
 */

export type CompanyRecord = {
  readonly companyId: CompanyId;
  readonly name: string;
  readonly ownerId: OwnerId | null;
  /** IANA zone of the company, if known. */
  readonly timeZone: string | null;
  readonly lifecycleStage: string | null;
  readonly parentCompanyId: CompanyId | null;
};

export type ContactRecord = {
  readonly contactId: ContactId;
  readonly name: string;
  readonly jobTitle: string | null;
  readonly phone: string | null;
  readonly timeZone: string | null;
  /** The ids of contacts that were merged into this one; left out where none is known. */
  readonly mergedIds?: readonly ContactId[];
};

export type OwnerRecord = {
  readonly ownerId: OwnerId;
  /** Null for an owner who left. */
  readonly userId: UserId | null;
  readonly name: string;
  readonly email: string | null;
  readonly primaryTeamId: string | null;
  readonly active: boolean;
};

export type AccountDetails = { readonly timeZone: string; readonly uiDomain: string };

export type TaskKeyMode = 'unique' | 'ledger';

export type TaskDraft = {
  /** The touch key: stable, opaque, no personal data. */
  readonly key: string;
  readonly companyId: CompanyId | null;
  readonly ownerId: OwnerId | null;
  readonly subject: string;
  /** Escaped HTML of the four allowed tags. */
  readonly bodyHtml: string;
  readonly dueAt: Date;
  readonly type: 'CALL' | 'TODO';
  readonly priority: 'LOW' | 'MEDIUM' | 'HIGH';
};

export type CreateOutcome =
  | { readonly result: 'created'; readonly id: string }
  /** `isMissing`: what it was to be attached to is no longer in HubSpot. */
  | { readonly result: 'rejected'; readonly reason: string; readonly isMissing?: true }
  /** May have landed: read by key before anything else. `isTaken`: HubSpot says that another record holds the key. */
  | { readonly result: 'unknown'; readonly reason: string; readonly isTaken?: true }
  /**
   * Certainly not applied: safe to send again after the wait. `isForAll`: refused for what every such record shares, a permission or
   * a property that is gone, so that sending others is of no use until a person has repaired it.
   */
  | {
      readonly result: 'notSent';
      readonly reason: string;
      readonly retryAfterMs: number;
      readonly isForAll?: true;
    };

export type TaskState = {
  readonly taskId: string;
  readonly ownerId: OwnerId | null;
  readonly completed: boolean;
  readonly completedAt: Date | null;
  readonly dueAt: Date | null;
  readonly lastModifiedAt: Date | null;
};

/** A task that carries one of our keys. */
export type MarkedTask = TaskState & {
  readonly key: string;
  readonly createdAt: Date | null;
  /** Made by this app: a copy that a person made carries the reference in its text too, and is theirs. */
  readonly isOurs: boolean;
};

export type TaskUpdate = {
  readonly taskId: string;
  readonly completed?: boolean;
  /** Null: nobody's. */
  readonly ownerId?: OwnerId | null;
  readonly dueAt?: Date;
  readonly subject?: string;
  readonly bodyHtml?: string;
  /** Stays the last line of a new body where the body carries it (ledger mode). */
  readonly key?: string;
};

/** What became of one change of a batch. Repeating any of them is harmless. */
export type UpdateOutcome =
  | { readonly result: 'done' }
  /** The record is no longer in HubSpot. */
  | { readonly result: 'missing' }
  | { readonly result: 'rejected'; readonly reason: string }
  | { readonly result: 'unknown'; readonly reason: string }
  | { readonly result: 'notSent'; readonly reason: string; readonly retryAfterMs: number };

export type NoteDraft = {
  readonly key: string;
  readonly companyId: CompanyId;
  readonly bodyHtml: string;
  readonly at: Date;
};

/** The new words of a note; the key stays its last line. */
export type NoteUpdate = { readonly noteId: string; readonly key: string; readonly bodyHtml: string };

/** The company properties of the product, and nothing else about a company. Days are `YYYY-MM-DD`. */
export type CompanyProperties = {
  readonly sci_last_check_in?: string | null;
  readonly sci_next_due?: string | null;
  readonly sci_wave?: number;
  readonly sci_open_issues?: number;
  readonly sci_last_no_agenda_touch?: string | null;
};

export type CompanyUpdate = { readonly companyId: CompanyId; readonly properties: CompanyProperties };

export type CompanyPage = {
  readonly companies: readonly CompanyRecord[];
  /** Where a read that stops here goes on; null after the last page. */
  readonly nextAfterId: CompanyId | null;
};

export type OwnershipSpan = { readonly ownerId: OwnerId | null; readonly from: Date };

/** A company's log over the lookback, complete or not at all. */
export type CompanyLog = {
  readonly activities: readonly ActivityRecord[];
  readonly ownership: readonly OwnershipSpan[];
  /** Contacts of the company at reading time, for names beside the claims. */
  readonly contacts: readonly ContactRecord[];
};

/** Metadata of one call, meeting or email of a whole account; no title, body or subject. */
export type LoggedActivity = {
  readonly activityId: string;
  readonly type: ActivityRecord['objectType'];
  /** The start of a meeting, else HubSpot's timestamp. */
  readonly occurredAt: Date;
  readonly ownerId: OwnerId | null;
  readonly sourceLabel: string | null;
  readonly sourceDetail: string | null;
  /** Id of a call's disposition. */
  readonly disposition: string | null;
  readonly companyIds: readonly CompanyId[];
  readonly contactIds: readonly ContactId[];
};

export type OutsideCompanies = {
  readonly total: number;
  readonly sample: readonly { readonly name: string; readonly lifecycleStage: string | null }[];
};

/**
 * Through which links an account's activities find their companies: their own alone (a call to HubSpot a thousand activities),
 * or those of their contacts too, where an activity has no company of its own.
 */
export type LogPaths = 'companies' | 'contacts';

export type LogWindow = { readonly from: Date; readonly until: Date };

export interface HubSpotGateway {
  /** Most inputs of one batch, 100 with HubSpot. */
  readonly maxBatch: number;
  accountDetails(portalId: PortalId): Promise<AccountDetails>;
  /** All owners, archived ones too. */
  owners(portalId: PortalId): Promise<readonly OwnerRecord[]>;
  /**
   * Pages (≤ 200) of live companies in the given lifecycle stages with an id above `afterId`, by ascending id; at least one, the
   * last one with `nextAfterId` null. A few pages are asked for ahead of the one in hand, never more.
   */
  companyPages(
    portalId: PortalId,
    lifecycleStages: readonly string[],
    afterId: CompanyId | null,
  ): AsyncIterable<CompanyPage>;
  /** Live companies in none of the stages, those without any too: how many, and the first by id, ≤ limit. */
  companiesOutside(
    portalId: PortalId,
    lifecycleStages: readonly string[],
    limit: number,
  ): Promise<OutsideCompanies>;
  /** The companies that still exist, keyed by the id asked for (a merged id gives its survivor). ≤ 100 ids a call. */
  companiesById(
    portalId: PortalId,
    ids: readonly CompanyId[],
  ): Promise<ReadonlyMap<CompanyId, CompanyRecord>>;
  /** The contacts of any number of companies; a company without any has an empty list or is absent. */
  contactsOfCompanies(
    portalId: PortalId,
    companyIds: readonly CompanyId[],
    priority: 'card' | 'run',
  ): Promise<ReadonlyMap<CompanyId, readonly ContactRecord[]>>;
  /** The contacts that still exist, keyed by the id asked for (a merged id gives its survivor). Any number of ids. */
  contactsById(portalId: PortalId, ids: readonly ContactId[]): Promise<ReadonlyMap<ContactId, ContactRecord>>;

  /** Creates the property group and `sci_…` company properties where absent. Harmless when repeated. */
  provisionProperties(portalId: PortalId): Promise<void>;
  /**
   * Tries the unique task property once with a probe task that it removes again.
   * @param onTask called once such a task is in HubSpot, or may be
   */
  probeTaskKeyMode(portalId: PortalId, onTask?: () => void): Promise<TaskKeyMode>;

  /**
   * ≤ maxBatch drafts in one batch create; one outcome an input, in input order. Never throws after bytes left. `mayStillLeave` is
   * asked at the last moment: where it says no, nothing leaves. The job runner brings it.
   */
  createTasks(
    portalId: PortalId,
    mode: TaskKeyMode,
    drafts: readonly TaskDraft[],
    mayStillLeave?: () => boolean,
  ): Promise<readonly CreateOutcome[]>;
  /** Live tasks that carry these keys. In ledger mode it also needs the company to read its associated tasks by id. */
  findTasksByKey(
    portalId: PortalId,
    mode: TaskKeyMode,
    wanted: readonly { readonly key: string; readonly companyId: CompanyId | null }[],
  ): Promise<ReadonlyMap<string, readonly string[]>>;
  /**
   * Tasks made since the instant that carry a key, in pages, as search knows them: it lags behind. Keys are not only of touches,
   * and in ledger mode anybody's text may look like one.
   */
  findMarkedTasks(
    portalId: PortalId,
    mode: TaskKeyMode,
    since: Date,
  ): AsyncIterable<readonly Pick<MarkedTask, 'taskId' | 'key'>[]>;
  /**
   * The live tasks that carry these keys, as they are now, by key: found by the unique property, or among the tasks of the
   * company (ledger), and among `alsoIds`. A key without a task is absent.
   */
  readMarkedTasks(
    portalId: PortalId,
    mode: TaskKeyMode,
    wanted: readonly { readonly key: string; readonly companyId: CompanyId | null }[],
    alsoIds: readonly string[],
  ): Promise<ReadonlyMap<string, readonly MarkedTask[]>>;
  /** State of the tasks that still exist, by id; absent means deleted. */
  readTasks(portalId: PortalId, taskIds: readonly string[]): Promise<ReadonlyMap<string, TaskState>>;
  /** What the tasks that still exist say now, by id, read behind what people wait for. */
  readTaskTexts(
    portalId: PortalId,
    taskIds: readonly string[],
  ): Promise<ReadonlyMap<string, { readonly subject: string; readonly bodyHtml: string }>>;
  /** At most one change a task; one outcome a change, in order. Throws not_installed alone; so do the other writes of many. */
  updateTasks(portalId: PortalId, updates: readonly TaskUpdate[]): Promise<readonly UpdateOutcome[]>;
  /** A task that is gone already is fine. */
  archiveTasks(portalId: PortalId, taskIds: readonly string[]): Promise<void>;

  /** Like `createTasks`. */
  createNotes(
    portalId: PortalId,
    drafts: readonly NoteDraft[],
    mayStillLeave?: () => boolean,
  ): Promise<readonly CreateOutcome[]>;
  /** Ids of notes that carry these keys in their body, among those of the companies named; a key without any is absent. */
  findNotesByKey(
    portalId: PortalId,
    wanted: readonly { readonly key: string; readonly companyId: CompanyId }[],
  ): Promise<ReadonlyMap<string, readonly string[]>>;
  updateNotes(portalId: PortalId, updates: readonly NoteUpdate[]): Promise<readonly UpdateOutcome[]>;
  updateCompanies(portalId: PortalId, updates: readonly CompanyUpdate[]): Promise<readonly UpdateOutcome[]>;

  /** Calls, meetings and (where the scope allows) emails of the company and of its contacts. Throws where any read failed. */
  companyLog(portalId: PortalId, companyId: CompanyId, window: LogWindow): Promise<CompanyLog>;
  /**
   * Every call, meeting and (where the scope allows) email of the account whose timestamp lies in the window (both ends belong
   * to it), each once, in parts of at most 1,000; by types, then by ascending id. Complete once the stream ends, or it throws.
   * With `paths` companies, the default, contacts stay unread and `contactIds` empty.
   */
  quarterLog(
    portalId: PortalId,
    window: LogWindow,
    paths?: LogPaths,
  ): AsyncIterable<readonly LoggedActivity[]>;
  /** The portal's call dispositions, id → label. */
  callDispositions(portalId: PortalId): Promise<ReadonlyMap<string, string>>;
  /** The lifecycle stages that the portal's companies can have, name → label, in HubSpot's order. */
  lifecycleStages(portalId: PortalId): Promise<ReadonlyMap<string, string>>;

  /** Removes the app from the account and forgets its token. */
  uninstall(portalId: PortalId): Promise<void>;
}

export type TokenGrant = {
  readonly portalId: PortalId;
  readonly userId: UserId;
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly expiresInS: number;
  readonly scopes: readonly string[];
};

export interface OAuthGateway {
  /** Where the browser is sent to grant access. */
  authorizeUrl(state: string): string;
  /** Throws invalid_input where the code was used or is too old, hubspot_unavailable, internal for our own misconfiguration. */
  exchangeCode(code: string): Promise<TokenGrant>;
}
