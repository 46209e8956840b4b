import type {
  AttemptOutcome,
  Channel,
  CompanyId,
  ContactId,
  CountBand,
  CycleLabel,
  ListeningReason,
  LocalDay,
  OwnerId,
  PortalId,
  PromiseState,
  RecencyBand,
  TouchKind,
  TouchState,
  UserId,
} from '../core/model.ts';
import type { ProgramSettings } from '../core/program-settings.ts';
import type { CompanyRecord, OutsideCompanies, TaskKeyMode } from './hubspot-port.ts';

/**
 * What the use cases need of storage. Nothing can be read or written without a TenantScope: it is one transaction in which
 * the database itself shows only this portal's rows.
 */
export interface TenantScope {
  readonly portalId: PortalId;
}

export type PortalStatus = 'installed' | 'disconnected' | 'uninstalled';

export type PortalRow = {
  readonly portalId: PortalId;
  readonly status: PortalStatus;
  readonly installedByUserId: UserId;
  readonly installedAt: Date;
  readonly timeZone: string;
  readonly uiDomain: string;
  readonly scopes: readonly string[];
  readonly taskKeyMode: TaskKeyMode | null;
  /**
   * When the mode was last tried, and where keys became unique later, since when they are. Null: unique from the first task on, or never
   * tried, or not since the account was connected anew.
   */
  readonly keyProbedAt: Date | null;
  /** Null until *Start*. */
  readonly startedAt: Date | null;
  /** Resume point of a company read under way: the last id read; null when none is under way. */
  readonly readCursor: CompanyId | null;
  /** When the read under way, or the last one, began. */
  readonly readStartedAt: Date | null;
  readonly companiesReadAt: Date | null;
  readonly plannedAt: Date | null;
  readonly reconciledAt: Date | null;
  /** Asked for by a person: read and plan at the next chance. */
  readonly planRequestedAt: Date | null;
  readonly lastError: string | null;
  readonly callDispositions: Readonly<Record<string, string>>;
  /** Of companies, in HubSpot's order; empty until they were read once. */
  readonly knownStages: readonly LifecycleStage[];
};

/** One of the stages that a company can have in HubSpot, by its name in the data and as people see it. */
export type LifecycleStage = { readonly value: string; readonly label: string };

/** What a read found beside the customers, for the eyes of whoever sets up. */
export type LeftOut = OutsideCompanies & {
  /** The stages that counted as a customer then. */
  readonly stages: readonly string[];
};

/** Companies of a parent that is a customer itself. */
export type Branches = {
  /** How many each owner has; null where nobody owns them. */
  readonly byOwner: ReadonlyMap<OwnerId | null, number>;
  readonly sample: readonly { readonly name: string; readonly parentName: string }[];
};

export type Program = {
  readonly version: number;
  /** The settings as the contract's programSettings; typed there, stored as they are. */
  readonly settings: ProgramSettings;
  readonly savedBy: UserId;
  readonly savedAt: Date;
};

export type Announcement = {
  readonly announcedAt: Date;
  readonly announcedBy: UserId;
  readonly startsOn: LocalDay;
  readonly text: string;
};

export type Company = CompanyRecord & {
  readonly inScope: boolean;
  readonly contactsReadAt: Date | null;
};

export type Cycle = {
  readonly label: CycleLabel;
  readonly startsOn: LocalDay;
  /** First day after the cycle. */
  readonly endsOn: LocalDay;
  readonly timeZone: string;
  readonly plannedAt: Date;
  readonly closedAt: Date | null;
};

