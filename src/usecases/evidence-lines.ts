import type { DropReason, Evidence, EvidenceClaim } from '../core/comparison/evidence.ts';
import type { ActivityRecord } from '../core/comparison/activity.ts';
import { hygieneOf } from '../core/comparison/hygiene.ts';
import { COUNTED_DAYS } from '../core/comparison/settings.ts';
import { localDayOf } from '../core/cadence/calendar.ts';
import { TIER_WORDS } from '../core/finding-wording.ts';
import { asContactId, type OwnerId } from '../core/model.ts';
import type { CompanyLog } from './hubspot-port.ts';
import type { EvidenceLine } from './finding-records.ts';

type LineContact = Pick<EvidenceLine, 'contactId' | 'contactName'>;

const MOST_LINES = 40;
/** Mail is kept for a rep to point to, and must not crowd out what was compared. */
const MOST_MAILS = 20;

/** The log line by line, newest first: what was compared, what was left out, and mail. Metadata only, one form for everything. */
export function evidenceLines(evidence: Evidence, log: CompanyLog, timeZone: string): EvidenceLine[] {
  const names = new Map(log.contacts.map(({ contactId, name }) => [contactId as string, name]));
  const contactIn = (ids: readonly string[]): LineContact => {
    const contactId = ids.find((id) => names.has(id));
    return contactId === undefined
      ? { contactId: null, contactName: null }
      : { contactId: asContactId(contactId), contactName: names.get(contactId) ?? null };
  };
  const recordOf = new Map(log.activities.map((record) => [record.id, record]));
  const claims = evidence.claims.map((claim) => ({
    ...claimLine(claim, contactIn(claim.contactIds)),
    ...provenanceOf(recordOf.get(claim.activityId)),
  }));
  const dropped = evidence.dropped.flatMap(({ activityId, reason }) => {
    const record = recordOf.get(activityId);
    if (record === undefined || DROPPED_WORDS[reason] === undefined) return [];
    return [
      {
        activityId,
        what: record.objectType,
        on: localDayOf(record.occurredAt, timeZone),
        ageDays: 0,
        ...contactIn(record.contactIds),
        ownerId: record.ownerId as OwnerId | null,
        tier: 0 as const,
        outcome: 'dropped' as const,
        counted: false,
        why: DROPPED_WORDS[reason],
        ...provenanceOf(record),
      },
    ];
  });
  const traces = new Set(evidence.traceIds);
  const mails = log.activities
    .filter(({ id, objectType }) => objectType === 'email' && (traces.has(id) || isOtherMail(evidence, id)))
    .map((record) => mailLine(record, traces.has(record.id), contactIn(record.contactIds), timeZone));
  const [shown, other] = [mails.filter(isTraceLine), mails.filter((line) => !isTraceLine(line))];
  return newestFirst([
    ...newestFirst([...claims, ...dropped, ...shown]).slice(0, MOST_LINES),
    ...newestFirst(other).slice(0, MOST_MAILS),
  ]);
}

const isTraceLine = ({ outcome }: EvidenceLine): boolean => outcome === 'trace';

function newestFirst(lines: readonly EvidenceLine[]): EvidenceLine[] {
  return [...lines].sort((a, b) => (a.on < b.on ? 1 : a.on > b.on ? -1 : 0));
}

function isOtherMail(evidence: Evidence, id: string): boolean {
  return evidence.dropped.some(({ activityId, reason }) => activityId === id && reason === 'email');
}

/** A mail from the customer that ends a difference, or any other, which changes nothing. */
function mailLine(
  record: ActivityRecord,
  isTrace: boolean,
  contact: LineContact,
  timeZone: string,
): EvidenceLine {
  return {
    activityId: record.id,
    what: 'email',
    on: localDayOf(record.occurredAt, timeZone),
    ageDays: 0,
    ...contact,
    ownerId: record.ownerId as OwnerId | null,
    tier: isTrace ? 4 : 0,
    outcome: isTrace ? 'trace' : 'dropped',
    counted: isTrace,
    why: isTrace ? TIER_WORDS[4] : 'Mail',
  };
}

/** Source and outcome for the settings page, and what is missing in the record for the rep. */
function provenanceOf(record: ActivityRecord | undefined): Partial<EvidenceLine> {
  if (record === undefined) return {};
  const { sourceLabel, sourceDetail, disposition, objectType } = record;
  return {
    source: { label: sourceLabel ?? '', detail: sourceDetail ?? '' },
    ...(objectType === 'call' ? { disposition: disposition ?? '' } : {}),
    ...(objectType === 'email' ? {} : { hygiene: hygieneOf(record) }),
  };
}

function claimLine(claim: EvidenceClaim, contact: LineContact): EvidenceLine {
  const counted = claim.outcome === 'live' && claim.ageDays <= COUNTED_DAYS;
  return {
    activityId: claim.activityId,
    what: claim.objectType,
    on: claim.occurredOn,
    ageDays: claim.ageDays,
    ...contact,
    ownerId: claim.ownerId as OwnerId | null,
    tier: claim.tier,
    outcome: claim.outcome,
    counted,
    why: claim.outcome === 'open' ? 'Outcome open: it can help, never hurt' : TIER_WORDS[claim.tier],
  };
}

/** Why a record of the log was left out, where it helps the reader to know. */
const DROPPED_WORDS: Partial<Record<DropReason, string>> = {
  attempt: 'Not reached',
  afterFacts: 'Logged after the conversation',
  programManager: 'A manager’s own call',
};
