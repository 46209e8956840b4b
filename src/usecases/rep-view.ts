import { splitPraise } from '../core/feedback/say.ts';
import { REPLY_KINDS } from '../core/model.ts';
import { REPLY_LABELS, visibilityLines } from '../core/finding-wording.ts';
import { auditReads } from './audit-reads.ts';
import { adviceOf } from './coaching-note.ts';
import type { CompanyAccess } from './company-access.ts';
import { findingView } from './finding-view.ts';
import { gatesOf, gateViewOf } from './gate-of-rep.ts';
import { inSequence } from './in-sequence.ts';
import { kudosHere } from './kudos.ts';
import { callerOf, nameOfUser } from './person.ts';
import type { Deps } from './ports.ts';
import { isMine, promisesByStanding } from './promise-view.ts';
import type { CompanyRead } from './read-port.ts';
import type { CheckIn, TenantScope } from './records.ts';
import type { FindingRow } from './finding-records.ts';

const SHOWN_ANSWERS = 6;
/** Tab and sidebar load one after the other: words stay new for a while after they were first shown. */
const STAYS_NEW_MS = 5 * 60_000;

/** The card for the rep: the customer's words once released, praise first, and what the rep may answer. */
export async function repView(
  deps: Deps,
  scope: TenantScope,
  { person, company }: CompanyAccess,
  read: CompanyRead,
) {
  const ownerId = person.owner?.ownerId ?? null;
  const mine = read.checkIns.filter(
    (checkIn) => checkIn.repOwnerId === ownerId && checkIn.releasedAt !== null,
  );
  const shown = mine.slice(0, SHOWN_ANSWERS);
  const unseen = shown.filter(({ seenByRepAt }) => seenByRepAt === null);
  const feedback = shown.map((checkIn) =>
    feedbackView(checkIn, nameOfUser(person, checkIn.callerUserId), person.now),
  );
  if (unseen.length > 0) {
    await deps.store.checkIns.markSeenByRep(
      scope,
      unseen.map(({ checkInId }) => checkInId),
      person.now,
    );
  }
  const own = read.promises.filter((promise) => isMine(person, promise));
  const promises = promisesByStanding(person, company, own, read.issues);
  const findings = (await deps.store.findings.ofCompany(scope, company.companyId, 20)).filter((finding) =>
    isForRep(finding, shown),
  );
  const findingViews = await inSequence(findings, (finding) => findingView(deps, scope, person, finding));
  const askedAnew = await askedAnewOf(deps, scope, person, findingViews);
  // Last, since the audit's head stays locked from here on.
  await auditReads(deps, scope, person, findingViews, null);
  return {
    role: 'rep' as const,
    company: { companyId: company.companyId as string, name: company.name },
    today: person.today,
    timeZone: person.portal.timeZone,
    feedback,
    thanks: kudosHere(read.kudos, person, company, 'colleague'),
    promises: [...promises.waiting, ...promises.settled],
    findings: findingViews,
    askedAnew,
    replyKinds: REPLY_KINDS.map((value) => ({ value, label: REPLY_LABELS[value] })),
    visibility: visibilityLines(person.settings.replyWindowBusinessDays),
    gate: gateViewOf(gatesOf(person, read), ownerId),
    managerName: nameOfUser(person, callerOf(person, company)),
  };
}

/** Those that the rep replied to before they came to weigh what they do now. */
async function askedAnewOf(
  deps: Deps,
  scope: TenantScope,
  { owner, today }: CompanyAccess['person'],
  views: readonly Awaited<ReturnType<typeof findingView>>[],
): Promise<string[]> {
  const replied = views.filter(({ canReply, replies }) => canReply && replies.length > 0);
  if (owner === null || replied.length === 0) return [];
  const waiting = await deps.store.findings.waitingForReply(scope, owner.ownerId, today);
  const ids = new Set(waiting.map(({ findingId }) => findingId));
  return replied.map(({ findingId }) => findingId).filter((findingId) => ids.has(findingId));
}

/** A finding reaches its rep together with the words, never before. */
function isForRep(finding: FindingRow, released: readonly CheckIn[]): boolean {
  return finding.result !== null && released.some(({ checkInId }) => checkInId === finding.checkInId);
}

function feedbackView(checkIn: CheckIn, callerName: string, now: Date) {
  return {
    checkInId: checkIn.checkInId,
    respondentName: checkIn.respondentName,
    callerName,
    happenedOn: checkIn.happenedOn,
    ...splitPraise(checkIn.words, checkIn.liked),
    advice: adviceOf(checkIn),
    isNew: checkIn.seenByRepAt === null || now.getTime() - checkIn.seenByRepAt.getTime() < STAYS_NEW_MS,
  };
}
