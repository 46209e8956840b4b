/** From the log to claims: what counts as contact, how sure its records are, and what is left out and why. */
import type { ActivityRecord } from './activity.ts';
import { uniqueActivities, versionAt } from './activity.ts';
import { findBursts } from './bursts.ts';
import type { Claim, ClaimOutcome } from './claim.ts';
import { daysBetween, instantMs, localDayOf } from '../cadence/calendar.ts';
import { callOutcome, meetingOutcome } from './outcome.ts';
import type { DispositionMap } from './outcome.ts';
import { COUNTED_DAYS, LOOK_BACK_DAYS } from './settings.ts';
import { isImported, isTrusted } from './sources.ts';
import type { TrustedSource } from './sources.ts';
import { tierOf } from './tier.ts';
import type { SupportingChange } from './tier.ts';

export type { ActivityRecord } from './activity.ts';

/** What has to be known about portal, company and statement to read a log. */
export type ComparisonContext = {
  /** The moment the statement was saved (ISO instant): the log is read as it stood then. */
  readonly factsSavedAt: string;
  /** IANA zone of the customer: contact, else company, else portal. */
  readonly timeZone: string;
  /** IANA zone of the portal: the days of the conversation and of the gate are meant in it. */
  readonly portalTimeZone: string;
  /** The portal's local day of the conversation: touches after it say nothing about what the customer remembered then. */
  readonly heldOn?: string;
  /** The log was read well after the facts: a record changed in between may have got its contact only then. */
  readonly isReadLate?: boolean;
  readonly respondentContactId: string | null;
  /** The respondent's contact was merged since the facts: with whom a touch was cannot be told from the log any more. */
  readonly isRespondentMerged?: boolean;
  /** Which HubSpot user an owner is. */
  readonly userIdByOwnerId: Readonly<Record<string, string>>;
  readonly trustedSources: readonly TrustedSource[];
  /** The portal's own call dispositions, as the admin mapped them. */
  readonly customDispositions: DispositionMap;
  /** First local day on which an owner's touches may count, null or absent while the gate is closed. */
  readonly gateOpensOnByOwnerId: Readonly<Record<string, string | null>>;
  readonly managerOwnerIds: readonly string[];
  readonly managerUserIds: readonly string[];
  readonly supportingChanges: readonly SupportingChange[];
  /** Bursts found over the whole portal (findBursts); those within the given records are found anyway. */
  readonly burstActivityIds: readonly string[];
};

export type EvidenceClaim = Claim & {
  readonly activityId: string;
  readonly objectType: 'call' | 'meeting';
  readonly occurredAt: string;
  readonly occurredOn: string;
  readonly contactIds: readonly string[];
  readonly ownerId: string | null;
  readonly userId: string | null;
};

export type DropReason =
  'afterFacts' | 'inFuture' | 'tooOld' | 'attempt' | 'programManager' | 'checkIn' | 'email';

export type Evidence = {
  readonly claims: readonly EvidenceClaim[];
  /** Emails of a contact there that a trusted inbox received within 90 days. */
  readonly traceIds: readonly string[];
  readonly dropped: readonly { readonly activityId: string; readonly reason: DropReason }[];
};

/** A record in the version of the moment, with its age on the day of the facts, and its local day for customer and portal. */
type DatedRecord = {
  readonly record: ActivityRecord;
  readonly occurredOn: string;
  readonly occurredOnInPortal: string;
  readonly ageDays: number;
};

type Reading =
  | { readonly kind: 'claim'; readonly claim: EvidenceClaim; readonly record: ActivityRecord }
  | { readonly kind: 'trace'; readonly activityId: string }
  | { readonly kind: 'dropped'; readonly activityId: string; readonly reason: DropReason };

/** Returns claims, traces and what was left out; the order of the records changes nothing but their order. */
export function readEvidence(records: readonly ActivityRecord[], context: ComparisonContext): Evidence {
  const factsOn = localDayOf(context.factsSavedAt, context.timeZone);
  const readings = uniqueActivities(records).map((record) => readActivity(record, context, factsOn));
  const found = readings.filter((reading) => reading.kind === 'claim');
  const bursts = new Set([...context.burstActivityIds, ...burstsAmong(found)]);
  return {
    claims: found.map(({ claim, record }) => withTier(claim, record, bursts, context)),
    traceIds: readings.flatMap((reading) => (reading.kind === 'trace' ? [reading.activityId] : [])),
    dropped: readings.flatMap((reading) =>
      reading.kind === 'dropped' ? [{ activityId: reading.activityId, reason: reading.reason }] : [],
    ),
  };
}

function readActivity(current: ActivityRecord, context: ComparisonContext, factsOn: string): Reading {
  const drop = (reason: DropReason): Reading => ({ kind: 'dropped', activityId: current.id, reason });
  const version = versionAt(current, context.factsSavedAt);
  if (version === null) return drop('afterFacts');
  const { record } = version;
  const dated = datedRecord(record, context, factsOn);
  const excluded = exclusionOf(dated, context);
  if (excluded !== null) return drop(excluded);
  if (record.objectType === 'email') {
    return isTrace(dated, context) ? { kind: 'trace', activityId: record.id } : drop('email');
  }
  const outcome = loggedOutcome(record, context);
  if (outcome === 'attempt') return drop('attempt');
  const isAsItWas =
    version.isVersionKnown && !(context.isReadLate === true && isChangedSince(current, context));
  const mayHurt = isAsItWas && context.isRespondentMerged !== true && mayCountAgainst(dated, context);
  const claim = claimOf(dated, record.objectType, mayHurt ? outcome : 'open', context);
  return { kind: 'claim', claim, record };
}

