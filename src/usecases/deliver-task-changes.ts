import { askedForIn, changedParts } from '../core/feedback/task-parts.ts';
import { escapeHtml } from '../core/html.ts';
import type { OwnerId, PortalId } from '../core/model.ts';
import { AppError } from '../errors.ts';
import type { TaskUpdate, UpdateOutcome } from './hubspot-port.ts';
import { afterError, afterUpdate, DONE, orWait, settleEach, type Settlements } from './outbox-settlement.ts';
import { loadPortal } from './person.ts';
import type { Deps } from './ports.ts';
import type { OutboxKind, OutboxRow, Touch } from './records.ts';
import { findTargets, type TaskTarget } from './task-targets.ts';
import { isOpen } from './touch-outbox.ts';
import { ANSWERS_LOOKED_AT, textOfTouch } from './touch-text.ts';

export const TASK_CHANGES: readonly OutboxKind[] = [
  'completeTask',
  'reopenTask',
  'moveTask',
  'describeTask',
  'archiveTask',
  'closeRepNotice',
];

type Change = Omit<TaskUpdate, 'taskId'>;

/**
 * Changes and archives tasks, all of these rows together: one input a task, whatever was asked for it, in the order of the rows.
 * Repeating it is harmless. What is archived needs no other change.
 * @throws not_installed
 */
export async function deliverTaskChanges(
  deps: Deps,
  portalId: PortalId,
  rows: readonly OutboxRow[],
): Promise<Settlements> {
  const { targets, settled } = await findTargets(deps, portalId, rows);
  const leaving = new Set(
    targets.filter(({ row }) => row.kind === 'archiveTask').map(({ taskId }) => taskId),
  );
  const archived = await archiveTogether(
    deps,
    portalId,
    targets.filter(({ taskId }) => leaving.has(taskId)),
  );
  const staying = targets.filter(({ taskId }) => !leaving.has(taskId));
  const updated = await orWait(
    deps,
    staying.map(({ row }) => row),
    () => updateTogether(deps, portalId, staying),
  );
  return new Map([...settled, ...archived, ...updated]);
}

/** One call; where HubSpot refuses all of them together, one for each. */
async function archiveTogether(
  deps: Deps,
  portalId: PortalId,
  targets: readonly TaskTarget[],
): Promise<Settlements> {
  const taskIds = [...new Set(targets.map(({ taskId }) => taskId))];
  if (taskIds.length === 0) return new Map();
  const rows = targets.map(({ row }) => row);
  try {
    await deps.hubspot.archiveTasks(portalId, taskIds);
    return settleEach(rows, () => DONE);
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'not_installed') throw error;
    const isRefused = error.code === 'hubspot_rejected' || error.code === 'not_found';
    if (!isRefused || taskIds.length === 1) return settleEach(rows, (row) => afterError(deps, row, error));
  }
  const settled: Settlements[] = [];
  for (const taskId of taskIds) {
    const one = targets.filter((target) => target.taskId === taskId);
    settled.push(await archiveTogether(deps, portalId, one));
  }
  return new Map(settled.flatMap((each) => [...each]));
}

async function updateTogether(
  deps: Deps,
  portalId: PortalId,
  targets: readonly TaskTarget[],
): Promise<Settlements> {
  if (targets.length === 0) return new Map();
  const texts = await textsOf(deps, portalId, targets);
  const changes = new Map<string, Change>();
  for (const { row, taskId } of targets)
    changes.set(taskId, { ...changes.get(taskId), ...changeOf(row, texts) });
  const updates = [...changes]
    .filter(([, change]) => Object.keys(change).length > 0)
    .map(([taskId, change]) => ({ taskId, ...change }));
  const outcomes = updates.length === 0 ? [] : await deps.hubspot.updateTasks(portalId, updates);
  const outcomeOf = new Map(updates.map(({ taskId }, at) => [taskId, outcomes[at]]));
  await noteOwners(deps, portalId, targets, changes, outcomeOf);
  await closeCompleted(deps, portalId, targets, outcomeOf);
  return new Map(
    targets.map(({ row, taskId }) => [
      row.outboxId,
      // Its text says all that it is to say, or is a person's.
      outcomeOf.has(taskId) ? afterUpdate(deps, row, outcomeOf.get(taskId)) : DONE,
    ]),
  );
}

type Texts = ReadonlyMap<string, Change>;

