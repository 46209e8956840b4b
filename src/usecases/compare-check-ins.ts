import { compare } from '../core/comparison/compare.ts';
import { comparisonInputs } from '../core/comparison/comparison-inputs.ts';
import { findingAfterCorrection } from '../core/comparison/correction.ts';
import { readEvidence, type Evidence } from '../core/comparison/evidence.ts';
import { settleFinding, type SettledFinding } from '../core/comparison/explain.ts';
import type { ComparisonInputs, Finding } from '../core/comparison/finding.ts';
import type { Flag } from '../core/comparison/statement.ts';
import { proposeSecondContact } from '../core/comparison/second-contact.ts';
import { LOOK_BACK_DAYS, type Settings } from '../core/comparison/settings.ts';
import { lastDayOfWindow } from '../core/cadence/business-days.ts';
import { localDayOf } from '../core/cadence/calendar.ts';
import type { CompanyId, ContactId, LocalDay, OwnerId, PortalId } from '../core/model.ts';
import { AppError } from '../errors.ts';
import { auditJob } from './audit-jobs.ts';
import { comparisonContext, statementOf } from './comparison-context.ts';
import { evidenceLines } from './evidence-lines.ts';
import type { CompanyLog } from './hubspot-port.ts';
import { laterEvidence } from './later-evidence.ts';
import { calendarOfRep, leaveBusinessDays } from './leave.ts';
import { settingsOfToday } from './measure-recall.ts';
import { loadPortal, type PortalContext } from './person.ts';
import type { Deps } from './ports.ts';
import type { CheckIn, Correction, TenantScope } from './records.ts';
import type { FindingResult, FindingRow } from './finding-records.ts';
import { wantTeamTest } from './test-teams.ts';

const SLICE = 20;
/** Flags that no answer of the customer changes. */
const OF_THE_LOG: readonly Flag[] = ['partial', 'trace', 'shared', 'leave'];
const DAY_MS = 86_400_000;
const FIRST_RETRY_MS = 60_000;
const LONGEST_RETRY_MS = 3_600_000;
/** A week of tries, most of them an hour apart. */
const MOST_ATTEMPTS = 7 * 24;
const NO_LOG: CompanyLog = { activities: [], ownership: [], contacts: [] };

/**
 * Compares every statement that waits for it with the log: complete or not at all. A log that could not be read whole makes
 * the finding incomplete, never a difference, and is read again later.
 */
export async function compareCheckIns(deps: Deps, portalId: PortalId): Promise<void> {
  for (;;) {
    const waiting = await deps.store.inTenant(portalId, (scope) =>
      deps.store.findings.toRead(scope, deps.clock.now(), SLICE),
    );
    for (const finding of waiting) await compareOne(deps, portalId, finding);
    if (waiting.length < SLICE) return;
  }
}

async function compareOne(deps: Deps, portalId: PortalId, finding: FindingRow): Promise<void> {
  const checkIn = await deps.store.inTenant(portalId, (scope) =>
    deps.store.checkIns.find(scope, finding.checkInId),
  );
  if (checkIn === null) return;
  // Without an answer to compare there is nothing to look up: the log stays unread.
  const log = checkIn.recall === null ? NO_LOG : await readLog(deps, portalId, checkIn);
  await deps.store.inTenant(portalId, async (scope) => {
    if (!(log instanceof AppError)) await settle(deps, scope, finding, checkIn, log);
    else if (isWorthWaiting(finding, log)) await keepWaiting(deps, scope, finding, log);
    else await settle(deps, scope, finding, checkIn, null);
  });
}

async function readLog(deps: Deps, portalId: PortalId, checkIn: CheckIn): Promise<CompanyLog | AppError> {
  const now = deps.clock.now();
  const from = new Date(checkIn.savedAt.getTime() - (LOOK_BACK_DAYS + 1) * DAY_MS);
  try {
    return await deps.hubspot.companyLog(portalId, checkIn.companyId, { from, until: now });
  } catch (error) {
    if (error instanceof AppError && error.code !== 'not_installed') return error;
    throw error;
  }
}

/** A company that is gone has no log to wait for, and nothing waits for ever. */
function isWorthWaiting(finding: FindingRow, error: AppError): boolean {
  const isScopeMissing = error.safeDetails['isScopeMissing'] === true;
  const isGone = error.code === 'not_found' || (error.code === 'hubspot_rejected' && !isScopeMissing);
  return !isGone && finding.attempts < MOST_ATTEMPTS;
}

async function keepWaiting(
  deps: Deps,
  scope: TenantScope,
  finding: FindingRow,
  error: AppError,
): Promise<void> {
  const waitMs = Math.min(FIRST_RETRY_MS * 2 ** finding.attempts, LONGEST_RETRY_MS);
  await deps.store.findings.saveResult(scope, finding.findingId, {
    state: 'incomplete',
    attempts: finding.attempts + 1,
    nextTryAt: new Date(deps.clock.now().getTime() + Math.max(waitMs, error.retryAfterMs ?? 0)),
  });
}

