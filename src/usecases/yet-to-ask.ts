import type { CompanyId } from '../core/model.ts';
import type { Person } from './person.ts';
import type { Deps } from './ports.ts';
import type { TenantScope, Touch } from './records.ts';
import { isOpen } from './touch-outbox.ts';

/** How many of a company's newest conversations are looked through for one of this cycle. */
const CHECK_INS_LOOKED_AT = 50;

/**
 * True while a reader may still ask this customer this cycle and has saved no answer: nothing of the log is for them until then,
 * not even what an earlier comparison showed.
 */
export async function hasYetToAsk(
  deps: Deps,
  scope: TenantScope,
  person: Person,
  companyId: CompanyId,
): Promise<boolean> {
  const { label } = person.cycle;
  const touch = await deps.store.touches.ofCompany(scope, companyId, label);
  if (!(touch === null ? await isToBePlanned(deps, scope, companyId) : isStillToBeAnswered(touch)))
    return false;
  const checkIns = await deps.store.checkIns.ofCompany(scope, companyId, CHECK_INS_LOOKED_AT);
  return !checkIns.some(({ callerUserId, cycle }) => callerUserId === person.userId && cycle === label);
}

/** A customer of the program whose call of this cycle is not planned yet: at a quarter's start, or new in it. */
async function isToBePlanned(deps: Deps, scope: TenantScope, companyId: CompanyId): Promise<boolean> {
  return (await deps.store.companies.find(scope, companyId))?.inScope === true;
}

/** To be made, or its task was closed outside the card and the answer can still be entered. */
function isStillToBeAnswered(touch: Touch): boolean {
  return isOpen(touch) || (touch.state === 'done' && touch.reason === 'closedOutsideCard');
}
