import { AppError, invalidField } from '../errors.ts';
import { auditJob } from './audit-jobs.ts';
import { auditReads } from './audit-reads.ts';
import { findingView } from './finding-view.ts';
import { accessFinding } from './get-finding.ts';
import type { Deps, UserActor } from './ports.ts';
import { submit } from './submit.ts';
import { weighEarlier } from './weigh-again.ts';

/**
 * The calling manager's decision about the open reply. Refusing needs a reason, which the rep reads.
 * @throws not_found, forbidden (not the calling manager), conflict (nothing open), invalid_input (reason missing)
 */
export async function decideReply(
  deps: Deps,
  actor: UserActor,
  findingId: string,
  input: { readonly submissionId: string; readonly accept: boolean; readonly reason: string },
) {
  const reply = await submit(
    deps,
    actor,
    { action: 'decideReply', subject: findingId },
    input,
    async (scope) => {
      const { person, row } = await accessFinding(deps, scope, actor, findingId);
      if (row.callerUserId !== actor.userId) {
        throw new AppError('forbidden', 'Only the manager who made the call decides.');
      }
      if (!input.accept && input.reason === '') {
        throw invalidField(
          'reason',
          'Please say why you do not accept the reply.',
          'One sentence is enough. The rep reads it.',
        );
      }
      await deps.store.findings.lockCompanies(scope, [row.companyId]);
      const open = (await deps.store.findings.replies(scope, findingId)).filter(
        ({ state }) => state === 'open',
      );
      if (open.length === 0) throw new AppError('conflict', 'There is no open reply to decide.');
      for (const { replyId } of open) {
        await deps.store.findings.decideReply(scope, replyId, {
          state: input.accept ? 'accepted' : 'refused',
          by: actor.userId,
          at: person.now,
          reason: input.reason,
        });
      }
      await deps.store.findings.saveResult(scope, findingId, { state: 'pending', nextTryAt: person.now });
      const deeds = await weighEarlier(deps, scope, person, row);
      const finding = await findingView(deps, scope, person, row);
      await auditJob(deps, scope, 'compareCheckIns', deeds);
      await auditReads(deps, scope, person, [finding], actor.requestId);
      return { finding };
    },
  );
  await deps.queue.wake('compareCheckIns', actor.portalId);
  return reply;
}