/** @param readWhole null where the log stays unread: a first finding is then unverified, a kept one stays what it was. */
async function settle(
  deps: Deps,
  scope: TenantScope,
  found: FindingRow,
  checkIn: CheckIn,
  readWhole: CompanyLog | null,
): Promise<void> {
  const log = readWhole ?? NO_LOG;
  const row = await deps.store.findings.findForUpdate(scope, found.findingId);
  if (row === null) return;
  if (readWhole === null && (await isExplainedByUnknown(deps, scope, row))) {
    await deps.store.findings.saveResult(scope, row.findingId, {
      state: 'ready',
      attempts: row.attempts + 1,
    });
    return;
  }
  const context = await loadPortal(deps, scope);
  const reading = await comparisonContext(deps, scope, context, checkIn, checkIn.savedAt);
  const evidence = readEvidence(log.activities, reading);
  const corrections = await deps.store.checkIns.corrections(scope, checkIn.checkInId);
  const first = await firstFinding(deps, scope, context, row, {
    checkIn,
    evidence,
    log,
    isLogComplete: readWhole !== null,
    corrections,
    timeZone: reading.timeZone,
  });
  const isLogRead = readWhole !== null;
  const later = await laterEvidence(deps, scope, context, { row, checkIn, evidence, log, isLogRead });
  const settled = settleFinding(first, later.evidence);
  const secondContactId = proposeSecondContact(
    first.rule,
    evidence.claims,
    checkIn.respondentContactId,
    log.contacts.map(({ contactId }) => contactId),
  );
  await deps.store.findings.saveResult(scope, row.findingId, {
    state: 'ready',
    result: toResult(settled),
    evidence: readWhole === null ? row.evidence : evidenceLines(evidence, log, reading.timeZone),
    attempts: row.attempts + 1,
    firstSeverity: row.firstSeverity ?? first.severity,
    supported: settled.supported,
    secondContactId: readWhole === null ? row.secondContactId : (secondContactId as ContactId | null),
    later: later.stored,
    ...(await noticeOf(deps, scope, context, { row, checkIn, severity: settled.severity })),
  });
  if (row.result === null) {
    await wantTeamTest(deps, scope, context, checkIn.happenedOn);
    await reconsiderOthers(deps, scope, row);
  }
  await auditChange(deps, scope, row, settled);
}

/** That something changed, never to what: the audit outlives the finding and names who acts on it. */
async function auditChange(
  deps: Deps,
  scope: TenantScope,
  { findingId, result, supported }: FindingRow,
  settled: SettledFinding,
): Promise<void> {
  const isSame =
    result?.verdict === settled.verdict &&
    result.severity === settled.severity &&
    result.rule === settled.rule &&
    supported === settled.supported;
  if (isSame) return;
  const outcome = result === null ? 'made' : 'changed';
  await auditJob(deps, scope, 'compareCheckIns', [{ action: 'compareCheckIn', subject: findingId, outcome }]);
}

/** Explained by an earlier version, which did not keep by what: without the log nothing could explain it again. */
async function isExplainedByUnknown(deps: Deps, scope: TenantScope, row: FindingRow): Promise<boolean> {
  if (row.result?.verdict !== 'EXPLAINED') return false;
  return (await deps.store.findings.later(scope, row.findingId)) === null;
}

type Read = {
  readonly checkIn: CheckIn;
  readonly evidence: Evidence;
  readonly log: CompanyLog;
  readonly isLogComplete: boolean;
  readonly corrections: readonly Correction[];
  readonly timeZone: string;
};

/** The finding of the snapshot: kept once made, since later logs must not change it; corrections can only lower it. */
async function firstFinding(
  deps: Deps,
  scope: TenantScope,
  context: PortalContext,
  row: FindingRow,
  { checkIn, evidence, log, isLogComplete, corrections, timeZone }: Read,
): Promise<Finding> {
  const spokeBefore = await reportedContactBefore(deps, scope, checkIn);
  const statement = statementOf(checkIn.recall, spokeBefore);
  const leaveDays = await leaveBusinessDays(
    deps,
    scope,
    context,
    row.repOwnerId,
    localDayOf(checkIn.savedAt, timeZone),
  );
  const inputsFor = (answers: typeof statement) =>
    comparisonInputs({
      statement: answers,
      evidence,
      factsSavedAt: checkIn.savedAt.toISOString(),
      isLogComplete,
      logReadAt: context.now.toISOString(),
      repsOfRecord: log.ownership.map(({ ownerId, from }) => ({
        fromDay: localDayOf(from, timeZone),
        ownerId,
      })),
      repLeaveBusinessDays: leaveDays,
    });
  const kept =
    row.result === null
      ? compareForRep(inputsFor(statement), await settingsOfToday(deps, scope, context), row.repOwnerId)
      : rerun(row.result);
  return corrections.reduce<Finding>((finding, correction) => {
    const answers = statementOf(correction.recall, spokeBefore);
    const flags = [
      ...new Set([...kept.inputs.flags.filter((flag) => OF_THE_LOG.includes(flag)), ...answers.flags]),
    ];
    return findingAfterCorrection(finding, compare({ ...kept.inputs, ...answers, flags }, kept.thresholds));
  }, kept);
}

