import { auditJob } from './audit-jobs.ts';
import { loadPortal } from './person.ts';
import type { Deps, UserActor } from './ports.ts';
import type { Recall } from './records.ts';
import { submit } from './submit.ts';
import { ownCheckIn } from './undo-check-in.ts';
import { weighOthers } from './weigh-again.ts';
import { AppError } from '../errors.ts';

/**
 * Adds a correction to the recall facts. The original stays; a correction can lower a severity, never raise one.
 * @throws not_found, forbidden, conflict (nothing was compared)
 */
export async function correctCheckIn(
  deps: Deps,
  actor: UserActor,
  checkInId: string,
  input: { readonly submissionId: string; readonly recall: Recall; readonly reason: string },
) {
  const reply = await submit(
    deps,
    actor,
    { action: 'correctCheckIn', subject: checkInId },
    input,
    async (scope) => {
      const checkIn = await ownCheckIn(deps, scope, actor, checkInId);
      const finding = await deps.store.findings.ofCheckIn(scope, checkInId);
      if (checkIn.recall === null || checkIn.undoneAt !== null || finding === null) {
        throw new AppError(
          'conflict',
          'This check-in was not compared with the log, so there is nothing to correct.',
        );
      }
      await deps.store.findings.lockCompanies(scope, [finding.companyId]);
      const at = deps.clock.now();
      await deps.store.checkIns.addCorrection(scope, {
        checkInId,
        recall: input.recall,
        reason: input.reason,
        by: actor.userId,
        at,
      });
      const deeds = await weighOthers(deps, scope, await loadPortal(deps, scope), finding);
      await deps.store.findings.saveResult(scope, finding.findingId, { state: 'pending', nextTryAt: at });
      await auditJob(deps, scope, 'compareCheckIns', deeds);
      return { findingId: finding.findingId };
    },
  );
  await deps.queue.wake('compareCheckIns', actor.portalId);
  return reply;
}
