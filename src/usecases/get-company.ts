import type { CompanyId } from '../core/model.ts';
import { accessOf, FEEDBACK_CHECK_INS, type CompanyAccess } from './company-access.ts';
import { kudosHere } from './kudos.ts';
import { managerView } from './manager-view.ts';
import { loadPersonAt } from './person.ts';
import type { Deps, UserActor } from './ports.ts';
import type { CompanyRead } from './read-port.ts';
import type { TenantScope } from './records.ts';
import { repView } from './rep-view.ts';

const SHOWN_THANKS = 12;

/**
 * The card's one read: what this person may see of this company. Holds no claim of the log for a caller whose facts are
 * not saved yet. Throws not_found, not_installed.
 */
export async function getCompany(deps: Deps, actor: UserActor, companyId: CompanyId) {
  const { view, asksForContacts } = await deps.store.inTenant(actor.portalId, async (scope) => {
    const { person, company } = await loadPersonAt(deps, scope, actor, companyId);
    const read = await deps.store.reads.company(scope, {
      companyId,
      cycle: person.cycle.label,
      userId: person.userId,
      checkIns: FEEDBACK_CHECK_INS,
      kudos: SHOWN_THANKS,
    });
    const access = await accessOf(person, company, {
      touch: () => Promise.resolve(read.touch),
      checkIns: () => Promise.resolve(read.checkIns),
    });
    return {
      view: await viewOf(deps, scope, access, read),
      asksForContacts: access.role === 'manager' && (await askForContacts(deps, scope, access)),
    };
  });
  // A wake-up costs about as much as the read itself: none where nothing was asked for, or somebody did already.
  if (asksForContacts) await deps.queue.wake('readContacts', actor.portalId);
  return view;
}

async function askForContacts(deps: Deps, scope: TenantScope, { person, company }: CompanyAccess) {
  if (company.contactsReadAt !== null) return false;
  return deps.store.companies.wantContacts(scope, company.companyId, person.now);
}

async function viewOf(deps: Deps, scope: TenantScope, access: CompanyAccess, read: CompanyRead) {
  if (access.role === 'manager') return managerView(deps, scope, access, read);
  if (access.role === 'rep') return repView(deps, scope, access, read);
  return viewerView(access, read);
}

function viewerView({ person, company }: CompanyAccess, { checkIns, issues, kudos }: CompanyRead) {
  return {
    role: 'viewer' as const,
    company: { companyId: company.companyId as string, name: company.name },
    today: person.today,
    timeZone: person.portal.timeZone,
    lastCheckInOn: checkIns[0]?.happenedOn ?? null,
    openIssues: issues.filter(({ state }) => state === 'open').length,
    thanks: kudosHere(kudos, person, company, 'colleague'),
  };
}