function changeOf({ kind, subject, payload }: OutboxRow, texts: Texts): Change {
  switch (kind) {
    case 'completeTask':
    case 'closeRepNotice':
      return { completed: true };
    case 'reopenTask':
      return { completed: false };
    case 'describeTask':
      return texts.get(subject) ?? {};
    default: {
      const { dueAt, ownerId } = payload as { dueAt?: string; ownerId?: OwnerId | null };
      return {
        ...(dueAt === undefined ? {} : { dueAt: new Date(dueAt) }),
        ...(ownerId === undefined ? {} : { ownerId }),
      };
    }
  }
}

/**
 * What of the tasks' texts is to change, from what is known now: no name waits in the outbox for its contact to be erased. Read
 * before it is written, since what a person typed there stays.
 */
async function textsOf(deps: Deps, portalId: PortalId, targets: readonly TaskTarget[]): Promise<Texts> {
  const described = targets.filter(({ row, touch }) => row.kind === 'describeTask' && touch !== null);
  const touches = described.flatMap(({ touch }) => touch ?? []);
  if (touches.length === 0) return new Map();
  const current = await deps.hubspot.readTaskTexts(
    portalId,
    described.map(({ taskId }) => taskId),
  );
  const ids = touches.map(({ companyId }) => companyId);
  return deps.store.inTenant(portalId, async (scope) => {
    const context = await loadPortal(deps, scope);
    const companies = await deps.store.companies.findMany(scope, ids);
    const byId = new Map(companies.map((company) => [company.companyId, company]));
    const contacts = await deps.store.companies.contactsOf(scope, ids);
    const heard = await deps.store.checkIns.lastHeard(scope, ids, ANSWERS_LOOKED_AT);
    const changeFor = (touch: Touch, taskId: string): Change => {
      const { companyId } = touch;
      const known = contacts.get(companyId) ?? [];
      const now = current.get(taskId);
      if (now === undefined || (!isOpen(touch) && namesOneOf(now.bodyHtml, known))) return {};
      const company = byId.get(companyId) ?? null;
      const ours = textOfTouch(context, company, known, heard.get(companyId) ?? [], touch);
      const change = changedParts(now, ours);
      const isMarked = context.portal.taskKeyMode !== 'unique' && change.bodyHtml !== undefined;
      return isMarked ? { ...change, key: touch.key } : change;
    };
    return new Map(
      described.flatMap(({ taskId, touch }) =>
        touch === null ? [] : [[touch.touchId, changeFor(touch, taskId)]],
      ),
    );
  });
}

/** A call of the past keeps whom it was about while they are known; who was erased is not. */
function namesOneOf(bodyHtml: string, known: readonly { readonly name: string }[]): boolean {
  const name = askedForIn(bodyHtml);
  return name === null || known.some((contact) => escapeHtml(contact.name) === name);
}

/** Whose the tasks are from now on: what HubSpot says of them later is compared with it. */
async function noteOwners(
  deps: Deps,
  portalId: PortalId,
  targets: readonly TaskTarget[],
  changes: ReadonlyMap<string, Change>,
  outcomeOf: ReadonlyMap<string, UpdateOutcome | undefined>,
): Promise<void> {
  const written = targets.flatMap(({ row, taskId, touch }) => {
    const taskOwnerId = changes.get(taskId)?.ownerId;
    const isWritten = row.kind === 'moveTask' && outcomeOf.get(taskId)?.result === 'done';
    return touch === null || taskOwnerId === undefined || !isWritten
      ? []
      : [{ touchId: touch.touchId, taskOwnerId }];
  });
  if (written.length === 0) return;
  await deps.store.inTenant(portalId, (scope) => deps.store.touches.noteTaskOwners(scope, written));
}

/** A touch whose task was completed, or is gone, is no call to be made any more. */
async function closeCompleted(
  deps: Deps,
  portalId: PortalId,
  targets: readonly TaskTarget[],
  outcomeOf: ReadonlyMap<string, UpdateOutcome | undefined>,
): Promise<void> {
  const completed = targets.filter(({ row, taskId, touch }) => {
    const result = outcomeOf.get(taskId)?.result;
    return (
      row.kind === 'completeTask' && touch?.state === 'created' && (result === 'done' || result === 'missing')
    );
  });
  if (completed.length === 0) return;
  // In the order in which everybody locks touches.
  const inOrder = completed.toSorted((one, other) => (one.row.subject < other.row.subject ? -1 : 1));
  await deps.store.inTenant(portalId, async (scope) => {
    for (const { row } of inOrder) {
      const touch = await deps.store.touches.findForUpdate(scope, row.subject);
      if (touch?.state === 'created') await deps.store.touches.update(scope, row.subject, { state: 'done' });
    }
  });
}
