import { promiseChoices } from '../core/feedback/promises.ts';
import type { PromiseChoice } from '../core/model.ts';
import { ANOTHER_OPEN, promiseRefused } from '../core/promise-wording.ts';
import { AppError } from '../errors.ts';
import { accessCompany } from './company-access.ts';
import { countOpenIssuesLater } from './open-issue.ts';
import { notFound, type Person } from './person.ts';
import type { Deps, UserActor } from './ports.ts';
import { isMine, promiseView } from './promise-view.ts';
import type { Issue, PromiseRow, TenantScope } from './records.ts';
import { submit } from './submit.ts';

const ACTIONS: Record<PromiseChoice, string> = {
  kept: 'settlePromise',
  broken: 'settlePromise',
  open: 'reopenPromise',
  closeIssue: 'closeIssue',
};

/**
 * Says how a promise ended, or takes that back. Its issue closes once every promise of it is kept, or when somebody closes it without;
 * it is open again with the promise.
 * @throws not_found (unknown, or not yours and you do not call this customer), conflict (it stands otherwise by now, or somebody else
 * settled it)
 */
export function settlePromise(
  deps: Deps,
  actor: UserActor,
  promiseId: string,
  input: { readonly submissionId: string; readonly outcome: PromiseChoice },
) {
  const { outcome } = input;
  return submit(deps, actor, { action: ACTIONS[outcome], subject: promiseId }, input, async (scope) => {
    const found = await deps.store.promises.find(scope, promiseId);
    if (found === null) throw notFound();
    const { person, company, role } = await accessCompany(deps, scope, actor, found.companyId);
    if (role !== 'manager' && !isMine(person, found)) throw notFound();
    // Two who settle promises of one issue at once do so one after the other: else neither would be the last.
    const issue = await deps.store.promises.findIssueForUpdate(scope, found.issueId);
    const promise = await deps.store.promises.find(scope, promiseId);
    if (issue === null || promise === null) throw notFound();
    requireChoice(person, promise, issue, outcome);
    const settled = settledAs(person, promise, outcome);
    await deps.store.promises.settle(scope, promiseId, settled);
    const issueIsOpen = await settleIssue(deps, scope, person, settled, outcome);
    await countOpenIssuesLater(deps, scope, promise.companyId, person.now);
    return { promise: promiseView(person, settled, company, { issueIsOpen }) };
  });
}

function requireChoice(person: Person, promise: PromiseRow, issue: Issue, outcome: PromiseChoice): void {
  const choices = promiseChoices({
    state: promise.state,
    issueIsOpen: issue.state === 'open',
    settledByReader: promise.settledBy === person.userId,
  });
  if (choices.includes(outcome)) return;
  const { message, hint } = promiseRefused(promise.state, outcome);
  throw new AppError('conflict', message, { hint });
}

function settledAs({ userId, now }: Person, promise: PromiseRow, outcome: PromiseChoice): PromiseRow {
  if (outcome === 'open') return { ...promise, state: 'open', settledAt: null, settledBy: null };
  return {
    ...promise,
    state: outcome === 'closeIssue' ? 'broken' : outcome,
    settledAt: now,
    settledBy: userId,
  };
}

/** Returns whether the issue of a promise is open after what was said of it. */
async function settleIssue(
  deps: Deps,
  scope: TenantScope,
  person: Person,
  { issueId, companyId }: PromiseRow,
  outcome: PromiseChoice,
): Promise<boolean> {
  const { promises } = deps.store;
  if (outcome === 'open') await promises.reopenIssue(scope, issueId);
  if (outcome === 'open' || outcome === 'broken') return true;
  const ofIssue = (await promises.ofCompany(scope, companyId)).filter((other) => other.issueId === issueId);
  const isOver = ofIssue.every(
    ({ state }) => state === 'kept' || (outcome === 'closeIssue' && state === 'broken'),
  );
  if (isOver) await promises.closeIssue(scope, issueId, person.now);
  else if (outcome === 'closeIssue')
    throw new AppError('conflict', ANOTHER_OPEN.message, { hint: ANOTHER_OPEN.hint });
  return !isOver;
}
