import type { ColumnType } from 'kysely';
import type { CompanyId, ContactId, CycleLabel, LocalDay, OwnerId, PortalId, UserId } from '../core/model.ts';
import type { ContactRecord, OwnerRecord } from '../usecases/hubspot-port.ts';
import type { ExportLink } from '../usecases/export-port.ts';
import type { Kudos, NotedPreference } from '../usecases/kudos-port.ts';
import type { Leave } from '../usecases/leave-port.ts';
import type { Pattern, PatternOpening, TeamTestResult } from '../usecases/pattern-port.ts';
import type { RecallMeasurement } from '../usecases/recall-port.ts';
import type {
  Announcement,
  Attempt,
  AuditEntry,
  CheckIn,
  Company,
  Correction,
  Cycle,
  Issue,
  LeftOut,
  OutboxRow,
  PortalRow,
  Program,
  PromiseRow,
  RepNotice,
  Touch,
  WebhookEvent,
} from '../usecases/records.ts';
import type { FindingLater, FindingRow, Reply } from '../usecases/finding-records.ts';

/** A wish that stood before the one of the row; the contact is the row's. */
type EarlierWish = Omit<NotedPreference, 'contactId' | 'notedAt'> & { readonly notedAt: string };

/** A jsonb column: read as a value, written as JSON text. */
type Json<Value> = ColumnType<Value, string, string>;
/** A column that the database fills in. */
type Made<Value> = ColumnType<Value, never, never>;
type WithDefault<Row, Names extends keyof Row> = Omit<Row, Names> & {
  readonly [Name in Names]: ColumnType<Row[Name], Row[Name] | undefined>;
};
type Tenant = { readonly portalId: PortalId };
type WithJson<Row, Names extends keyof Row> = Omit<Row, Names> & {
  readonly [Name in Names]: Json<Row[Name]>;
};
/** When a job becomes due for the row (instant), or on which local day. Null where nothing is. */
type Wakes = { readonly wakeAt: Made<Date | null> };
type WakesOn = { readonly wakeOn: Made<LocalDay | null> };

export type SecretsTable = Tenant & { readonly touchKeySecret: string };
export type TokensTable = Tenant & {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly expiresAt: Date;
};
type PortalColumns = WithDefault<
  Omit<PortalRow, 'scopes' | 'callDispositions' | 'knownStages'>,
  'timeZone' | 'uiDomain'
>;
export type PortalsTable = PortalColumns & {
  readonly scopes: Json<PortalRow['scopes']>;
  readonly callDispositions: ColumnType<PortalRow['callDispositions'], string | undefined, string>;
  readonly knownStages: ColumnType<PortalRow['knownStages'], string | undefined, string>;
  readonly leftOut: ColumnType<LeftOut | null, never, string>;
  readonly erasureSalt: Made<string>;
  readonly refreshDueAt: Made<Date>;
  readonly planDueAt: Made<Date | null>;
  readonly syncDueAt: Made<Date | null>;
};
export type CompaniesTable = Tenant &
  Company & {
    readonly seenAt: Date | null;
    readonly wakeAt: Date | null;
  };
export type ContactsTable = Tenant & Omit<ContactRecord, 'mergedIds'> & { readonly companyId: CompanyId };
export type SubmissionsTable = Tenant & {
  readonly submissionId: string;
  readonly authorUserId: UserId;
  readonly bodyHash: string;
  readonly reply: string | null;
  readonly submittedAt: Date;
};
export type DraftsTable = Tenant & {
  readonly authorUserId: UserId;
  readonly companyId: CompanyId;
  readonly draft: Json<Readonly<Record<string, unknown>>>;
  readonly savedAt: Date;
};

type FindingColumns = Omit<FindingRow, 'result' | 'evidence'>;
export type FindingsTable = Tenant &
  WithDefault<FindingColumns, 'state' | 'attempts' | 'supported'> & {
    readonly result: ColumnType<FindingRow['result'], string | undefined, string>;
    readonly evidence: ColumnType<FindingRow['evidence'], string | undefined, string>;
    readonly later: ColumnType<FindingLater | null, string | undefined, string>;
    readonly askedAuditorAt: ColumnType<Date | null, never>;
    readonly noticedAt: ColumnType<Date | null, never, Date>;
  } & Wakes &
  WakesOn;

