import { roleOnCompany } from '../core/feedback/roles.ts';
import type { CompanyId, UserId } from '../core/model.ts';
import { AppError } from '../errors.ts';
import { callerOf, loadPersonAt, notFound, type Person } from './person.ts';
import type { Deps, UserActor } from './ports.ts';
import type { CheckIn, Company, TenantScope, Touch } from './records.ts';
import { isOpen } from './touch-outbox.ts';

export type CompanyAccess = {
  readonly person: Person;
  readonly company: Company;
  readonly role: 'manager' | 'rep' | 'viewer';
};

/**
 * Who the actor is on this company's record.
 * @throws not_found for an unknown or foreign company, the same for both; not_installed
 */
export async function accessCompany(
  deps: Deps,
  scope: TenantScope,
  actor: UserActor,
  companyId: CompanyId,
): Promise<CompanyAccess> {
  const { person, company } = await loadPersonAt(deps, scope, actor, companyId);
  return accessOf(person, company, {
    touch: () => deps.store.touches.ofCompany(scope, companyId, person.cycle.label),
    checkIns: () => deps.store.checkIns.ofCompany(scope, companyId, FEEDBACK_CHECK_INS),
  });
}

/** How far back a rep who moved on finds the words about their own time. */
export const FEEDBACK_CHECK_INS = 20;

/** What tells more of somebody who neither calls nor owns by the rules alone: this cycle's touch, and the newest check-ins. */
type Facts = {
  readonly touch: () => Promise<Touch | null>;
  readonly checkIns: () => Promise<readonly CheckIn[]>;
};

export async function accessOf(person: Person, company: Company, facts: Facts): Promise<CompanyAccess> {
  const role = roleOnCompany({
    userId: person.userId,
    ownerId: person.owner?.ownerId ?? null,
    companyOwnerId: company.ownerId,
    callerUserId: await callerHere(person, company, facts),
    roles: person.roles,
  });
  const readsOwnWords = role === 'viewer' && (await hasFeedbackHere(person, facts));
  return { person, company, role: readsOwnWords ? 'rep' : role };
}

/**
 * Who makes this cycle's check-in. A person may have given its task to a colleague in HubSpot: whoever has it calls, beside the
 * rep's manager, and keeps that once it is done, to correct or undo. Nobody comes by the manager's view of an account of their
 * own by taking its task.
 */
async function callerHere(person: Person, company: Company, facts: Facts): Promise<UserId> {
  const usual = callerOf(person, company);
  const isOwner = person.owner !== null && person.owner.ownerId === company.ownerId;
  if (usual === person.userId || isOwner) return usual;
  const touch = await facts.touch();
  const isTheirs = touch?.callerUserId === person.userId;
  return isTheirs && (isOpen(touch) || touch.state === 'done') ? person.userId : usual;
}

/** As accessCompany, and refuses whoever does not call this customer. */
export async function accessAsManager(
  deps: Deps,
  scope: TenantScope,
  actor: UserActor,
  companyId: CompanyId,
): Promise<CompanyAccess> {
  const access = await accessCompany(deps, scope, actor, companyId);
  if (access.role !== 'manager') throw onlyManagers();
  return access;
}

/** A touch of a company that the actor calls. Throws not_found, forbidden, not_installed. */
export async function accessTouch(
  deps: Deps,
  scope: TenantScope,
  actor: UserActor,
  touchId: string,
): Promise<CompanyAccess & { readonly touch: Touch }> {
  const touch = await deps.store.touches.findForUpdate(scope, touchId);
  if (touch === null) throw notFound();
  return { ...(await accessAsManager(deps, scope, actor, touch.companyId)), touch };
}

export function onlyManagers(): AppError {
  return new AppError('forbidden', 'Only the manager who calls this customer can do this.', {
    hint: 'Managers and their reps are set in the settings of Service check-in.',
  });
}

/** A rep who moved on still reads the words about the time they looked after the account. */
async function hasFeedbackHere(person: Person, facts: Facts): Promise<boolean> {
  const ownerId = person.owner?.ownerId;
  if (ownerId === undefined) return false;
  const checkIns = await facts.checkIns();
  return checkIns.some(({ repOwnerId, releasedAt }) => repOwnerId === ownerId && releasedAt !== null);
}
