import type { CompanyId, PortalId } from '../core/model.ts';
import type { CompanyProperties } from './hubspot-port.ts';
import { inSequence } from './in-sequence.ts';
import { afterUpdate, type Settlements } from './outbox-settlement.ts';
import { loadPortal, type PortalContext } from './person.ts';
import type { Deps } from './ports.ts';
import type { OutboxRow, TenantScope } from './records.ts';
import { undoUntil } from './undo-window.ts';

const ANSWERS_LOOKED_AT = 20;

/**
 * Exactly the product's own properties of these companies, as they are now, in one call.
 * @throws not_installed
 */
export async function deliverProperties(
  deps: Deps,
  portalId: PortalId,
  rows: readonly OutboxRow[],
): Promise<Settlements> {
  const updates = await deps.store.inTenant(portalId, async (scope) => {
    const context = await loadPortal(deps, scope);
    return inSequence(rows, async ({ subject }) => {
      const companyId = subject as CompanyId;
      return { companyId, properties: await propertiesOf(deps, scope, context, companyId) };
    });
  });
  const outcomes = await deps.hubspot.updateCompanies(portalId, updates);
  return new Map(rows.map((row, at) => [row.outboxId, afterUpdate(deps, row, outcomes[at])]));
}

/** A check-in that can still be undone does not show yet, nor does its issue. */
async function propertiesOf(
  deps: Deps,
  scope: TenantScope,
  { now, cycle }: PortalContext,
  companyId: CompanyId,
): Promise<CompanyProperties> {
  const newest = await deps.store.checkIns.ofCompany(scope, companyId, ANSWERS_LOOKED_AT);
  const checkIns = newest.filter((checkIn) => undoUntil(checkIn) <= now);
  const stillUndoable = new Set(
    newest.filter((checkIn) => undoUntil(checkIn) > now).map(({ checkInId }) => checkInId),
  );
  const issues = (await deps.store.promises.issuesOfCompany(scope, companyId)).filter(
    ({ checkInId }) => checkInId === null || !stillUndoable.has(checkInId),
  );
  const touch = await deps.store.touches.ofCompany(scope, companyId, cycle.label);
  const isOpen = touch !== null && (touch.state === 'planned' || touch.state === 'created');
  return {
    sci_last_check_in: checkIns[0]?.happenedOn ?? null,
    sci_next_due: isOpen ? touch.dueOn : cycle.endsOn,
    sci_wave: checkIns[0]?.wave ?? 0,
    sci_open_issues: issues.filter(({ state }) => state === 'open').length,
    sci_last_no_agenda_touch: checkIns[0]?.happenedOn ?? null,
  };
}
