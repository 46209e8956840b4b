import type { PortalId } from '../core/model.ts';
import { auditJob } from './audit-jobs.ts';
import { loadPortal, type PortalContext } from './person.ts';
import type { Deps } from './ports.ts';
import { announceWords, noticeSubject } from './rep-notice.ts';
import { noticeAt } from './reply-window.ts';
import type { RepNotice, TenantScope } from './records.ts';

const SLICE = 200;

/**
 * Passes the customers' words to their reps once they can no longer be undone, and tells each rep of it by at most one task a
 * day. The notice has the same words and the same timing whether or not anything differs.
 */
export async function releaseFeedback(deps: Deps, portalId: PortalId): Promise<void> {
  await deps.store.inTenant(portalId, async (scope) => {
    const context = await loadPortal(deps, scope);
    const due = await deps.store.checkIns.dueForRelease(scope, context.now, SLICE);
    await deps.store.findings.lockCompanies(scope, [...new Set(due.map(({ companyId }) => companyId))]);
    await deps.store.checkIns.markReleased(
      scope,
      due.map(({ checkInId }) => checkInId),
      context.now,
    );
    for (const { checkInId } of due) await startReplyWindow(deps, scope, context, checkInId);
    const reps = new Set(due.flatMap(({ repOwnerId }) => repOwnerId ?? []));
    for (const ownerId of reps) await announceWords(deps, scope, context, ownerId);
    await closeOldNotices(deps, scope, context);
    const released = due.map(({ checkInId }) => ({
      action: 'releaseWords',
      subject: checkInId,
      outcome: 'done',
    }));
    await auditJob(deps, scope, 'releaseFeedback', released);
  });
  await deps.queue.wake('deliverOutbox', portalId);
}

/** The window never ends before the rep could see anything: it starts when the words are released, however late that is. */
async function startReplyWindow(
  deps: Deps,
  scope: TenantScope,
  context: PortalContext,
  checkInId: string,
): Promise<void> {
  const finding = await deps.store.findings.ofCheckIn(scope, checkInId);
  const severity = finding?.result?.severity;
  if (finding === null || severity === undefined) return;
  const notice = await noticeAt(deps, scope, context, { noticedAt: context.now, severity, row: finding });
  await deps.store.findings.saveResult(scope, finding.findingId, notice);
}

/** Its task is not known yet and may still come to be: closed now, that task would stay open for good. It is asked tomorrow. */
async function isOnItsWay(deps: Deps, scope: TenantScope, notice: RepNotice): Promise<boolean> {
  if (notice.taskId !== null) return false;
  const subject = noticeSubject(notice);
  return (await deps.store.outbox.openSubjects(scope, [subject])).has(subject);
}

async function closeOldNotices(deps: Deps, scope: TenantScope, { today, now }: PortalContext): Promise<void> {
  for (const notice of await deps.store.checkIns.repNotices(scope, today)) {
    if (notice.closesOn >= today) continue;
    if (await isOnItsWay(deps, scope, notice)) {
      await deps.store.checkIns.updateRepNotice(scope, notice.ownerId, notice.onDay, { closesOn: today });
      continue;
    }
    await deps.store.checkIns.updateRepNotice(scope, notice.ownerId, notice.onDay, { closedAt: now });
    if (notice.taskId === null) continue;
    await deps.store.outbox.add(scope, {
      outboxId: deps.ids.uuid(),
      kind: 'closeRepNotice',
      subject: noticeSubject(notice),
      key: `close:${notice.ownerId}/${notice.onDay}`,
      payload: { taskId: notice.taskId },
      notBefore: now,
    });
  }
}
