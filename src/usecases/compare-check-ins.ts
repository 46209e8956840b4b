import { readEvidence, type Evidence } from '../core/comparison/evidence.ts';
import type { Finding } from '../core/comparison/finding.ts';
import { proposeSecondContact } from '../core/comparison/second-contact.ts';
import { LOOK_BACK_DAYS } from '../core/comparison/settings.ts';
import type { ContactId, PortalId } from '../core/model.ts';
import { AppError } from '../errors.ts';
import { acceptRecords } from './accept-records.ts';
import { auditJob } from './audit-jobs.ts';
import { comparisonContext } from './comparison-context.ts';
import { logWithoutErased } from './erased.ts';
import { evidenceLines } from './evidence-lines.ts';
import { firstFinding, keptFinding } from './first-finding.ts';
import type { CompanyLog } from './hubspot-port.ts';
import { followMergedContacts, mergedPairs, type MergedPair } from './merged-contacts.ts';
import { OTHERS_LOOKED_AT } from './other-memories.ts';
import { loadPortal } from './person.ts';
import type { Deps } from './ports.ts';
import type { CheckIn, TenantScope } from './records.ts';
import type { FindingRow } from './finding-records.ts';
import { wantTeamTest } from './test-teams.ts';
import {
  deedsOf,
  isChanged,
  isExplainedByUnknown,
  reconsiderOthers,
  saveWeighed,
  weighEarlier,
  weighOthers,
} from './weigh-again.ts';

const SLICE = 20;
const DAY_MS = 86_400_000;
const FIRST_RETRY_MS = 60_000;
const LONGEST_RETRY_MS = 3_600_000;
/** A week of tries, most of them an hour apart. */
const MOST_ATTEMPTS = 7 * 24;
const NO_LOG: WholeLog = { activities: [], ownership: [], contacts: [], merged: [] };

type WholeLog = CompanyLog & { readonly merged: readonly MergedPair[] };

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
  const asked = await deps.store.inTenant(portalId, (scope) => loadAsked(deps, scope, finding));
  if (asked === null) return;
  const readAt = deps.clock.now();
  // Without an answer to compare there is nothing to look up: the log stays unread.
  const log = asked.checkIn.recall === null ? NO_LOG : await readLog(deps, portalId, asked);
  if (!(log instanceof AppError)) await followMergedContacts(deps, portalId, log.merged);
  await deps.store.inTenant(portalId, async (scope) => {
    if (!(log instanceof AppError)) await settle(deps, scope, finding, { log, readAt });
    else if (isWorthWaiting(finding, log)) await keepWaiting(deps, scope, finding, log);
    else await settle(deps, scope, finding, { log: null, readAt });
  });
}

/** A statement, and everybody who ever answered at its company. */
type Asked = { readonly checkIn: CheckIn; readonly respondents: readonly ContactId[] };

async function loadAsked(deps: Deps, scope: TenantScope, { checkInId }: FindingRow): Promise<Asked | null> {
  const checkIn = await deps.store.checkIns.find(scope, checkInId);
  if (checkIn === null) return null;
  const others = await deps.store.checkIns.ofCompany(scope, checkIn.companyId, OTHERS_LOOKED_AT);
  const ids = [checkIn, ...others].flatMap(({ respondentContactId }) => respondentContactId ?? []);
  return { checkIn, respondents: [...new Set(ids)] };
}

async function readLog(
  deps: Deps,
  portalId: PortalId,
  { checkIn, respondents }: Asked,
): Promise<WholeLog | AppError> {
  const now = deps.clock.now();
  const from = new Date(checkIn.savedAt.getTime() - (LOOK_BACK_DAYS + 1) * DAY_MS);
  try {
    const log = await deps.hubspot.companyLog(portalId, checkIn.companyId, { from, until: now });
    return { ...log, merged: await mergedAmong(deps, portalId, respondents, log) };
  } catch (error) {
    if (error instanceof AppError && error.code !== 'not_installed') return error;
    throw error;
  }
}

/** Of the company's contacts, and of those who answered and are none of them: HubSpot answers by an id of before, too. */
async function mergedAmong(
  deps: Deps,
  portalId: PortalId,
  respondents: readonly ContactId[],
  { contacts }: CompanyLog,
): Promise<readonly MergedPair[]> {
  const there = new Set(contacts.map(({ contactId }) => contactId));
  const elsewhere = respondents.filter((contactId) => !there.has(contactId));
  const read = elsewhere.length === 0 ? [] : await deps.hubspot.contactsById(portalId, elsewhere);
  return mergedPairs([...contacts.map((one) => [one.contactId, one] as const), ...read]);
}

/** A company that is gone has no log to wait for, and nothing waits for ever. */
function isWorthWaiting(finding: FindingRow, error: AppError): boolean {
  const isScopeMissing = error.safeDetails['isScopeMissing'] === true;
  const isGone = error.code === 'not_found' || (error.code === 'hubspot_rejected' && !isScopeMissing);
  return !isGone && finding.attempts < MOST_ATTEMPTS;
}