export type Touch = {
  readonly touchId: string;
  readonly companyId: CompanyId;
  readonly cycle: CycleLabel;
  readonly kind: TouchKind;
  /** First 26 base32 characters of an HMAC: the mark by which the task is found again. */
  readonly key: string;
  readonly state: TouchState;
  readonly reason: string | null;
  /** The manager who makes the call. */
  readonly callerUserId: UserId;
  readonly callerOwnerId: OwnerId | null;
  readonly contactId: ContactId | null;
  readonly dueOn: LocalDay;
  readonly dueHalf: 'morning' | 'afternoon';
  /** When its task may be made: the start of the day that lies the release horizon before dueOn. */
  readonly releaseAt: Date;
  /** A person moved it in HubSpot: it stays where it was put. */
  readonly movedByPerson: boolean;
  /** A person gave it to this caller in HubSpot: it stays with them. */
  readonly assignedByPerson: boolean;
  readonly taskId: string | null;
  /** Whose its task is in HubSpot as far as we know: written last, or taken over from there. Null also for what is not known. */
  readonly taskOwnerId: OwnerId | null;
  readonly fence: number;
  readonly sendAttempts: number;
  readonly sentAt: Date | null;
  /** When the first send left whose outcome nobody reported; null where none ever was in doubt. */
  readonly inDoubtSince: Date | null;
  readonly notBefore: Date | null;
  readonly programVersion: number;
};

export type NewTouch = Pick<
  Touch,
  | 'touchId'
  | 'companyId'
  | 'cycle'
  | 'kind'
  | 'key'
  | 'callerUserId'
  | 'callerOwnerId'
  | 'contactId'
  | 'dueOn'
  | 'dueHalf'
  | 'releaseAt'
  | 'programVersion'
>;

/** What one batch learned of one touch. Written only while the fence still matches. */
export type TouchOutcome =
  | { readonly touchId: string; readonly fence: number; readonly to: 'created'; readonly taskId: string }
  | { readonly touchId: string; readonly fence: number; readonly to: 'parked'; readonly reason: string }
  /** `reason`: why it was not made so far. */
  | {
      readonly touchId: string;
      readonly fence: number;
      readonly to: 'planned';
      readonly notBefore: Date;
      readonly reason?: string;
    }
  /** Stays `sending`: unknown, looked at again at notBefore. */
  | {
      readonly touchId: string;
      readonly fence: number;
      readonly to: 'sending';
      readonly notBefore: Date;
      readonly reason?: string;
    };

export type Attempt = {
  readonly attemptId: string;
  readonly touchId: string;
  readonly outcome: AttemptOutcome;
  readonly contactId: ContactId | null;
  readonly attemptedAt: Date;
  readonly attemptedBy: UserId;
  readonly nextTryOn: LocalDay | null;
  readonly nextTryHalf: 'morning' | 'afternoon' | null;
};

export type Recall = {
  readonly recency: RecencyBand | null;
  readonly count: CountBand | null;
  readonly unsure: boolean;
  readonly colleague: boolean;
  readonly named: boolean;
  readonly stale: boolean;
};

export type CheckIn = {
  readonly checkInId: string;
  readonly companyId: CompanyId;
  /** The company it was given at, where that one was merged into `companyId` later. */
  readonly heardAtCompanyId: CompanyId | null;
  readonly touchId: string | null;
  readonly cycle: CycleLabel;
  /** Ordinal of the company's check-ins; a second contact in the same cycle shares it. */
  readonly wave: number;
  readonly callerUserId: UserId;
  readonly respondentContactId: ContactId | null;
  /** Whom HubSpot had as the respondent then, where that contact was merged into another later. */
  readonly heardAsContactId: ContactId | null;
  readonly respondentName: string;
  readonly words: string;
  readonly liked: string | null;
  readonly inConfidence: string | null;
  /** Advice for the rep who gets the words, its lines apart by line breaks; null where there is none. */
  readonly coachingNote: string | null;
  readonly happenedOn: LocalDay;
  readonly channel: Channel;
  readonly repOwnerId: OwnerId | null;
  readonly listening: ListeningReason | null;
  /** Null where the recall items were not asked. Frozen at savedAt, before the log is shown. */
  readonly recall: Recall | null;
  /** Also factsSavedAt of the statement. */
  readonly savedAt: Date;
  readonly undoneAt: Date | null;
  /** When the rep may read the words; null where there is no rep to tell. */
  readonly releasesAt: Date | null;
  readonly releasedAt: Date | null;
  readonly seenByRepAt: Date | null;
};

