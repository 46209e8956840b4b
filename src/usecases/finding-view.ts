import { bothSides } from '../core/both-sides.ts';
import type { ComparisonInputs } from '../core/comparison/finding.ts';
import {
  FINDING_INCOMPLETE,
  FINDING_PENDING,
  LOG_HELD_BACK,
  NOT_CONSIDERED,
  REASONS,
  REPLY_LABELS,
  SERVICE_GAP,
  TIER_WORDS,
  VERDICT_HELD_BACK,
  VERDICT_WORDS,
  chanceText,
  differenceNextStep,
  replyUntilText,
  whoSeesText,
} from '../core/finding-wording.ts';
import { auditorView } from './auditor-view.ts';
import { contactView } from './manager-view.ts';
import { managerOfRep, nameOfUser, ownerById, type Person } from './person.ts';
import type { Deps } from './ports.ts';
import type { CheckIn, Recall, TenantScope } from './records.ts';
import type { EvidenceLine, FindingResult, FindingRow, Reply } from './finding-records.ts';
import { hasYetToAsk } from './yet-to-ask.ts';

/** One finding as its readers see it: both sides' facts in the same form, why, what was not considered, what to do. */
export async function findingView(deps: Deps, scope: TenantScope, person: Person, row: FindingRow) {
  const checkIn = await deps.store.checkIns.find(scope, row.checkInId);
  const replies = await deps.store.findings.replies(scope, row.findingId);
  const contacts = await deps.store.companies.contacts(scope, row.companyId);
  const isRep = person.owner !== null && person.owner.ownerId === row.repOwnerId;
  const isOpen = isWindowOpen(person, row);
  const isBlind = !isRep && (await hasYetToAsk(deps, scope, person, row.companyId));
  const canDecide = row.callerUserId === person.userId && replies.some(({ state }) => state === 'open');
  // Whoever has a reply to decide has to know about what; anybody else who still has to ask learns nothing of what was found.
  const isHeldBack = isBlind && !canDecide;
  const replyUntil = isHeldBack ? null : row.replyUntil;
  // Whom to ask next comes of the log, and so does how rare an answer is: it tells how many touches were logged.
  const second = isBlind ? undefined : contacts.find(({ contactId }) => contactId === row.secondContactId);
  const readers = {
    severity: isHeldBack ? 0 : (row.result?.severity ?? 0),
    isOpen,
    repName: ownerById(person, row.repOwnerId)?.name ?? null,
    replyUntil,
    readerIsRep: isRep,
  };
  return {
    findingId: row.findingId,
    checkInId: row.checkInId,
    askedOn: checkIn?.happenedOn ?? null,
    respondentName: checkIn?.respondentName ?? null,
    state:
      row.result === null
        ? row.state === 'incomplete'
          ? ('incomplete' as const)
          : ('pending' as const)
        : ('ready' as const),
    ...(isHeldBack && row.result !== null ? HELD_BACK : wordsOf(row, isRep && isOpen)),
    ...(isBlind ? { chance: null } : {}),
    bothSides: checkIn === null || isBlind ? [] : sidesOf(checkIn, row.result),
    customerMarks: checkIn?.recall == null ? [] : marksOf(checkIn.recall),
    logSays: row.result === null || isBlind ? [] : logOf(person, row),
    logHeldBack: isBlind ? LOG_HELD_BACK : null,
    records: isRep && isOpen ? row.evidence.map((line) => recordView(person, line)) : [],
    notConsidered: row.result === null ? [] : NOT_CONSIDERED,
    whoSees: whoSeesText({ ...readers, ...readerNames(person, row) }),
    nextStep: differenceNextStep({
      ...readers,
      verdict: isHeldBack ? null : (row.result?.verdict ?? null),
      secondContactName: second?.name ?? null,
    }),
    replyUntil,
    canReply: isRep && isOpen,
    canDecide,
    secondContact: second === undefined || isRep ? null : contactView(second),
    auditor: isRep ? await auditorView(deps, scope, person, row, replies) : null,
    // What one decided oneself is no news.
    replies: replies
      .filter(({ decidedBy }) => !isHeldBack || decidedBy === person.userId)
      .map((reply) => ({
        ...replyView(reply),
        record: isBlind ? null : recordOf(person, row, reply),
      })),
  };
}

