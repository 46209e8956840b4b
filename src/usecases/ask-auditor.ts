import { AppError } from '../errors.ts';
import { auditReads } from './audit-reads.ts';
import { auditorOf, isAnyRefused } from './auditor-view.ts';
import { findingView } from './finding-view.ts';
import { accessFinding } from './get-finding.ts';
import type { Deps, UserActor } from './ports.ts';
import { submit } from './submit.ts';

/**
 * Notes that the rep asks the auditor about a reply that was not accepted. The case is marked in the auditor's export; no number
 * and no result changes.
 * @throws not_found, forbidden (not the rep), conflict (nothing was refused, or nobody is named as auditor)
 */
export function askAuditor(
  deps: Deps,
  actor: UserActor,
  findingId: string,
  input: { readonly submissionId: string },
) {
  const what = { action: 'askAuditor', subject: findingId };
  return submit(deps, actor, what, input, async (scope) => {
    const { person, row } = await accessFinding(deps, scope, actor, findingId);
    if (person.owner?.ownerId !== row.repOwnerId) {
      throw new AppError('forbidden', 'Only the rep of this account can ask.');
    }
    const replies = await deps.store.findings.replies(scope, findingId);
    if (!isAnyRefused(replies) || (await auditorOf(deps, scope, person)) === null) {
      throw new AppError('conflict', 'There is nothing to ask the auditor about.', {
        hint: 'You can ask once your manager has not accepted a reply and an auditor is named.',
      });
    }
    await deps.store.exports.askAuditor(scope, findingId, person.now);
    const finding = await findingView(deps, scope, person, row);
    await auditReads(deps, scope, person, [finding], actor.requestId);
    return { finding };
  });
}
