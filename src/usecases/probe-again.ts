import type { PortalId } from '../core/model.ts';
import { AppError } from '../errors.ts';
import { auditJob } from './audit-jobs.ts';
import type { Deps } from './ports.ts';
import type { TenantScope } from './records.ts';
import { SWEPT_FOR_MS } from './sweep-tasks.ts';

const PROBED_EVERY_MS = 7 * 86_400_000;

/**
 * Nightly: whether tasks can carry a unique key by now is tried again where they could not, a week after the last time or after the
 * account was connected anew. Only between two runs: where any task of before may still be looked for, or sent again, it is by the old
 * way. From unique keys there is no way back by itself: without their field nobody would know which tasks are there.
 */
export async function probeAgain(deps: Deps, portalId: PortalId): Promise<void> {
  if (deps.isStopping() || !(await deps.store.inTenant(portalId, (scope) => isDue(deps, scope)))) return;
  const probe = { mayHaveTask: false };
  try {
    const mode = await deps.hubspot.probeTaskKeyMode(portalId, () => (probe.mayHaveTask = true));
    const isChanged = await deps.store.inTenant(portalId, (scope) => keep(deps, scope, mode === 'unique'));
    if (isChanged) deps.log.info({ portalId, mode }, 'tasks are made with a unique key from now on');
  } catch (error) {
    // The rest of the night's work does not wait for it; where no task was made, the next night tries again.
    if (!(error instanceof AppError) || error.code === 'not_installed') throw error;
    deps.log.warn(
      { portalId, code: error.code, ...error.safeDetails },
      'the key of tasks could not be tried',
    );
    // One that is always cut short would leave a task in HubSpot each night.
    if (probe.mayHaveTask) await remember(deps, portalId);
  }
}

function remember(deps: Deps, portalId: PortalId): Promise<void> {
  return deps.store.inTenant(portalId, (scope) =>
    deps.store.portals.update(scope, { keyProbedAt: deps.clock.now() }),
  );
}

async function isDue(deps: Deps, scope: TenantScope): Promise<boolean> {
  const portal = await deps.store.portals.find(scope);
  if (portal?.startedAt == null || portal.taskKeyMode !== 'ledger') return false;
  const triedBefore = new Date(deps.clock.now().getTime() - PROBED_EVERY_MS);
  if (portal.keyProbedAt !== null && portal.keyProbedAt > triedBefore) return false;
  return isAtRest(deps, scope);
}

/** Returns whether the mode is another one now; where something was sent meanwhile it is not, and the next night tries again. */
async function keep(deps: Deps, scope: TenantScope, isUnique: boolean): Promise<boolean> {
  const { portals } = deps.store;
  const keyProbedAt = deps.clock.now();
  if (!isUnique) {
    await portals.update(scope, { keyProbedAt });
    return false;
  }
  await portals.lockKeyMode(scope);
  if (!(await isAtRest(deps, scope))) return false;
  await portals.update(scope, { taskKeyMode: 'unique', keyProbedAt });
  const deed = { action: 'changeKeyMode', subject: String(scope.portalId), outcome: 'unique' };
  await auditJob(deps, scope, 'syncTasks', [deed]);
  return true;
}

/** No task was sent for as long as the sweep looks for second ones, none is in doubt, and no person may still say of one that it exists. */
async function isAtRest(deps: Deps, scope: TenantScope): Promise<boolean> {
  const { touches, outbox } = deps.store;
  const since = new Date(deps.clock.now().getTime() - SWEPT_FOR_MS);
  if ((await touches.sentSince(scope, since, null, 1)).length > 0) return false;
  if ((await touches.inState(scope, 'sending', null, 1)).length > 0) return false;
  if (await outbox.isAnySent(scope, 'repNotice')) return false;
  const parked = await touches.parkedByKind(scope, null);
  return [...parked.keys()].every((kind) => kind === 'rejected');
}
