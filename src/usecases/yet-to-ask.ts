import type { CompanyId } from '../core/model.ts';
import { accessOf, FEEDBACK_CHECK_INS } from './company-access.ts';
import type { Person } from './person.ts';
import type { Deps } from './ports.ts';
import type { TenantScope } from './records.ts';

/** How many of a company's newest conversations are looked through for one of this cycle. */
const CHECK_INS_LOOKED_AT = 50;

/**
 * True while a reader may record what this customer says and has no answer of their own that stands this cycle: nothing of the log
 * is for them until then, not even what an earlier comparison showed. What became of the planned call changes nothing, since an
 * answer can be recorded after it was skipped, missed or made by somebody else, and after the customer left the program.
 */
export async function hasYetToAsk(
  deps: Deps,
  scope: TenantScope,
  person: Person,
  companyId: CompanyId,
): Promise<boolean> {
  const { label } = person.cycle;
  if (!(await mayRecord(deps, scope, person, companyId))) return false;
  const checkIns = await deps.store.checkIns.ofCompany(scope, companyId, CHECK_INS_LOOKED_AT);
  return !checkIns.some(({ callerUserId, cycle }) => callerUserId === person.userId && cycle === label);
}

/** As a save asks it: whoever has the manager's view of the company. */
async function mayRecord(
  deps: Deps,
  scope: TenantScope,
  person: Person,
  companyId: CompanyId,
): Promise<boolean> {
  const company = await deps.store.companies.find(scope, companyId);
  if (company === null) return false;
  const { role } = await accessOf(person, company, {
    touch: () => deps.store.touches.ofCompany(scope, companyId, person.cycle.label),
    checkIns: () => deps.store.checkIns.ofCompany(scope, companyId, FEEDBACK_CHECK_INS),
  });
  return role === 'manager';
}
