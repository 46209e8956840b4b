import { asPortalId, asUserId } from '../../src/core/model.ts';
import type { TaskKeyMode } from '../../src/usecases/hubspot-port.ts';
import { DEFAULT_SETTINGS } from '../../src/usecases/person.ts';
import type { Deps } from '../../src/usecases/ports.ts';
import { prepareWrites } from '../../src/usecases/prepare-writes.ts';
import type { InstalledPortal } from './hubspot.ts';
import { inLanes } from './lanes.ts';

/** Long after any bench: what was installed "then" is not due now. */
const NOT_YET = new Date('2999-01-01T00:00:00Z');
/** Set-up is not measured: many accounts at once, each within its own limit. */
const AT_ONCE = 32;

export type PortalsToSetUp = {
  readonly portals: readonly InstalledPortal[];
  /** What the product would find, where the accounts have its fields already: then HubSpot is not asked. Null: to be made and probed. */
  readonly taskKeyMode: TaskKeyMode | null;
};

/**
 * Makes accounts ready to run their quarter: connected, started, their fields and the task key set up, every task of the cycle
 * to be released. Nothing is due until `makeDue`.
 */
export function setUpPortals(deps: Deps, { portals, taskKeyMode }: PortalsToSetUp): Promise<void> {
  return inLanes(portals, AT_ONCE, (portal) => setUpPortal(deps, portal, taskKeyMode));
}

/** Their customers have never been read: from now on that is due, and planning and creating follow. */
export async function makeDue(deps: Deps, portalIds: readonly number[]): Promise<void> {
  const installedAt = new Date(deps.clock.now().getTime() - 1_000);
  await inLanes(portalIds, AT_ONCE, (portalId) =>
    deps.store.inTenant(asPortalId(portalId), (scope) => deps.store.portals.update(scope, { installedAt })),
  );
}

async function setUpPortal(
  deps: Deps,
  installed: InstalledPortal,
  taskKeyMode: TaskKeyMode | null,
): Promise<void> {
  const portalId = asPortalId(installed.portalId);
  const userId = asUserId(installed.userId);
  const now = deps.clock.now();
  await deps.vault.save(portalId, {
    accessToken: installed.accessToken,
    refreshToken: installed.refreshToken,
    expiresAt: new Date(installed.expiresAt),
  });
  await deps.store.inTenant(portalId, async (scope) => {
    await deps.store.portals.install(scope, { userId, scopes: installed.scopes, at: NOT_YET });
    const settings = {
      ...DEFAULT_SETTINGS,
      openness: 'listeningOnly' as const,
      checkInsPerWeek: 1_000,
      releaseHorizon: 'cycle' as const,
    };
    await deps.store.programs.save(scope, 0, settings, userId, now);
    await deps.store.portals.update(scope, { startedAt: now, reconciledAt: now, taskKeyMode });
  });
  await prepareWrites(deps, portalId);
}
