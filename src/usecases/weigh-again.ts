import { settleFinding, type SettledFinding } from '../core/comparison/explain.ts';
import type { Finding } from '../core/comparison/finding.ts';
import type { CompanyId } from '../core/model.ts';
import type { FindingChange } from './answers-port.ts';
import type { JobDeed } from './audit-jobs.ts';
import type { FindingResult, FindingRow } from './finding-records.ts';
import { keptFinding } from './first-finding.ts';
import type { CompanyLog } from './hubspot-port.ts';
import { laterEvidence } from './later-evidence.ts';
import { heardTwice } from './other-answers.ts';
import { OTHERS_LOOKED_AT } from './other-memories.ts';
import type { PortalContext } from './person.ts';
import type { Deps } from './ports.ts';
import { announceWords } from './rep-notice.ts';
import { hasRisen, noticeOf } from './reply-window.ts';
import type { CheckIn, TenantScope } from './records.ts';

type Weighed = {
  readonly row: FindingRow;
  readonly checkIn: CheckIn;
  readonly first: Finding;
  /** Null where it stays unread: what was found in it before counts on. */
  readonly log: CompanyLog | null;
};

/** Stores what a first finding is worth in the light of what came later and of the same person's other answers, beside `change`; its reply window too, and a rep's notice where it rose. */
export async function saveWeighed(
  deps: Deps,
  scope: TenantScope,
  context: PortalContext,
  { row, checkIn, first, log }: Weighed,
  change: FindingChange = {},
): Promise<SettledFinding> {
  const kept = await deps.store.findings.later(scope, row.findingId);
  const later = await laterEvidence(deps, scope, context, { row, checkIn, log });
  const { finding, otherAnswers } = await heardTwice(deps, scope, context, checkIn, first, kept);
  const explained = settleFinding(first, later.evidence);
  const settled = explained.severity === 0 ? explained : settleFinding(finding, later.evidence);
  await deps.store.findings.saveResult(scope, row.findingId, {
    ...change,
    result: toResult(settled),
    supported: settled.supported,
    later: otherAnswers.length === 0 ? later.stored : { ...later.stored, otherAnswers },
    ...(await noticeOf(deps, scope, context, { row, checkIn, severity: settled.severity })),
  });
  // Words that are not released yet are told of when they are, and the finding with them.
  if (hasRisen(row, settled.severity) && checkIn.releasedAt !== null)
    await announceWords(deps, scope, context, row.repOwnerId);
  return settled;
}

/**
 * Weighs the differences of earlier statements at the same company again, without the log: what this one explains or bears out
 * depends on how it stands itself. Newest first, since each depends on later ones alone. Returns what to audit.
 */
export async function weighEarlier(
  deps: Deps,
  scope: TenantScope,
  context: PortalContext,
  row: Pick<FindingRow, 'findingId' | 'companyId'>,
): Promise<readonly JobDeed[]> {
  const { earlier } = await othersOf(deps, scope, row);
  return weighAll(deps, scope, context, earlier);
}

/** As weighEarlier, and of later statements too: somebody's answers may not fit those that they gave before or since. */
export async function weighOthers(
  deps: Deps,
  scope: TenantScope,
  context: PortalContext,
  row: Pick<FindingRow, 'findingId' | 'companyId'>,
): Promise<readonly JobDeed[]> {
  const { later, earlier } = await othersOf(deps, scope, row);
  return weighAll(deps, scope, context, [...later, ...earlier]);
}

/** As weighEarlier, of every statement at these companies: for many that changed at once. */
export async function weighCompanies(
  deps: Deps,
  scope: TenantScope,
  context: PortalContext,
  companyIds: ReadonlySet<CompanyId>,
): Promise<readonly JobDeed[]> {
  const deeds: JobDeed[] = [];
  for (const companyId of companyIds) {
    const all = await deps.store.findings.ofCompany(scope, companyId, OTHERS_LOOKED_AT);
    deeds.push(...(await weighAll(deps, scope, context, all.filter(wasDifference))));
  }
  return deeds;
}

/**
 * Has the log read again for every other difference: somebody was heard, or what they said was taken back. For later ones too: two
 * answers that are saved at once may be compared in any order.
 */
export async function reconsiderOthers(
  deps: Deps,
  scope: TenantScope,
  row: Pick<FindingRow, 'findingId' | 'companyId'>,
): Promise<void> {
  const { later, earlier } = await othersOf(deps, scope, row);
  for (const { findingId } of [...later, ...earlier]) {
    const change = { state: 'pending', nextTryAt: deps.clock.now() } as const;
    await deps.store.findings.saveResult(scope, findingId, change);
  }
}

/** Explained by an earlier version, which did not keep by what: without the log nothing could explain it again. */
export async function isExplainedByUnknown(
  deps: Deps,
  scope: TenantScope,
  row: FindingRow,
): Promise<boolean> {
  if (row.result?.verdict !== 'EXPLAINED') return false;
  return (await deps.store.findings.later(scope, row.findingId)) === null;
}

/** That something changed, never to what: the audit outlives the finding and names who acts on it. */
export function deedsOf({ findingId, result, supported }: FindingRow, settled: SettledFinding): JobDeed[] {
  const isSame = !isChanged(result, settled) && result?.rule === settled.rule;
  if (isSame && supported === settled.supported) return [];
  const outcome = result === null ? 'made' : 'changed';
  return [{ action: 'compareCheckIn', subject: findingId, outcome }];
}

/** True where others may look different in the light of this finding. */
export function isChanged(result: FindingResult | null, settled: SettledFinding): boolean {
  return result?.verdict !== settled.verdict || result.severity !== settled.severity;
}

/** Those that were a difference once, newest first. */
async function othersOf(
  deps: Deps,
  scope: TenantScope,
  { findingId, companyId }: Pick<FindingRow, 'findingId' | 'companyId'>,
) {
  const all = await deps.store.findings.ofCompany(scope, companyId, OTHERS_LOOKED_AT);
  const place = all.findIndex((one) => one.findingId === findingId);
  return {
    later: all.slice(0, Math.max(place, 0)).filter(wasDifference),
    earlier: all.slice(place + 1).filter(wasDifference),
  };
}

function wasDifference({ firstSeverity }: FindingRow): boolean {
  return (firstSeverity ?? 0) > 0;
}

/** Newest first, since each depends on later ones. Whoever calls has locked their companies' findings. */
async function weighAll(
  deps: Deps,
  scope: TenantScope,
  context: PortalContext,
  rows: readonly FindingRow[],
): Promise<readonly JobDeed[]> {
  const deeds: JobDeed[] = [];
  for (const { findingId, checkInId } of rows) {
    const row = await deps.store.findings.findForUpdate(scope, findingId);
    const checkIn = await deps.store.checkIns.find(scope, checkInId);
    if (row?.result == null || checkIn === null || (await isExplainedByUnknown(deps, scope, row))) continue;
    const first = await keptFinding(deps, scope, checkIn, row.result);
    deeds.push(...deedsOf(row, await saveWeighed(deps, scope, context, { row, checkIn, first, log: null })));
  }
  return deeds;
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
