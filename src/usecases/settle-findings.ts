import type { PortalId } from '../core/model.ts';
import { noticeOn } from './compare-check-ins.ts';
import { loadPortal } from './person.ts';
import type { Deps } from './ports.ts';

const SLICE = 100;

/** Closes reply windows that are over (never one that the rep could not see yet), and accepts replies that nobody decided: silence accepts. */
export async function settleFindings(deps: Deps, portalId: PortalId): Promise<void> {
  const accepted = await deps.store.inTenant(portalId, async (scope) => {
    const context = await loadPortal(deps, scope);
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
    for (const { findingId, checkInId, state } of await deps.store.findings.toSettle(scope, today, SLICE)) {
      const checkIn = await deps.store.checkIns.find(scope, checkInId);
      const isUnseen = checkIn !== null && checkIn.releasedAt === null && checkIn.undoneAt === null;
      const change = isUnseen ? noticeOn(context, today, 1) : { settledAt: now };
      await deps.store.findings.saveResult(scope, findingId, { state, ...change });
    }
    return replies.length;
  });
  if (accepted > 0) await deps.queue.wake('compareCheckIns', portalId);
}