/** Who reads a finding beside its rep: the caller, and later the rep's manager where that is somebody else. */
function readerNames(person: Person, row: FindingRow) {
  const managerId = managerOfRep(person, row.repOwnerId);
  const isRep = ownerById(person, row.repOwnerId)?.userId === managerId;
  const isApart = managerId !== row.callerUserId && !isRep;
  return {
    managerName: nameOfUser(person, row.callerUserId),
    laterReaderName: isApart ? nameOfUser(person, managerId) : null,
    readerIsLater: isApart && person.userId === managerId,
  };
}

/** The reply window is open up to and including its last day. */
export function isWindowOpen(person: Pick<Person, 'today'>, row: FindingRow): boolean {
  return row.replyUntil !== null && person.today <= row.replyUntil;
}

const HELD_BACK = {
  verdict: null,
  severity: 0,
  rule: null,
  label: VERDICT_HELD_BACK,
  sentence: LOG_HELD_BACK,
  reason: LOG_HELD_BACK,
  chance: null,
};

/** The verdict in words; only whoever may reply is told until when. */
function wordsOf(row: FindingRow, mayReply: boolean) {
  const { result } = row;
  if (result === null) {
    const sentence = row.state === 'incomplete' ? FINDING_INCOMPLETE : FINDING_PENDING;
    return {
      verdict: null,
      severity: 0,
      rule: null,
      label: 'Not checked',
      sentence,
      reason: sentence,
      chance: null,
    };
  }
  const words = VERDICT_WORDS[result.verdict];
  const replyUntil =
    mayReply && result.severity > 0 && row.replyUntil !== null ? ` ${replyUntilText(row.replyUntil)}` : '';
  return {
    verdict: result.verdict,
    severity: result.severity,
    rule: result.rule,
    label: words.label,
    sentence: `${words.sentence}${replyUntil}`,
    reason: reasonOf(result),
    chance: result.oneIn === null || result.verdict !== 'DIFFERS_FIRM' ? null : chanceText(result.oneIn),
  };
}

function reasonOf(result: FindingResult): string {
  return result.serviceGap ? SERVICE_GAP : (REASONS[result.rule] ?? '');
}

/** What the customer recalls beside what the log held at that moment; nothing where nothing was asked. */
function sidesOf({ recall }: CheckIn, result: FindingResult | null) {
  if (recall === null || result === null) return [];
  // Stored by the comparison itself, in its own shape.
  const { claims } = result.inputs as Pick<ComparisonInputs, 'claims'>;
  return bothSides(claims, recall);
}

function marksOf(recall: Recall): string[] {
  return [
    recall.unsure ? 'The customer was not sure' : null,
    recall.colleague ? 'A colleague handles this' : null,
    recall.named ? 'Named the rep or a visit unprompted' : null,
    recall.stale ? 'This person left or changed jobs' : null,
  ].filter((mark) => mark !== null);
}

const WHAT = { call: 'Call', meeting: 'Meeting', email: 'Email' } as const;

/** A record as a rep may name it in a reply: what, when and with whom. */
function recordView(person: Person, line: EvidenceLine) {
  const loggedBy = ownerById(person, line.ownerId)?.name;
  return {
    activityId: line.activityId,
    what: loggedBy === undefined ? WHAT[line.what] : `${WHAT[line.what]}, ${loggedBy}`,
    on: line.on,
    withWhom: line.contactName,
  };
}

/** A record typed in by hand is one word to everybody: how good it is changes no result, and the rep's own page says what to do better. */
function evidenceView(person: Person, line: EvidenceLine) {
  const isByHand = line.outcome === 'live' && line.tier <= 2;
  const evidence = isByHand ? TIER_WORDS[0] : line.why;
  return { ...recordView(person, line), evidence, counted: line.counted };
}

/** Mail that shows no contact by itself is no part of the comparison: a rep may still point to it. */
const isSaid = (line: EvidenceLine): boolean => line.what !== 'email' || line.outcome === 'trace';

const logOf = (person: Person, { evidence }: FindingRow) =>
  evidence.filter(isSaid).map((line) => evidenceView(person, line));

/** The record that a reply names, where it was read. */
function recordOf(person: Person, { evidence }: FindingRow, reply: Reply) {
  const line = evidence.find(({ activityId }) => activityId === reply.activityId);
  return line === undefined ? null : recordView(person, line);
}

function replyView(reply: Reply) {
  return {
    replyId: reply.replyId,
    kind: reply.kind,
    label: REPLY_LABELS[reply.kind],
    sentence: reply.sentence,
    repliedAt: reply.repliedAt.toISOString(),
    state: reply.state,
    decisionReason: reply.decisionReason,
  };
}