/** Every table of the database in camelCase; the columns are the records' own fields. */
export type Tables = {
  migrations: { readonly name: string };
  oauthStates: { readonly stateHash: string; readonly expiresAt: Date };
  portals: PortalsTable;
  portalSecrets: SecretsTable;
  tokens: TokensTable;
  people: Tenant & OwnerRecord;
  programs: Tenant & WithJson<Program, 'settings'>;
  announcements: Tenant & Announcement & { readonly seq: Made<number> };
  acknowledgements: Tenant & { readonly ownerId: OwnerId; readonly acknowledgedAt: Date };
  companies: CompaniesTable;
  contacts: ContactsTable;
  mergedContacts: Tenant & { readonly contactId: ContactId; readonly intoContactId: ContactId };
  erasures: Tenant & { readonly contactHash: string; readonly erasedAt: Date };
  cycles: Tenant & Cycle & WakesOn;
  touches: Tenant &
    WithDefault<Touch, 'state' | 'fence' | 'sendAttempts' | 'movedByPerson' | 'assignedByPerson'> &
    Wakes & { readonly seq: Made<number> };
  attempts: Tenant & Attempt;
  checkIns: Tenant &
    Omit<CheckIn, 'recall'> & {
      readonly recall: ColumnType<CheckIn['recall'], string | null, never>;
    } & Wakes & { readonly seq: Made<number> };
  corrections: Tenant & WithJson<Correction, 'recall'> & { readonly seq: Made<number> };
  findings: FindingsTable;
  replies: Tenant & Reply & WakesOn;
  measuredRecall: Tenant & { readonly measuredOn: LocalDay; readonly measurement: Json<RecallMeasurement> };
  teamTests: Tenant & {
    readonly cycle: CycleLabel;
    readonly dueOn: LocalDay;
    readonly testedAt: Date | null;
    readonly result: ColumnType<TeamTestResult | null, string | undefined, string>;
  } & WakesOn;
  patterns: Tenant & WithJson<Pattern, 'counts'>;
  patternOpenings: Tenant & PatternOpening;
  leaves: Tenant & Leave & { readonly removedAt: Date | null };
  exports: Tenant & ExportLink & { readonly usedAt: Date | null };
  repNotices: Tenant & RepNotice & WakesOn;
  issues: Tenant & Issue & { readonly closedAt: Date | null };
  promises: Tenant & PromiseRow;
  kudos: Tenant & Kudos;
  preferences: Tenant &
    WithJson<NotedPreference, 'weekdays'> & {
      readonly earlier: ColumnType<readonly EarlierWish[], string, string>;
    };
  drafts: DraftsTable;
  outbox: Tenant &
    WithDefault<WithJson<OutboxRow, 'payload'>, 'state' | 'attempts' | 'refusals'> &
    Wakes & { readonly seq: Made<number> };
  webhookInbox: Tenant &
    WebhookEvent & {
      readonly receivedAt: Date;
      readonly processedAt: Date | null;
      readonly reason: string | null;
      readonly failures: Made<number>;
      readonly seq: Made<number>;
    } & Wakes;
  auditHeads: Tenant & { readonly seq: number; readonly hash: string };
  auditLog: Tenant & AuditEntry & { readonly seq: number; readonly hash: string };
  submissions: SubmissionsTable;
  leases: Tenant & {
    readonly name: string;
    readonly holder: string;
    readonly fence: number;
    readonly expiresAt: Date;
  };
  apiBudget: Tenant & {
    readonly bucket: string;
    readonly tat: Date;
    readonly pausedUntil: Date | null;
    readonly slotAt: Date | null;
    readonly intervalMs: number | null;
    readonly pace: Made<number>;
    readonly calls: Made<number>;
  };
};
