import { AppError } from '../errors.ts';
import { accessCompany } from './company-access.ts';
import { countOpenIssuesLater } from './open-issue.ts';
import { notFound } from './person.ts';
import type { Deps, UserActor } from './ports.ts';
import { isMine, promiseView } from './promise-view.ts';
import { submit } from './submit.ts';

/**
 * Marks a promise kept or broken; its issue closes when no promise of it is open any more.
 * @throws not_found (unknown, or not yours and you do not call this customer), conflict (settled already)
 */
export function settlePromise(
  deps: Deps,
  actor: UserActor,
  promiseId: string,
  input: { readonly submissionId: string; readonly outcome: 'kept' | 'broken' },
) {
  return submit(deps, actor, { action: 'settlePromise', subject: promiseId }, input, async (scope) => {
    const promise = await deps.store.promises.find(scope, promiseId);
    if (promise === null) throw notFound();
    const { person, company, role } = await accessCompany(deps, scope, actor, promise.companyId);
    if (role !== 'manager' && !isMine(person, promise)) throw notFound();
    if (promise.state === 'kept') throw new AppError('conflict', 'This promise is marked as kept already.');
    await deps.store.promises.settle(scope, promiseId, input.outcome, person.now);
    const siblings = await deps.store.promises.ofCompany(scope, promise.companyId);
    const isLast = siblings.every(
      (other) => other.issueId !== promise.issueId || other.promiseId === promiseId || other.state === 'kept',
    );
    if (input.outcome === 'kept' && isLast)
      await deps.store.promises.closeIssue(scope, promise.issueId, person.now);
    await countOpenIssuesLater(deps, scope, promise.companyId, person.now);
    return {
      promise: promiseView(person, { ...promise, state: input.outcome, settledAt: person.now }, company),
    };
  });
}
