import { localDayOf, startOfDay } from '../core/cadence/calendar.ts';
import { repNoticeTask } from '../core/feedback/task-text.ts';
import type { OwnerId, PortalId } from '../core/model.ts';
import type { TaskKeyMode } from './hubspot-port.ts';
import {
  afterCreate,
  mayHaveLanded,
  orWait,
  type Settlement,
  type Settlements,
} from './outbox-settlement.ts';
import { loadPortal } from './person.ts';
import type { Deps } from './ports.ts';
import { UNKNOWN_OUTCOME, type OutboxRow } from './records.ts';

type Notice = { readonly ownerId: OwnerId; readonly onDay: string };
type Account = { readonly mode: TaskKeyMode; readonly dueAt: Date };

/**
 * "Customer words are waiting": no content, at most one a rep a day. A notice that may be there already is looked for by its key;
 * where that proves nothing (marker fallback), it is left for a person.
 * @throws not_installed
 */
export async function deliverRepNotices(
  deps: Deps,
  portalId: PortalId,
  rows: readonly OutboxRow[],
): Promise<Settlements> {
  const account = await accountOf(deps, portalId);
  const found = await findLanded(deps, portalId, account.mode, rows.filter(mayHaveLanded));
  const unsent = rows.filter(({ outboxId }) => !found.has(outboxId));
  const created = await orWait(deps, unsent, () => create(deps, portalId, account, unsent));
  return new Map([...found, ...created]);
}

function accountOf(deps: Deps, portalId: PortalId): Promise<Account> {
  return deps.store.inTenant(portalId, async (scope) => {
    // The rows are being sent by now: a change of the mode would have seen them.
    await deps.store.portals.holdKeyMode(scope);
    const { portal, now } = await loadPortal(deps, scope);
    const dueAt = startOfDay(localDayOf(now, portal.timeZone), portal.timeZone);
    return { mode: portal.taskKeyMode ?? 'ledger', dueAt };
  });
}

function findLanded(
  deps: Deps,
  portalId: PortalId,
  mode: TaskKeyMode,
  rows: readonly OutboxRow[],
): Promise<Settlements> {
  return orWait(deps, rows, async () => {
    const wanted = rows.map(({ key }) => ({ key, companyId: null }));
    const taskIds = await deps.hubspot.findTasksByKey(portalId, mode, wanted);
    const settled = new Map<string, Settlement>();
    for (const { outboxId, key } of rows) {
      const [hubspotId] = taskIds.get(key) ?? [];
      if (hubspotId !== undefined) settled.set(outboxId, { state: 'done', hubspotId });
      else if (mode === 'ledger') settled.set(outboxId, { state: 'parked', reason: UNKNOWN_OUTCOME });
    }
    await remember(deps, portalId, rows, settled);
    return settled;
  });
}

async function create(
  deps: Deps,
  portalId: PortalId,
  { mode, dueAt }: Account,
  rows: readonly OutboxRow[],
): Promise<Settlements> {
  const task = { ...repNoticeTask(), companyId: null, dueAt, type: 'TODO', priority: 'LOW' } as const;
  const drafts = rows.map((row) => ({ ...task, key: row.key, ownerId: noticeOf(row).ownerId }));
  const outcomes = await deps.hubspot.createTasks(portalId, mode, drafts);
  const settled = new Map(rows.map((row, at) => [row.outboxId, afterCreate(deps, row, outcomes[at])]));
  await remember(deps, portalId, rows, settled);
  return settled;
}

/** The notices that are there learn their task, by which they are closed later. */
async function remember(
  deps: Deps,
  portalId: PortalId,
  rows: readonly OutboxRow[],
  settled: Settlements,
): Promise<void> {
  await deps.store.inTenant(portalId, async (scope) => {
    for (const row of rows) {
      const taskId = settled.get(row.outboxId)?.hubspotId;
      if (taskId === undefined) continue;
      const { ownerId, onDay } = noticeOf(row);
      await deps.store.checkIns.updateRepNotice(scope, ownerId, onDay, { taskId });
    }
  });
}

function noticeOf({ payload }: OutboxRow): Notice {
  return payload as Notice;
}
