import { lastDayOfWindow } from '../core/cadence/business-days.ts';
import { DECISION_BUSINESS_DAYS } from '../core/feedback/windows.ts';
import type { LocalDay, OwnerId, ReplyKind } from '../core/model.ts';
import { AppError } from '../errors.ts';
import { auditReads } from './audit-reads.ts';
import { findingView, isWindowOpen } from './finding-view.ts';
import { accessFinding } from './get-finding.ts';
import { calendarOfRep } from './leave.ts';
import type { Person } from './person.ts';
import type { Deps, UserActor } from './ports.ts';
import type { TenantScope } from './records.ts';
import { submit } from './submit.ts';

export type ReplyInput = {
  readonly submissionId: string;
  readonly kind: ReplyKind;
  readonly sentence: string;
  readonly activityId: string | null;
};

/**
 * The rep's answer to a finding about their account. A comment changes nothing; every other kind waits for the manager, and silence
 * accepts it. A machine's record is accepted by itself once the log is read again, at once.
 * @throws not_found, forbidden (not the rep), conflict (the window is over)
 */
export async function replyToFinding(deps: Deps, actor: UserActor, findingId: string, input: ReplyInput) {
  const reply = await submit(
    deps,
    actor,
    { action: 'replyToFinding', subject: findingId },
    input,
    async (scope) => {
      const { person, row } = await accessFinding(deps, scope, actor, findingId);
      if (person.owner?.ownerId !== row.repOwnerId) {
        throw new AppError('forbidden', 'Only the rep of this account can reply.');
      }
      if (!isWindowOpen(person, row)) {
        throw new AppError('conflict', 'The time to reply is over.', {
          hint: 'Talk with your manager about it.',
        });
      }
      const waits = input.kind !== 'COMMENT';
      await deps.store.findings.addReply(scope, {
        replyId: deps.ids.uuid(),
        findingId,
        byUserId: actor.userId,
        kind: input.kind,
        sentence: input.sentence,
        activityId: input.activityId,
        repliedAt: person.now,
        decideBy: waits ? await lastDayToDecide(deps, scope, person, row.repOwnerId) : null,
        state: waits ? 'open' : 'noted',
        decidedAt: null,
        decidedBy: null,
        decisionReason: null,
      });
      if (input.kind === 'EVIDENCE') {
        await deps.store.findings.saveResult(scope, findingId, { state: 'pending', nextTryAt: person.now });
      }
      const finding = await findingView(deps, scope, person, row);
      await auditReads(deps, scope, person, [finding], actor.requestId);
      return { finding };
    },
  );
  if (input.kind === 'EVIDENCE') await deps.queue.wake('compareCheckIns', actor.portalId);
  return reply;
}

/** While the rep is away nobody can ask them about it, so this window pauses too; an open reply keeps the difference out of counts. */
async function lastDayToDecide(
  deps: Deps,
  scope: TenantScope,
  person: Person,
  repOwnerId: OwnerId,
): Promise<LocalDay> {
  const cal = await calendarOfRep(deps, scope, person, repOwnerId, person.today);
  return lastDayOfWindow(person.today, DECISION_BUSINESS_DAYS, cal);
}