/** With the first try what was answered counts for the same person's other findings: that needs no log. */
async function keepWaiting(
  deps: Deps,
  scope: TenantScope,
  finding: FindingRow,
  error: AppError,
): Promise<void> {
  if (finding.attempts === 0) await weighOthersNow(deps, scope, finding);
  const waitMs = Math.min(FIRST_RETRY_MS * 2 ** finding.attempts, LONGEST_RETRY_MS);
  await deps.store.findings.saveResult(scope, finding.findingId, {
    state: 'incomplete',
    attempts: finding.attempts + 1,
    nextTryAt: new Date(deps.clock.now().getTime() + Math.max(waitMs, error.retryAfterMs ?? 0)),
  });
}

async function weighOthersNow(deps: Deps, scope: TenantScope, { findingId }: FindingRow): Promise<void> {
  const found = await deps.store.findings.find(scope, findingId);
  if (found === null) return;
  // As it is now: its company may have been merged into another while the log was asked for.
  await deps.store.findings.lockCompanies(scope, [found.companyId]);
  const deeds = await weighOthers(deps, scope, await loadPortal(deps, scope), found);
  await auditJob(deps, scope, 'compareCheckIns', deeds);
}

/** @param readWhole null where the log stays unread: a first finding is then unverified, a kept one stays what it was. */
async function settle(
  deps: Deps,
  scope: TenantScope,
  found: FindingRow,
  { log: readWhole, readAt }: { readonly log: CompanyLog | null; readonly readAt: Date },
): Promise<void> {
  // People before rows: whoever was erased while the log was read does not come back with it.
  const log = await logWithoutErased(deps, scope, readWhole ?? NO_LOG);
  // As it is now: its company or its respondent may have been merged into another while the log was read.
  const checkIn = await deps.store.checkIns.find(scope, found.checkInId);
  if (checkIn === null) return;
  await deps.store.findings.lockCompanies(scope, [checkIn.companyId]);
  const row = await deps.store.findings.findForUpdate(scope, found.findingId);
  if (row === null) return;
  const attempts = row.attempts + 1;
  if (readWhole === null && (await isExplainedByUnknown(deps, scope, row))) {
    await deps.store.findings.saveResult(scope, row.findingId, { state: 'ready', attempts });
    return;
  }
  const context = await loadPortal(deps, scope);
  const reading = await comparisonContext(deps, scope, context, checkIn, checkIn.savedAt);
  const evidence = readEvidence(log.activities, {
    ...reading,
    isReadLate: isLate(row, checkIn, readAt),
    isRespondentMerged: row.result === null && checkIn.heardAsContactId !== null,
  });
  const isLogComplete = readWhole !== null;
  const { timeZone } = reading;
  const first =
    row.result === null
      ? await firstFinding(deps, scope, context, row, { checkIn, evidence, log, isLogComplete, timeZone })
      : await keptFinding(deps, scope, checkIn, row.result);
  const settled = await saveWeighed(
    deps,
    scope,
    context,
    { row, checkIn, first, log: isLogComplete ? log : null },
    {
      // Asked for again while the log was read: a record that was named meanwhile is not in it.
      ...(row.nextTryAt > readAt ? {} : { state: 'ready' }),
      attempts,
      firstSeverity: row.firstSeverity ?? first.severity,
      ...(isLogComplete ? linesOf(evidence, log, { timeZone, first, checkIn }) : {}),
    },
  );
  const deeds = [...deedsOf(row, settled), ...(await acceptRecords(deps, scope, row, first))];
  if (row.result === null) {
    await wantTeamTest(deps, scope, context, checkIn.happenedOn);
    await reconsiderOthers(deps, scope, row);
  } else if (isChanged(row.result, settled)) {
    deeds.push(...(await weighEarlier(deps, scope, context, row)));
  }
  await auditJob(deps, scope, 'compareCheckIns', deeds);
}

/** Whether a first finding is made from a log that was read well after the answer, for whatever reason. */
function isLate({ result }: FindingRow, { savedAt }: CheckIn, readAt: Date): boolean {
  return result === null && readAt.getTime() - savedAt.getTime() >= FIRST_RETRY_MS;
}

/** What a log that was read whole shows: its lines, and whom to ask next. */
function linesOf(
  evidence: Evidence,
  log: CompanyLog,
  about: { readonly timeZone: string; readonly first: Finding; readonly checkIn: CheckIn },
) {
  const { timeZone, first, checkIn } = about;
  const secondContactId = proposeSecondContact(
    first.rule,
    evidence.claims,
    checkIn.respondentContactId,
    log.contacts.map(({ contactId }) => contactId),
  );
  return {
    evidence: evidenceLines(evidence, log, timeZone),
    secondContactId: secondContactId as ContactId | null,
  };
}
