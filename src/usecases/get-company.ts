import type { CompanyId } from '../core/model.ts';
import { accessCompany, type CompanyAccess } from './company-access.ts';
import { kudosHere } from './kudos.ts';
import { managerView } from './manager-view.ts';
import type { Deps, UserActor } from './ports.ts';
import type { TenantScope } from './records.ts';
import { repView } from './rep-view.ts';

/**
 * The card's one read: what this person may see of this company. Holds no claim of the log for a caller whose facts are
 * not saved yet. Throws not_found, not_installed.
 */
export async function getCompany(deps: Deps, actor: UserActor, companyId: CompanyId) {
  const { view, asksForContacts } = await deps.store.inTenant(actor.portalId, async (scope) => {
    const access = await accessCompany(deps, scope, actor, companyId);
    return {
      view: await viewOf(deps, scope, access),
      asksForContacts: access.role === 'manager' && access.company.contactsReadAt === null,
    };
  });
  // A wake-up costs about as much as the read itself: none where nothing was asked for.
  if (asksForContacts) await deps.queue.wake('readContacts', actor.portalId);
  return view;
}

async function viewOf(deps: Deps, scope: TenantScope, access: CompanyAccess) {
  if (access.role === 'manager') return managerView(deps, scope, access);
  if (access.role === 'rep') return repView(deps, scope, access);
  return viewerView(deps, scope, access);
}

async function viewerView(deps: Deps, scope: TenantScope, { person, company }: CompanyAccess) {
  const last = await deps.store.checkIns.ofCompany(scope, company.companyId, 1);
  const issues = await deps.store.promises.issuesOfCompany(scope, company.companyId);
  return {
    role: 'viewer' as const,
    company: { companyId: company.companyId as string, name: company.name },
    timeZone: person.portal.timeZone,
    lastCheckInOn: last[0]?.happenedOn ?? null,
    openIssues: issues.filter(({ state }) => state === 'open').length,
    thanks: await kudosHere(deps, scope, person, company, 'colleague'),
  };
}
