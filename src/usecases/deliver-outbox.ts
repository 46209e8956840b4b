import type { PortalId } from '../core/model.ts';
import { deliverNotes } from './deliver-notes.ts';
import { deliverProperties } from './deliver-properties.ts';
import { deliverRepNotices } from './deliver-rep-notices.ts';
import { deliverTaskChanges, TASK_CHANGES } from './deliver-task-changes.ts';
import { orWait, type Settlements } from './outbox-settlement.ts';
import type { Deps } from './ports.ts';
import { prepareWrites } from './prepare-writes.ts';
import type { OutboxKind, OutboxRow } from './records.ts';
import { rewriteNotes } from './rewrite-notes.ts';
import { planFollowing } from './tend-refused-writes.ts';

type Write = {
  /** Rows of these kinds share a batch. */
  readonly kinds: readonly OutboxKind[];
  /** Says what became of each row. Throws not_installed; any other AppError counts for all rows. */
  readonly deliver: (deps: Deps, portalId: PortalId, rows: readonly OutboxRow[]) => Promise<Settlements>;
};

/** One kind of write after another, so that each call to HubSpot carries as much as it may. */
const WRITES: readonly Write[] = [
  { kinds: TASK_CHANGES, deliver: deliverTaskChanges },
  { kinds: ['note'], deliver: deliverNotes },
  { kinds: ['rewriteNote'], deliver: rewriteNotes },
  { kinds: ['companyProperties'], deliver: deliverProperties },
  { kinds: ['repNotice'], deliver: deliverRepNotices },
];

/**
 * Carries every other write to HubSpot: task changes, notes, the companies' properties, reps' notices; up to a hundred in a call.
 * Each row is committed as being sent before a byte leaves; what can be repeated is repeated, what cannot is looked for by its
 * key first.
 */
export async function deliverOutbox(deps: Deps, portalId: PortalId): Promise<void> {
  if (!(await isReadyForWrites(deps, portalId))) return;
  for (const write of WRITES) await deliverAll(deps, portalId, write);
}

/** Nothing is written before *Start*; after it, never before the company's fields are there. */
async function isReadyForWrites(deps: Deps, portalId: PortalId): Promise<boolean> {
  await prepareWrites(deps, portalId);
  const portal = await deps.store.inTenant(portalId, (scope) => deps.store.portals.find(scope));
  return portal !== null && portal.startedAt !== null;
}

async function deliverAll(deps: Deps, portalId: PortalId, { kinds, deliver }: Write): Promise<void> {
  const limit = deps.hubspot.maxBatch;
  while (!deps.isStopping()) {
    const rows = await deps.store.inTenant(portalId, (scope) =>
      deps.store.outbox.claim(scope, deps.clock.now(), limit, kinds),
    );
    const settlements = await orWait(deps, rows, () => deliver(deps, portalId, rows));
    const following = await settle(deps, portalId, rows, settlements);
    if (rows.length < limit && following === 0) return;
  }
}

/** Returns how many that HubSpot refused before are sent after these. */
async function settle(
  deps: Deps,
  portalId: PortalId,
  rows: readonly OutboxRow[],
  settlements: Settlements,
): Promise<number> {
  if (settlements.size === 0) return 0;
  const settled = rows.flatMap((claimed) => {
    const change = settlements.get(claimed.outboxId);
    return change === undefined ? [] : [{ claimed, change }];
  });
  const gone = settled.filter(
    ({ claimed, change }) => claimed.kind === 'archiveTask' && change.state === 'done',
  );
  const freed = await deps.store.inTenant(portalId, async (scope) => {
    await deps.store.outbox.settleMany(scope, settled);
    if (gone.length === 0) return 0;
    const touchIds = gone.map(({ claimed }) => claimed.subject);
    return deps.store.touches.freeAfter(scope, touchIds, deps.clock.now());
  });
  // The new quarter's task follows as soon as the old one is out of HubSpot.
  if (freed > 0) await deps.queue.wake('releaseTouches', portalId);
  // In a transaction of its own: what HubSpot said is stored whatever becomes of it.
  return planFollowing(deps, portalId, settled);
}
