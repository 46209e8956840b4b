/**
 * The words of the domain as types. Ids are branded so that one kind cannot be passed for another;
 * days are `YYYY-MM-DD` strings in a named zone, instants are `Date`.
 */

declare const brand: unique symbol;
type Branded<Base, Name extends string> = Base & { readonly [brand]: Name };

/** A HubSpot account. */
export type PortalId = Branded<number, 'PortalId'>;
/** A HubSpot user: who signs in and clicks. */
export type UserId = Branded<number, 'UserId'>;
/** A HubSpot owner: who records belong to. One person has a user id and an owner id. */
export type OwnerId = Branded<string, 'OwnerId'>;
export type CompanyId = Branded<string, 'CompanyId'>;
export type ContactId = Branded<string, 'ContactId'>;
/** A calendar day, `YYYY-MM-DD`. */
export type LocalDay = string;
/** A quarter's label in the portal's time zone, `2026-Q4`. */
export type CycleLabel = string;

/** Names the guarantee: `value` came from a place that only holds portal ids. */
export const asPortalId = (value: number): PortalId => value as PortalId;
export const asUserId = (value: number): UserId => value as UserId;
export const asOwnerId = (value: string): OwnerId => value as OwnerId;
export const asCompanyId = (value: string): CompanyId => value as CompanyId;
export const asContactId = (value: string): ContactId => value as ContactId;

export const ROLES = ['manager', 'rep', 'admin', 'viewer'] as const;
export type Role = (typeof ROLES)[number];

export const TOUCH_KINDS = ['checkIn', 'continuity'] as const;
export type TouchKind = (typeof TOUCH_KINDS)[number];

/** planned → sending → created → done, missed or canceled; parked from any of the first three. */
export const TOUCH_STATES = [
  'planned',
  'sending',
  'created',
  'done',
  'missed',
  'canceled',
  'parked',
] as const;
export type TouchState = (typeof TOUCH_STATES)[number];
/** Of a call that is still to be made. */
export const OPEN_TOUCH_STATES = [
  'planned',
  'sending',
  'created',
  'parked',
] as const satisfies readonly TouchState[];

export const ATTEMPT_OUTCOMES = ['noAnswer', 'leftMessage', 'wrongPerson', 'askedNotToBeCalled'] as const;
export type AttemptOutcome = (typeof ATTEMPT_OUTCOMES)[number];

export const CHANNELS = ['phone', 'video', 'inPerson'] as const;
export type Channel = (typeof CHANNELS)[number];

/** Recall item 1: when someone last talked with the customer. */
export const RECENCY_BANDS = ['W1', 'W4', 'M2', 'M3', 'M6', 'LONG', 'NEVER', 'DK'] as const;
export type RecencyBand = (typeof RECENCY_BANDS)[number];
/** Recall item 2: how often in the last three months. */
export const COUNT_BANDS = ['0', '1', '2', '3-5', '6+', 'DK'] as const;
export type CountBand = (typeof COUNT_BANDS)[number];

export const VERDICTS = [
  'CORROBORATED',
  'CONSISTENT',
  'UNDER_LOGGED',
  'UNVERIFIED',
  'CUSTOMER_UNSURE',
  'DIFFERENT_CONTACT',
  'STALE_CONTACT',
  'MEMORY_DIFFERS',
  'DIFFERS_SOFT',
  'DIFFERS_FIRM',
  'EXPLAINED',
] as const;
export type Verdict = (typeof VERDICTS)[number];

export const REPLY_KINDS = [
  'OTHER_PERSON',
  'WRONG_RECORD',
  'NOT_REACHED',
  'COVERED',
  'LEAVE',
  'EVIDENCE',
  'COMMENT',
] as const;
export type ReplyKind = (typeof REPLY_KINDS)[number];

export const PROMISE_STATES = ['open', 'kept', 'broken'] as const;
export type PromiseState = (typeof PROMISE_STATES)[number];

/** What can be said of a promise: how it ended, that this was a mistake, or that a broken one is not waited for any more. */
export const PROMISE_CHOICES = ['kept', 'broken', 'open', 'closeIssue'] as const;
export type PromiseChoice = (typeof PROMISE_CHOICES)[number];

/** findings: every finding under a pseudonym, for the auditor. program: the rules in every version, without any finding. */
export const EXPORT_KINDS = ['findings', 'program'] as const;
export type ExportKind = (typeof EXPORT_KINDS)[number];

/** A pattern on its way: the rep first; then two managers, both of whom have to open it. */
export const PATTERN_PHASES = ['repFirst', 'needsSecondManager', 'waiting', 'open'] as const;
export type PatternPhase = (typeof PATTERN_PHASES)[number];
export const PATTERN_READERS = ['rep', 'manager', 'secondManager'] as const;
export type PatternReader = (typeof PATTERN_READERS)[number];

/** Why a check-in is listened to but not compared with the log; null where it is. */
export const LISTENING_REASONS = [
  'programListens',
  'gateClosed',
  'callerIsRepOfRecord',
  'noRepOfRecord',
  'olderThanOneDay',
] as const;
export type ListeningReason = (typeof LISTENING_REASONS)[number];
