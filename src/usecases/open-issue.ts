import type { CompanyId, LocalDay, OwnerId } from '../core/model.ts';
import { dayText } from '../core/wording.ts';
import { invalidField } from '../errors.ts';
import { accessCompany, onlyManagers, type CompanyAccess } from './company-access.ts';
import { ownerById } from './person.ts';
import type { Deps, UserActor } from './ports.ts';
import { STILL_OPEN, promiseView } from './promise-view.ts';
import { undoUntil } from './undo-window.ts';
import type { CheckIn, Issue, PromiseRow, TenantScope } from './records.ts';
import { submit } from './submit.ts';
import { newPropertiesWrite } from './touch-outbox.ts';

export type OpenIssueInput = {
  readonly submissionId: string;
  readonly companyId: string;
  readonly checkInId: string | null;
  readonly title: string;
  readonly promise: {
    readonly what: string;
    readonly ownerId: string | null;
    readonly dueOn: LocalDay;
  } | null;
};

/**
 * Opens an issue the customer raised, with one owner from the first minute and, if given, one dated promise.
 * @throws not_found, forbidden (a viewer), invalid_input (date past, owner unknown)
 */
export function openIssue(deps: Deps, actor: UserActor, input: OpenIssueInput) {
  const companyId = input.companyId as CompanyId;
  return submit(deps, actor, { action: 'openIssue', subject: companyId }, input, async (scope) => {
    const access = await accessCompany(deps, scope, actor, companyId);
    if (access.role === 'viewer') throw onlyManagers();
    const checkIn = await checkInOfCompany(deps, scope, input);
    const issueId = deps.ids.uuid();
    const promise = input.promise === null ? null : toPromise(deps, access, issueId, input.promise);
    const issue: Issue = {
      issueId,
      companyId,
      checkInId: input.checkInId,
      title: input.title,
      ownerUserId: promise?.ownerUserId ?? actor.userId,
      state: 'open',
      openedAt: access.person.now,
      openedBy: actor.userId,
    };
    await deps.store.promises.addIssue(scope, issue);
    if (promise !== null) await deps.store.promises.addPromise(scope, promise);
    const leavesAt = checkIn === null ? access.person.now : undoUntil(checkIn);
    await countOpenIssuesLater(deps, scope, companyId, leavesAt);
    return {
      issueId,
      promise: promise === null ? null : promiseView(access.person, promise, access.company, STILL_OPEN),
    };
  });
}

async function checkInOfCompany(
  deps: Deps,
  scope: TenantScope,
  input: OpenIssueInput,
): Promise<CheckIn | null> {
  if (input.checkInId === null) return null;
  const checkIn = await deps.store.checkIns.find(scope, input.checkInId);
  if (checkIn?.companyId !== input.companyId) {
    throw invalidField('checkInId', 'This check-in does not belong to the company.');
  }
  return checkIn;
}

function toPromise(
  deps: Deps,
  { person, company }: CompanyAccess,
  issueId: string,
  wanted: NonNullable<OpenIssueInput['promise']>,
): PromiseRow {
  if (wanted.dueOn < person.today) {
    throw invalidField(
      'promise.dueOn',
      'A promise is for today or later.',
      `Choose ${dayText(person.today)} or a later day.`,
    );
  }
  const owner = wanted.ownerId === null ? person.owner : ownerById(person, wanted.ownerId as OwnerId);
  if (wanted.ownerId !== null && owner?.userId == null) {
    throw invalidField(
      'promise.ownerId',
      'Whoever is to keep the promise is not active in HubSpot.',
      'Choose somebody from the list.',
    );
  }
  return {
    promiseId: deps.ids.uuid(),
    issueId,
    companyId: company.companyId,
    what: wanted.what,
    ownerId: owner?.ownerId ?? null,
    ownerUserId: owner?.userId ?? person.userId,
    dueOn: wanted.dueOn,
    state: 'open',
    settledAt: null,
    settledBy: null,
  };
}

/** Keeps `sci_open_issues` current, but never before the check-in it came from can no longer be undone. */
export async function countOpenIssuesLater(
  deps: Deps,
  scope: TenantScope,
  companyId: CompanyId,
  notBefore: Date,
): Promise<void> {
  await deps.store.outbox.add(scope, newPropertiesWrite(deps, companyId, notBefore));
}
