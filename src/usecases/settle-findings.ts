import type { CompanyId, LocalDay, PortalId } from '../core/model.ts';
import { auditJob, type JobDeed } from './audit-jobs.ts';
import type { FindingRow } from './finding-records.ts';
import { loadPortal, type PortalContext } from './person.ts';
import type { Deps } from './ports.ts';
import type { TenantScope } from './records.ts';
import { noticeAt } from './reply-window.ts';
import { testDueTeams } from './test-teams.ts';
import { weighCompanies } from './weigh-again.ts';

const SLICE = 100;

/**
 * Accepts replies that nobody decided (silence accepts), closes reply windows that are over (never one that the rep could not see
 * yet), and tests the teams once a quarter's windows are closed.
 */
export async function settleFindings(deps: Deps, portalId: PortalId): Promise<void> {
  const accepted = await deps.store.inTenant(portalId, async (scope) => {
    const context = await loadPortal(deps, scope);
    await lockThoseDue(deps, scope, context);
    const replies = await acceptSilently(deps, scope, context);
    const windows = await closeWindows(deps, scope, context);
    const weighed = await weighCompanies(deps, scope, context, new Set([...replies.at, ...windows.at]));
    // A test is made once: never while windows that are over still wait to be closed.
    const tests = windows.seen < SLICE ? await testDueTeams(deps, scope, context) : [];
    await auditJob(deps, scope, 'settleFindings', [
      ...replies.accepted,
      ...windows.closed,
      ...weighed,
      ...tests,
    ]);
    return replies.accepted.length;
  });
  if (accepted > 0) await deps.queue.wake('compareCheckIns', portalId);
}

/** What was due a moment ago is looked at again under the lock; what became due since waits for the next time. */
async function lockThoseDue(deps: Deps, scope: TenantScope, { today }: PortalContext): Promise<void> {
  const { findings } = deps.store;
  const companies = new Set((await findings.toSettle(scope, today, SLICE)).map(({ companyId }) => companyId));
  for (const { findingId } of await findings.repliesToAccept(scope, today, SLICE)) {
    const row = await findings.find(scope, findingId);
    if (row !== null) companies.add(row.companyId);
  }
  await findings.lockCompanies(scope, [...companies]);
}

/** Returns what was accepted, and at which companies. */
async function acceptSilently(deps: Deps, scope: TenantScope, { today, now }: PortalContext) {
  const { findings } = deps.store;
  const accepted: JobDeed[] = [];
  const at: CompanyId[] = [];
  for (const { replyId, findingId } of await findings.repliesToAccept(scope, today, SLICE)) {
    const row = await findings.findForUpdate(scope, findingId);
    const replies = await findings.replies(scope, findingId);
    const isOpen = replies.some((reply) => reply.replyId === replyId && reply.state === 'open');
    if (row === null || !isOpen) continue;
    await findings.decideReply(scope, replyId, { state: 'accepted', by: null, at: now, reason: '' });
    await findings.saveResult(scope, findingId, { state: 'pending', nextTryAt: now });
    accepted.push({ action: 'acceptReply', subject: replyId, outcome: 'silence' });
    at.push(row.companyId);
  }
  return { accepted, at };
}

/**
 * Returns how many were looked at (as many as a slice holds may have left others), the windows that were closed, and at which
 * companies. Each is looked at again under its lock: a reply may have been accepted since, or leave have made the window longer.
 */
async function closeWindows(deps: Deps, scope: TenantScope, context: PortalContext) {
  const { today, now } = context;
  const { findings } = deps.store;
  const over = await findings.toSettle(scope, today, SLICE);
  const closed: JobDeed[] = [];
  const at: CompanyId[] = [];
  for (const { findingId, checkInId } of over) {
    const row = await findings.findForUpdate(scope, findingId);
    if (row === null || !isOver(row, today)) continue;
    const checkIn = await deps.store.checkIns.find(scope, checkInId);
    if (checkIn !== null && checkIn.releasedAt === null && checkIn.undoneAt === null) {
      const notice = await noticeAt(deps, scope, context, { noticedAt: now, severity: 1, row });
      await findings.saveResult(scope, findingId, notice);
      continue;
    }
    await findings.saveResult(scope, findingId, { settledAt: now });
    closed.push({ action: 'closeReplyWindow', subject: findingId, outcome: 'done' });
    at.push(row.companyId);
  }
  return { seen: over.length, closed, at };
}

function isOver({ state, settledAt, replyUntil }: FindingRow, today: LocalDay): boolean {
  return state === 'ready' && settledAt === null && replyUntil !== null && replyUntil < today;
}
