import { businessDaysBetween } from '../core/cadence/business-days.ts';
import { comparisonGate, type GateAnswer } from '../core/comparison/gate.ts';
import type { ListeningReason, LocalDay } from '../core/model.ts';
import { loadGates, type Gates } from './gate-of-rep.ts';
import type { Person } from './person.ts';
import type { Deps } from './ports.ts';
import type { Company, TenantScope } from './records.ts';

type ClosedReason = Extract<GateAnswer, { readonly isOpen: false }>['reason'];

const LISTENING: Record<ClosedReason, ListeningReason> = {
  listeningOnly: 'programListens',
  noRepOfRecord: 'noRepOfRecord',
  callerIsRep: 'callerIsRepOfRecord',
  notOpenYet: 'gateClosed',
  tooOld: 'olderThanOneDay',
};

/**
 * Why a conversation with this company is only listened to; null where it is compared with the log. Decided from what is
 * stored alone: nothing a caller sends can open it.
 */
export async function listeningReason(
  deps: Deps,
  scope: TenantScope,
  person: Person,
  company: Pick<Company, 'ownerId'>,
  heldOn: LocalDay,
): Promise<ListeningReason | null> {
  return reasonToListen(await loadGates(deps, scope, person), person, company, heldOn);
}

/** As listeningReason, with the gates at hand. */
export function reasonToListen(
  { gateOf }: Gates,
  person: Person,
  company: Pick<Company, 'ownerId'>,
  heldOn: LocalDay,
): ListeningReason | null {
  const answer = comparisonGate({
    isComparisonOn: person.settings.openness === 'listenAndCompare',
    repOwnerId: company.ownerId,
    callerOwnerId: person.owner?.ownerId ?? null,
    gateOpensOn: gateOf(company.ownerId).opensOn,
    heldOn,
    savedOn: person.today,
    businessDaysOld: businessDaysBetween(heldOn, person.today, person.cal).length,
  });
  return answer.isOpen ? null : LISTENING[answer.reason];
}