/** Who answered, when and to whom: what choosing whom to ask for needs of a check-in. */
export type Heard = Pick<CheckIn, 'respondentContactId' | 'happenedOn' | 'callerUserId'>;

export type Correction = {
  readonly checkInId: string;
  readonly recall: Recall;
  readonly reason: string;
  readonly by: UserId;
  readonly at: Date;
};

export type Issue = {
  readonly issueId: string;
  readonly companyId: CompanyId;
  readonly checkInId: string | null;
  readonly title: string;
  readonly ownerUserId: UserId;
  readonly state: 'open' | 'closed';
  readonly openedAt: Date;
  readonly openedBy: UserId;
};

export type PromiseRow = {
  readonly promiseId: string;
  readonly issueId: string;
  readonly companyId: CompanyId;
  readonly what: string;
  readonly ownerId: OwnerId | null;
  readonly ownerUserId: UserId;
  readonly dueOn: LocalDay;
  readonly state: PromiseState;
  readonly settledAt: Date | null;
  readonly settledBy: UserId | null;
};

/** planned → sending → done | parked: the same ledger for every other write to HubSpot. */
export type OutboxKind =
  | 'completeTask'
  | 'moveTask'
  | 'reopenTask'
  | 'archiveTask'
  | 'describeTask'
  | 'note'
  | 'rewriteNote'
  | 'companyProperties'
  | 'repNotice'
  | 'closeRepNotice';
/** The reason of an outbox row whose earlier send may have landed. */
export const UNKNOWN_OUTCOME = 'unknownOutcome';
/** The reason of a touch that HubSpot did not make because, as it says, another record holds its key. */
export const KEY_TAKEN = 'keyTaken';
/** What the reason of a touch begins with that waits because HubSpot refuses all tasks; its own words follow. */
export const REFUSED = 'refused';
export type OutboxRow = {
  readonly outboxId: string;
  readonly kind: OutboxKind;
  /** What it is about: a touch, check-in, company or notice id. One open row a (kind, subject). */
  readonly subject: string;
  readonly key: string;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly state: 'planned' | 'sending' | 'done' | 'parked';
  readonly notBefore: Date;
  readonly attempts: number;
  readonly sentAt: Date | null;
  readonly hubspotId: string | null;
  readonly reason: string | null;
  /** How often HubSpot refused it. */
  readonly refusals: number;
};
export type NewOutboxRow = Pick<OutboxRow, 'outboxId' | 'kind' | 'subject' | 'key' | 'payload' | 'notBefore'>;

export type RepNotice = {
  readonly ownerId: OwnerId;
  readonly onDay: LocalDay;
  readonly taskId: string | null;
  readonly closesOn: LocalDay;
  readonly closedAt: Date | null;
};

export type WebhookEvent = {
  readonly dedupeKey: string;
  readonly subscriptionType: string;
  readonly objectType: string | null;
  readonly objectId: string | null;
  readonly propertyName: string | null;
  readonly propertyValue: string | null;
  readonly occurredAt: Date;
  readonly mergedInto: string | null;
};

export type AuditEntry = {
  readonly at: Date;
  /** `user:7`, `system:planCycle`. */
  readonly actor: string;
  readonly action: string;
  /** Ids only, never names or text. */
  readonly subject: string;
  readonly outcome: string;
  readonly requestId: string | null;
};

export type StoredReply = {
  readonly bodyHash: string;
  readonly authorUserId: UserId;
  readonly reply: unknown;
};

/** Every job is "do what is due for this portal"; `dueAt` is the earliest instant at which something is. */
export type JobName =
  | 'refreshPortal'
  | 'planCycle'
  | 'releaseTouches'
  | 'resolveTouches'
  | 'syncTasks'
  | 'closeCycle'
  | 'readContacts'
  | 'deliverOutbox'
  | 'compareCheckIns'
  | 'releaseFeedback'
  | 'settleFindings'
  | 'processInbox';
export type DueJob = { readonly portalId: PortalId; readonly job: JobName; readonly dueAt: Date };
