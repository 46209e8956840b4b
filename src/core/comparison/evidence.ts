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
  /** Local day of the conversation: touches after it say nothing about what the customer remembered then. */
  readonly heldOn?: string;
  readonly respondentContactId: string | null;
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

/** A record in the version of the moment, with its local day and its age on the day of the facts. */
type DatedRecord = { readonly record: ActivityRecord; readonly occurredOn: string; readonly ageDays: number };

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
  const occurredOn = localDayOf(record.occurredAt, context.timeZone);
  const dated = { record, occurredOn, ageDays: daysBetween(occurredOn, factsOn) };
  const excluded = exclusionOf(dated, context);
  if (excluded !== null) return drop(excluded);
  if (record.objectType === 'email') {
    return isTrace(dated, context) ? { kind: 'trace', activityId: record.id } : drop('email');
  }
  const outcome = loggedOutcome(record, context);
  if (outcome === 'attempt') return drop('attempt');
  const mayHurt = version.isVersionKnown && mayCountAgainst(dated, context);
  const claim = claimOf(dated, record.objectType, mayHurt ? outcome : 'open', context);
  return { kind: 'claim', claim, record };
}

function exclusionOf(
  { record, occurredOn, ageDays }: DatedRecord,
  context: ComparisonContext,
): DropReason | null {
  if (record.isCheckIn) return 'checkIn';
  if (context.heldOn !== undefined && occurredOn > context.heldOn) return 'afterFacts';
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

/** Imports, logs by someone else, touches before the gate and touches elsewhere may help, never hurt. */
function mayCountAgainst({ record, occurredOn }: DatedRecord, context: ComparisonContext): boolean {
  if (record.ownerId === null || isImported(record) || record.companyLink === 'related') return false;
  const ownerUserId = context.userIdByOwnerId[record.ownerId];
  if (ownerUserId === undefined || ownerUserId !== record.createdByUserId) return false;
  const gateOpensOn = context.gateOpensOnByOwnerId[record.ownerId] ?? null;
  return gateOpensOn !== null && occurredOn >= gateOpensOn;
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
