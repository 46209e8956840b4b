import { asOwnerId, type CompanyId, type PortalId } from '../core/model.ts';
import type {
  CreateOutcome,
  TaskDraft,
  TaskKeyMode,
  TaskState,
  TaskUpdate,
  UpdateOutcome,
} from '../usecases/hubspot-port.ts';
import { objectPath, TASK_TO_COMPANY, TOUCH_KEY_PROPERTY } from './api-version.ts';
import { MAX_BATCH, updateRecords } from './batch.ts';
import { createRecords, referenceIn, withReference } from './create-records.ts';
import { readRecords } from './objects.ts';
import { bodyOrThrow } from './outcome.ts';
import type { PortalClient } from './portal-client.ts';
import type { HubSpotRecord } from './schemas.ts';
import { chunksOf, instantOf, textOf } from './values.ts';

export const STATE_PROPERTIES = [
  'hubspot_owner_id',
  'hs_task_status',
  'hs_task_completion_date',
  'hs_timestamp',
  'hs_lastmodifieddate',
] as const;

/**
 * Creates up to 100 tasks in one batch; one outcome a draft, in the drafts' order. Throws not_installed and internal
 * before anything left, nothing afterwards.
 */
export function createTasks(
  client: PortalClient,
  portalId: PortalId,
  mode: TaskKeyMode,
  drafts: readonly TaskDraft[],
  mayStillLeave?: () => boolean,
): Promise<readonly CreateOutcome[]> {
  return createRecords(client, portalId, 'tasks', drafts, {
    mode,
    bodyProperty: 'hs_task_body',
    priority: 'run',
    mayStillLeave,
    inputOf: (draft) => taskInput(mode, draft),
  });
}

function taskInput(mode: TaskKeyMode, draft: TaskDraft): Record<string, unknown> {
  const properties = {
    hs_timestamp: draft.dueAt.toISOString(),
    hs_task_subject: draft.subject,
    hs_task_body: mode === 'ledger' ? withReference(draft.bodyHtml, draft.key) : draft.bodyHtml,
    hs_task_status: 'NOT_STARTED',
    hs_task_type: draft.type,
    hs_task_priority: draft.priority,
    ...(draft.ownerId === null ? {} : { hubspot_owner_id: draft.ownerId }),
    ...(mode === 'unique' ? { [TOUCH_KEY_PROPERTY]: draft.key } : {}),
  };
  return draft.companyId === null
    ? { properties }
    : { properties, associations: [linkTo(draft.companyId, TASK_TO_COMPANY)] };
}

/** An association written together with the record, so that there is never a record without it. */
export function linkTo(companyId: CompanyId, associationTypeId: number): Record<string, unknown> {
  return { to: { id: companyId }, types: [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId }] };
}

/** State of the tasks that exist, by id. Throws like `PortalClient.read`. */
export async function readTasks(
  client: PortalClient,
  portalId: PortalId,
  taskIds: readonly string[],
): Promise<ReadonlyMap<string, TaskState>> {
  const options = { properties: STATE_PROPERTIES, priority: 'run' as const };
  const records = await readRecords(client, portalId, 'tasks', taskIds, options);
  return new Map([...records].map(([id, record]) => [id, toTaskState(id, record)]));
}

/** What the tasks that exist say, by id. Throws like `PortalClient.read`. */
export async function readTaskTexts(
  client: PortalClient,
  portalId: PortalId,
  taskIds: readonly string[],
): Promise<ReadonlyMap<string, { readonly subject: string; readonly bodyHtml: string }>> {
  const options = { properties: ['hs_task_subject', 'hs_task_body'], priority: 'run' as const };
  const records = await readRecords(client, portalId, 'tasks', taskIds, options);
  const textIn = (record: HubSpotRecord) => ({
    subject: textOf(record, 'hs_task_subject') ?? '',
    bodyHtml: textOf(record, 'hs_task_body') ?? '',
  });
  return new Map([...records].map(([id, record]) => [id, textIn(record)]));
}

/** What a task's record says of its state; it holds STATE_PROPERTIES. */
export function toTaskState(taskId: string, record: HubSpotRecord): TaskState {
  const ownerId = textOf(record, 'hubspot_owner_id');
  return {
    taskId,
    ownerId: ownerId === null ? null : asOwnerId(ownerId),
    completed: textOf(record, 'hs_task_status') === 'COMPLETED',
    completedAt: instantOf(textOf(record, 'hs_task_completion_date')),
    dueAt: instantOf(textOf(record, 'hs_timestamp')),
    lastModifiedAt: instantOf(textOf(record, 'hs_lastmodifieddate')),
  };
}

/** Changes tasks; one outcome a change, in order. Harmless when repeated. Throws not_installed. */
export function updateTasks(
  client: PortalClient,
  portalId: PortalId,
  updates: readonly TaskUpdate[],
): Promise<readonly UpdateOutcome[]> {
  const items = updates.map((update) => ({ id: update.taskId, properties: changesOf(update) }));
  return updateRecords(client, portalId, 'tasks', items);
}

function changesOf(update: TaskUpdate): Readonly<Record<string, string>> {
  return {
    ...(update.completed === undefined
      ? {}
      : { hs_task_status: update.completed ? 'COMPLETED' : 'NOT_STARTED' }),
    ...(update.ownerId === undefined ? {} : { hubspot_owner_id: update.ownerId ?? '' }),
    ...(update.dueAt === undefined ? {} : { hs_timestamp: update.dueAt.toISOString() }),
    ...(update.subject === undefined ? {} : { hs_task_subject: update.subject }),
    ...(update.bodyHtml === undefined ? {} : { hs_task_body: bodyOf(update.bodyHtml, update.key) }),
  };
}

/** The reference line is how the task is found again where no property carries its key: it outlives every new text. */
function bodyOf(bodyHtml: string, key: string | undefined): string {
  return key === undefined || referenceIn(bodyHtml) === key ? bodyHtml : withReference(bodyHtml, key);
}

/**
 * Moves tasks to HubSpot's recycle bin; one that is there already is fine, and does not keep the others from it: what a missing
 * one among many means for them is not documented, so they are then sent one by one. Throws hubspot_rejected,
 * outcome_unknown, hubspot_unavailable, hubspot_throttled, not_installed.
 */
export async function archiveTasks(
  client: PortalClient,
  portalId: PortalId,
  taskIds: readonly string[],
): Promise<void> {
  for (const chunk of chunksOf([...new Set(taskIds)], MAX_BATCH)) {
    const areAllThere = await archiveChunk(client, portalId, chunk);
    if (areAllThere || chunk.length === 1) continue;
    for (const taskId of chunk) await archiveChunk(client, portalId, [taskId]);
  }
}

/** Returns false where HubSpot says that one of them is not there. */
async function archiveChunk(
  client: PortalClient,
  portalId: PortalId,
  taskIds: readonly string[],
): Promise<boolean> {
  const what = 'archive tasks';
  const outcome = await client.write(portalId, {
    what,
    method: 'POST',
    path: objectPath('tasks', 'batch', 'archive'),
    json: { inputs: taskIds.map((id) => ({ id })) },
    priority: 'run',
  });
  if (outcome.kind === 'rejected' && outcome.status === 404) return false;
  bodyOrThrow(outcome, what);
  return true;
}
