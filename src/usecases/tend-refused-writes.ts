import { refusedText } from '../core/refused-wording.ts';
import type { PortalId } from '../core/model.ts';
import { auditJob } from './audit-jobs.ts';
import type { Deps } from './ports.ts';
import { UNKNOWN_OUTCOME, type OutboxKind, type TenantScope } from './records.ts';

const ENDED_AT_ONCE = 200;
/** The first time, and one each night of a week. */
const MOST_REFUSALS = 8;
const KEPT_MS = 7 * 24 * 3_600_000;

/**
 * Written from what is true at the time, so that a late one is as good as any. A change of a task is not: people may have gone on
 * with the task since.
 */
const TRIED_AGAIN: readonly OutboxKind[] = ['note', 'rewriteNote', 'companyProperties', 'describeTask'];

/**
 * Nightly: nothing that HubSpot refused waits for ever. What can be repeated goes out again, in case somebody mended the cause; what
 * is left and was last sent more than a week ago ends, with an entry in the audit each. Harmless when repeated.
 */
export async function tendRefusedWrites(deps: Deps, portalId: PortalId): Promise<void> {
  if (deps.isStopping()) return;
  const planned = await deps.store.inTenant(portalId, async (scope) => {
    await deps.store.outbox.endFollowed(scope, TRIED_AGAIN);
    return deps.store.outbox.planRefused(scope, TRIED_AGAIN, MOST_REFUSALS, deps.clock.now());
  });
  if (planned > 0) await deps.queue.wake('deliverOutbox', portalId);
  while (!deps.isStopping() && (await endOld(deps, portalId)) === ENDED_AT_ONCE);
}

function endOld(deps: Deps, portalId: PortalId): Promise<number> {
  return deps.store.inTenant(portalId, async (scope) => {
    const sentBefore = new Date(deps.clock.now().getTime() - KEPT_MS);
    const ended = await deps.store.outbox.endParked(scope, sentBefore, ENDED_AT_ONCE);
    const deeds = ended.map(({ subject, kind }) => ({ action: 'giveUpWrite', subject, outcome: kind }));
    await auditJob(deps, scope, 'syncTasks', deeds);
    return ended.length;
  });
}

/** What HubSpot did not take, in plain words for an admin; null where there is nothing. */
export async function refusedWritesText(deps: Deps, scope: TenantScope): Promise<string | null> {
  const [oldest] = await deps.store.outbox.parked(scope, 1);
  if (oldest === undefined) return null;
  const { kind, reason, refusals } = oldest;
  const isUnknown = reason === UNKNOWN_OUTCOME;
  const isTriedAgain = !isUnknown && TRIED_AGAIN.includes(kind) && refusals < MOST_REFUSALS;
  const said = isUnknown ? null : reason;
  return refusedText(await deps.store.outbox.countParked(scope), { kind, said, isTriedAgain });
}