function datedRecord(record: ActivityRecord, context: ComparisonContext, factsOn: string): DatedRecord {
  const { timeZone, portalTimeZone } = context;
  const occurredOn = localDayOf(record.occurredAt, timeZone);
  const occurredOnInPortal =
    portalTimeZone === timeZone ? occurredOn : localDayOf(record.occurredAt, portalTimeZone);
  return { record, occurredOn, occurredOnInPortal, ageDays: daysBetween(occurredOn, factsOn) };
}

/** A record's contacts have no history: whoever was added after the facts looks as if they had always been there. */
function isChangedSince({ updatedAt }: ActivityRecord, { factsSavedAt }: ComparisonContext): boolean {
  return updatedAt !== undefined && instantMs(updatedAt) > instantMs(factsSavedAt);
}

function exclusionOf(
  { record, occurredOnInPortal, ageDays }: DatedRecord,
  context: ComparisonContext,
): DropReason | null {
  if (record.isCheckIn) return 'checkIn';
  if (context.heldOn !== undefined && occurredOnInPortal > context.heldOn) return 'afterFacts';
  if (isByProgramManager(record, context)) return 'programManager';
  if (instantMs(record.occurredAt) > instantMs(context.factsSavedAt)) {
    return record.outcome === 'SCHEDULED' ? 'attempt' : 'inFuture';
  }
  return ageDays > LOOK_BACK_DAYS ? 'tooOld' : null;
}

function isByProgramManager(record: ActivityRecord, context: ComparisonContext): boolean {
  const isOwned = record.ownerId !== null && context.managerOwnerIds.includes(record.ownerId);
  return (
    isOwned || (record.createdByUserId !== null && context.managerUserIds.includes(record.createdByUserId))
  );
}

function isTrace({ record: email, ageDays }: DatedRecord, context: ComparisonContext): boolean {
  return (
    email.direction === 'INCOMING_EMAIL' &&
    email.isFromContactThere &&
    isTrusted(email, context.trustedSources) &&
    ageDays <= COUNTED_DAYS
  );
}

function loggedOutcome(record: ActivityRecord, context: ComparisonContext): ClaimOutcome | 'attempt' {
  if (record.objectType === 'meeting') return meetingOutcome(record, context.factsSavedAt);
  return callOutcome(record, isTrusted(record, context.trustedSources), context.customDispositions);
}

/** Imports, logs by someone else, touches outside the days that count and touches elsewhere may help, never hurt. */
function mayCountAgainst(dated: DatedRecord, context: ComparisonContext): boolean {
  const { record } = dated;
  if (record.ownerId === null || isImported(record) || record.companyLink === 'related') return false;
  const ownerUserId = context.userIdByOwnerId[record.ownerId];
  if (ownerUserId === undefined || ownerUserId !== record.createdByUserId) return false;
  return isOnCountedDays(dated, context.gateOpensOnByOwnerId[record.ownerId] ?? null, context.heldOn);
}

/**
 * From the gate's first day to the day before the conversation, by the calendars of customer and portal both. A touch on the day
 * of the conversation may have come after it.
 */
function isOnCountedDays(
  { occurredOn, occurredOnInPortal }: DatedRecord,
  gateOpensOn: string | null,
  heldOn: string | undefined,
): boolean {
  if (gateOpensOn === null) return false;
  return [occurredOn, occurredOnInPortal].every(
    (day) => day >= gateOpensOn && (heldOn === undefined || day < heldOn),
  );
}

function claimOf(
  { record, occurredOn, ageDays }: DatedRecord,
  objectType: EvidenceClaim['objectType'],
  outcome: ClaimOutcome,
  { respondentContactId }: ComparisonContext,
): EvidenceClaim {
  const isWithRespondent = respondentContactId !== null && record.contactIds.includes(respondentContactId);
  return {
    activityId: record.id,
    objectType,
    occurredAt: record.occurredAt,
    occurredOn,
    contactIds: record.contactIds,
    ownerId: record.ownerId,
    userId: record.createdByUserId,
    ageDays,
    outcome,
    tier: 1,
    contact: isWithRespondent ? 'respondent' : 'other',
    ...(record.ownerId === null ? {} : { owner: record.ownerId }),
  };
}

function burstsAmong(found: readonly { readonly claim: EvidenceClaim; readonly record: ActivityRecord }[]) {
  return findBursts(
    found.map(({ claim, record }) => ({
      activityId: claim.activityId,
      userId: claim.userId,
      createdAt: record.createdAt,
      occurredOn: claim.occurredOn,
    })),
  );
}

function withTier(
  claim: EvidenceClaim,
  record: ActivityRecord,
  bursts: ReadonlySet<string>,
  { trustedSources, supportingChanges, timeZone }: ComparisonContext,
): EvidenceClaim {
  const isBurst = bursts.has(claim.activityId);
  const isFromTrusted = isTrusted(record, trustedSources);
  return {
    ...claim,
    tier: tierOf(record, { isTrusted: isFromTrusted, isBurst, supportingChanges, timeZone }),
  };
}
