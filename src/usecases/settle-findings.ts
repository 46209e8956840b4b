import type { PortalId } from '../core/model.ts';
import { loadPortal } from './person.ts';
import type { Deps } from './ports.ts';

const SLICE = 100;

/** Closes reply windows that are over, and accepts replies that nobody decided: silence accepts. */
export async function settleFindings(deps: Deps, portalId: PortalId): Promise<void> {
  const accepted = await deps.store.inTenant(portalId, async (scope) => {
    const { today, now } = await loadPortal(deps, scope);
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
    for (const { findingId, state } of await deps.store.findings.toSettle(scope, today, SLICE)) {
      await deps.store.findings.saveResult(scope, findingId, { state, settledAt: now });
    }
    return replies.length;
  });
  if (accepted > 0) await deps.queue.wake('compareCheckIns', portalId);
}