/**
 * What another rep logged can help this one, never hurt: the finding weighs no more than it would with this rep's own claims
 * alone. So nobody answers for the calls of whoever had the account before.
 */
function compareForRep(inputs: ComparisonInputs, settings: Settings, repOwnerId: OwnerId): Finding {
  const isOwn = ({ owner }: ComparisonInputs['claims'][number]) =>
    owner === undefined || owner === repOwnerId;
  const all = compare(inputs, settings);
  if (all.severity === 0 || inputs.claims.every(isOwn)) return all;
  const claims = inputs.claims.map((claim) =>
    isOwn(claim) ? claim : { ...claim, outcome: 'open' as const },
  );
  return findingAfterCorrection(all, compare({ ...inputs, claims }, settings));
}

/** A stored finding is re-performed from its own inputs and thresholds. */
function rerun(result: FindingResult): Finding {
  return compare(result.inputs as Finding['inputs'], result.thresholds as Finding['thresholds']);
}

async function reportedContactBefore(deps: Deps, scope: TenantScope, checkIn: CheckIn): Promise<boolean> {
  if (checkIn.respondentContactId === null) return false;
  const others = await deps.store.checkIns.ofCompany(scope, checkIn.companyId, 50);
  return others.some(
    ({ wave, respondentContactId, recall }) =>
      wave < checkIn.wave &&
      respondentContactId === checkIn.respondentContactId &&
      recall !== null &&
      recallsContact(recall),
  );
}

/** Contact of any age: somebody who once named half a year ago did speak with the rep. */
function recallsContact({ recency, count }: NonNullable<CheckIn['recall']>): boolean {
  const wasInTouch = recency !== null && recency !== 'NEVER' && recency !== 'DK';
  return wasInTouch || (count !== null && count !== '0' && count !== 'DK');
}

/**
 * The rep sees a finding together with the words; the reply window starts on that day, whatever the severity. Until the words
 * are released the day is the expected one, and releasing sets it anew.
 */
async function noticeOf(
  deps: Deps,
  scope: TenantScope,
  context: PortalContext,
  made: { readonly row: FindingRow; readonly checkIn: CheckIn; readonly severity: number },
) {
  const { row, checkIn, severity } = made;
  if (row.noticedOn !== null) return {};
  const noticedAt = new Date(Math.max(context.now.getTime(), checkIn.releasesAt?.getTime() ?? 0));
  const noticedOn = localDayOf(noticedAt, context.portal.timeZone);
  return noticeOn(deps, scope, context, { noticedOn, severity, repOwnerId: row.repOwnerId });
}

/** The day of notice and, for a difference, the last day of the reply window: five full business days of the rep's own. */
export async function noticeOn(
  deps: Deps,
  scope: TenantScope,
  context: PortalContext,
  notice: { readonly noticedOn: LocalDay; readonly severity: number; readonly repOwnerId: OwnerId },
) {
  const { noticedOn, severity, repOwnerId } = notice;
  if (severity === 0) return { noticedOn, replyUntil: null };
  const cal = await calendarOfRep(deps, scope, context, repOwnerId, noticedOn);
  return {
    noticedOn,
    replyUntil: lastDayOfWindow(noticedOn, context.settings.replyWindowBusinessDays, cal),
  };
}

/** A second memory at the same company can explain another difference or support it, and so can taking one back. */
export async function reconsiderOthers(
  deps: Deps,
  scope: TenantScope,
  row: { readonly findingId: string; readonly companyId: CompanyId },
): Promise<void> {
  const others = await deps.store.findings.ofCompany(scope, row.companyId, 20);
  for (const other of others) {
    const wasDifference = other.findingId !== row.findingId && (other.firstSeverity ?? 0) > 0;
    if (!wasDifference) continue;
    await deps.store.findings.saveResult(scope, other.findingId, {
      state: 'pending',
      nextTryAt: deps.clock.now(),
    });
  }
}

function toResult(finding: SettledFinding): FindingResult {
  return {
    verdict: finding.verdict,
    severity: finding.severity,
    rule: finding.rule,
    mu: finding.mu,
    oneIn: finding.oneIn,
    serviceGap: finding.serviceGap,
    inputs: finding.inputs,
    thresholds: finding.thresholds,
    methodVersion: finding.methodVersion,
  };
}
