import type { PortalId } from '../core/model.ts';
import { auditJob, type JobDeed } from './audit-jobs.ts';
import { noticeOn } from './compare-check-ins.ts';
import { loadPortal, type PortalContext } from './person.ts';
import type { Deps } from './ports.ts';
import type { TenantScope } from './records.ts';
import { testDueTeams } from './test-teams.ts';

const SLICE = 100;

/**
 * Accepts replies that nobody decided (silence accepts), closes reply windows that are over (never one that the rep could not see
 * yet), and tests the teams once a quarter's windows are closed.
 */
export async function settleFindings(deps: Deps, portalId: PortalId): Promise<void> {
  const accepted = await deps.store.inTenant(portalId, async (scope) => {
    const context = await loadPortal(deps, scope);
    const replies = await acceptSilently(deps, scope, context);
    const windows = await closeWindows(deps, scope, context);
    // A test is made once: never while windows that are over still wait to be closed.
    const tests = windows.seen < SLICE ? await testDueTeams(deps, scope, context) : [];
    await auditJob(deps, scope, 'settleFindings', [...replies, ...windows.closed, ...tests]);
    return replies.length;
  });
  if (accepted > 0) await deps.queue.wake('compareCheckIns', portalId);
}

async function acceptSilently(
  deps: Deps,
  scope: TenantScope,
  context: PortalContext,
): Promise<readonly JobDeed[]> {
  const { today, now } = context;
  const replies = await deps.store.findings.repliesToAccept(scope, today, SLICE);
  for (const { replyId, findingId } of replies) {
    await deps.store.findings.decideReply(scope, replyId, {
      state: 'accepted',
      by: null,
      at: now,
      reason: '',
    });
    await deps.store.findings.saveResult(scope, findingId, { state: 'pending', nextTryAt: now });
  }
  return replies.map(({ replyId }) => ({ action: 'acceptReply', subject: replyId, outcome: 'silence' }));
}

/** Returns how many were looked at (as many as a slice holds may have left others), and the windows that were closed. */
async function closeWindows(deps: Deps, scope: TenantScope, context: PortalContext) {
  const { today, now } = context;
  const over = await deps.store.findings.toSettle(scope, today, SLICE);
  const closed: JobDeed[] = [];
  for (const finding of over) {
    const { findingId, checkInId, state, repOwnerId } = finding;
    const checkIn = await deps.store.checkIns.find(scope, checkInId);
    const isUnseen = checkIn !== null && checkIn.releasedAt === null && checkIn.undoneAt === null;
    const change = isUnseen
      ? await noticeOn(deps, scope, context, { noticedOn: today, severity: 1, repOwnerId })
      : { settledAt: now };
    await deps.store.findings.saveResult(scope, findingId, { state, ...change });
    if (!isUnseen) closed.push({ action: 'closeReplyWindow', subject: findingId, outcome: 'done' });
  }
  return { seen: over.length, closed };
}
