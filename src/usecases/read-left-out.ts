import type { PortalId } from '../core/model.ts';
import { hasCode } from '../errors.ts';
import { loadPortal } from './person.ts';
import type { Deps } from './ports.ts';

/** Examples that the settings show. */
const EXAMPLES = 5;

/**
 * Reads how many companies are no customers, and a few of them, so that whoever sets up sees whom the rules leave out. One search;
 * asked for until *Start*, and after it where the stages changed. A read of the customers is as good without it.
 */
export async function readLeftOut(deps: Deps, portalId: PortalId): Promise<void> {
  const stages = await stagesToAsk(deps, portalId);
  if (stages === null) return;
  try {
    const found = await deps.hubspot.companiesOutside(portalId, stages, EXAMPLES);
    await deps.store.inTenant(portalId, (scope) =>
      deps.store.companies.keepLeftOut(scope, { ...found, stages }),
    );
  } catch (error) {
    if (!hasCode(error, 'hubspot_rejected', 'hubspot_throttled', 'hubspot_unavailable')) throw error;
    deps.log.warn({ portalId, ...error.safeDetails }, 'companies that are left out could not be counted');
  }
}

/** Null where nobody looks, or what is kept still fits the rules. */
function stagesToAsk(deps: Deps, portalId: PortalId): Promise<readonly string[] | null> {
  return deps.store.inTenant(portalId, async (scope) => {
    const { portal, settings } = await loadPortal(deps, scope);
    const stages = settings.lifecycleStages;
    if (portal.startedAt === null) return stages;
    const kept = await deps.store.companies.leftOut(scope);
    return kept === null || kept.stages.join() === stages.join() ? null : stages;
  });
}
