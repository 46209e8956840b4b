import type { PortalId } from '../core/model.ts';
import { AppError } from '../errors.ts';
import type { Deps } from './ports.ts';
import type { OutboxRow } from './records.ts';

type Settlement = Parameters<Deps['store']['outbox']['settle']>[2];

/**
 * Takes the known tasks among these rows out of HubSpot in one call: a quarter's turn archives thousands. Returns what became of
 * the rows by id; those that are missing there are delivered one by one.
 * @param afterError what becomes of a row after a failure of the whole call
 * @throws not_installed
 */
export async function archiveTogether(
  deps: Deps,
  portalId: PortalId,
  rows: readonly OutboxRow[],
  afterError: (row: OutboxRow, error: AppError) => Settlement,
): Promise<ReadonlyMap<string, Settlement>> {
  const taskIdOf = await knownTasks(deps, portalId, rows);
  const together = rows.filter(({ outboxId }) => taskIdOf.has(outboxId));
  if (together.length < 2) return new Map();
  try {
    await deps.hubspot.archiveTasks(portalId, [...taskIdOf.values()]);
    return new Map(together.map(({ outboxId }) => [outboxId, { state: 'done' }]));
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'not_installed') throw error;
    if (error.code === 'hubspot_rejected' || error.code === 'not_found') return new Map();
    return new Map(together.map((row) => [row.outboxId, afterError(row, error)]));
  }
}

function knownTasks(
  deps: Deps,
  portalId: PortalId,
  rows: readonly OutboxRow[],
): Promise<ReadonlyMap<string, string>> {
  return deps.store.inTenant(portalId, async (scope) => {
    const taskIdOf = new Map<string, string>();
    for (const { kind, outboxId, subject } of rows) {
      if (kind !== 'archiveTask') continue;
      const touch = await deps.store.touches.find(scope, subject);
      if (touch?.taskId != null) taskIdOf.set(outboxId, touch.taskId);
    }
    return taskIdOf;
  });
}
