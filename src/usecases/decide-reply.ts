import { addedMeanwhile } from '../core/finding-wording.ts';
import { AppError, invalidField } from '../errors.ts';
import { auditJob } from './audit-jobs.ts';
import { auditReads } from './audit-reads.ts';
import { findingView } from './finding-view.ts';
import type { FindingRow, Reply } from './finding-records.ts';
import { accessFinding } from './get-finding.ts';
import { ownerById, type Person } from './person.ts';
import type { Deps, UserActor } from './ports.ts';
import { submit } from './submit.ts';
import { weighEarlier } from './weigh-again.ts';

export type DecideReplyInput = {
  readonly submissionId: string;
  /** The replies that the manager had read. What came later stays open. */
  readonly replyIds: readonly string[];
  readonly accept: boolean;
  readonly reason: string;
};

/**
 * The calling manager's decision about the open replies that they had read. Refusing needs a reason, which the rep reads.
 * @throws not_found, forbidden (not the calling manager), conflict (none of these is open), invalid_input (reason missing)
 */
export async function decideReply(deps: Deps, actor: UserActor, findingId: string, input: DecideReplyInput) {
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
      const replies = await deps.store.findings.replies(scope, findingId);
      const open = replies.filter(({ state }) => state === 'open');
      const decided = open.filter(({ replyId }) => input.replyIds.includes(replyId));
      const added = addedText(person, row, input, replies);
      if (decided.length === 0) throw nothingToDecide(added);
      for (const { replyId } of decided) {
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
      return { finding, added: added === null ? null : `${added.message} ${added.hint}` };
    },
  );
  await deps.queue.wake('compareCheckIns', actor.portalId);
  return reply;
}

/** What the manager is told of replies that were not on their page yet, a comment among them; null where there are none. */
function addedText(person: Person, row: FindingRow, input: DecideReplyInput, replies: readonly Reply[]) {
  const later = replies.filter(({ replyId }) => !input.replyIds.includes(replyId));
  if (later.length === 0) return null;
  const waits = later.some(({ state }) => state === 'open');
  return addedMeanwhile(ownerById(person, row.repOwnerId)?.name ?? null, waits);
}

function nothingToDecide(added: ReturnType<typeof addedText>): AppError {
  if (added === null) return new AppError('conflict', 'There is no open reply to decide.');
  return new AppError('conflict', added.message, { hint: added.hint });
}
