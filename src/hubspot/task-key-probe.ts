import { randomBytes } from 'node:crypto';
import type { PortalId } from '../core/model.ts';
import type { TaskDraft, TaskKeyMode } from '../usecases/hubspot-port.ts';
import type { Clock } from '../usecases/ports.ts';
import { toAppError } from './outcome.ts';
import type { PortalClient } from './portal-client.ts';
import { ensureTouchKeyProperty } from './properties.ts';
import { findTasksByKey } from './task-keys.ts';
import { archiveTasks, createTasks } from './tasks.ts';

/**
 * Finds out whether this account can hold unique keys on tasks: creates the property, one task with a key, and tries a second
 * task with the same key, which must be refused. Every probe task is archived again. Anything but a clear yes is `ledger`.
 * Throws hubspot_unavailable, hubspot_throttled, outcome_unknown, not_installed where no answer could be had.
 * @param onTask called once a probe task is in HubSpot, or may be
 */
export async function probeTaskKeyMode(
  client: PortalClient,
  clock: Clock,
  portalId: PortalId,
  onTask: () => void = () => undefined,
): Promise<TaskKeyMode> {
  if (!(await ensureTouchKeyProperty(client, portalId))) return 'ledger';
  const draft = probeDraft(clock);
  const probeIds = new Set<string>();
  const create = () => createProbe(client, portalId, draft, probeIds, onTask);
  try {
    return (await isKeyUnique(client, portalId, draft.key, probeIds, create)) ? 'unique' : 'ledger';
  } finally {
    if (probeIds.size > 0) await archiveTasks(client, portalId, [...probeIds]);
  }
}

async function isKeyUnique(
  client: PortalClient,
  portalId: PortalId,
  key: string,
  probeIds: Set<string>,
  create: () => Promise<'created' | 'refused'>,
): Promise<boolean> {
  if ((await create()) === 'refused') return false;
  if ((await create()) === 'created') return false;
  const found = await findProbe(client, portalId, key);
  for (const id of found) probeIds.add(id);
  return found.length === 1;
}

async function createProbe(
  client: PortalClient,
  portalId: PortalId,
  draft: TaskDraft,
  probeIds: Set<string>,
  onTask: () => void,
): Promise<'created' | 'refused'> {
  const [outcome] = await createTasks(client, portalId, 'unique', [draft]);
  if (outcome?.result !== 'notSent' && outcome?.result !== 'rejected') onTask();
  if (outcome?.result === 'created') {
    probeIds.add(outcome.id);
    return 'created';
  }
  if (outcome?.result === 'rejected') return 'refused';
  if (outcome?.result === 'notSent') throw toAppError({ kind: 'unavailable', ...outcome }, 'probe');
  // Refused as a conflict, or lost on the way: a task that can be read by its key tells which.
  const found = await findProbe(client, portalId, draft.key);
  if (found.length === 0) throw toAppError({ kind: 'unknown', reason: 'probe not found' }, 'probe');
  const isNew = found.some((id) => !probeIds.has(id));
  for (const id of found) probeIds.add(id);
  return isNew ? 'created' : 'refused';
}

async function findProbe(client: PortalClient, portalId: PortalId, key: string): Promise<readonly string[]> {
  const found = await findTasksByKey(client, portalId, 'unique', [{ key, companyId: null }]);
  return found.get(key) ?? [];
}

function probeDraft(clock: Clock): TaskDraft {
  return {
    key: `probe${randomBytes(12).toString('hex')}`,
    companyId: null,
    ownerId: null,
    subject: 'Service check-in set-up test',
    bodyHtml: '<p>Made and removed by Service check-in while it is set up.</p>',
    dueAt: clock.now(),
    type: 'TODO',
    priority: 'LOW',
  };
}
