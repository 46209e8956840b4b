import { checkInNote, repNoticeTask } from '../core/feedback/task-text.ts';
import { startOfDay, localDayOf } from '../core/cadence/calendar.ts';
import type { CompanyId, OwnerId, PortalId, TouchState } from '../core/model.ts';
import { AppError } from '../errors.ts';
import { archiveTogether } from './archive-together.ts';
import type { CompanyProperties, CreateOutcome } from './hubspot-port.ts';
import { loadPortal, nameOfUser } from './person.ts';
import type { Deps } from './ports.ts';
import { prepareWrites } from './prepare-writes.ts';
import { undoUntil } from './undo-window.ts';
import { RECONCILE_WAIT_MS } from './resolve-touches.ts';
import { UNKNOWN_OUTCOME, type OutboxRow, type Touch } from './records.ts';
import { mayHaveTask } from './touch-outbox.ts';

/** HubSpot takes at most 100 inputs in a batch. */
const BATCH = 100;
const UNKNOWN_REST_MS = 60_000;
const LONGEST_WAIT_MS = 3_600_000;
const NO_TASK_YET_MS = 60_000;
/** The sender, or the search for an unknown outcome, will tell. */
const IS_UNDER_WAY: readonly TouchState[] = ['planned', 'sending'];

type Settlement = Parameters<Deps['store']['outbox']['settle']>[2];

/**
 * Carries every other write to HubSpot: task changes, notes, the company's properties, a rep's notice. Each row is committed
 * as being sent before a byte leaves; what can be repeated is repeated, what cannot is looked for by its key first.
 */
export async function deliverOutbox(deps: Deps, portalId: PortalId): Promise<void> {
  if (!(await isReadyForWrites(deps, portalId))) return;
  for (;;) {
    const rows = await deps.store.inTenant(portalId, (scope) =>
      deps.store.outbox.claim(scope, deps.clock.now(), BATCH),
    );
    const archived = await archiveTogether(deps, portalId, rows, (row, error) =>
      settlementAfter(deps, row, error),
    );
    await settle(deps, portalId, archived);
    for (const row of rows) {
      if (archived.has(row.outboxId)) continue;
      const settlement = await deliverOrWait(deps, portalId, row);
      await settle(deps, portalId, new Map([[row.outboxId, settlement]]));
    }
    if (rows.length < BATCH) return;
  }
}

function settle(deps: Deps, portalId: PortalId, settlements: ReadonlyMap<string, Settlement>): Promise<void> {
  return deps.store.inTenant(portalId, async (scope) => {
    for (const [outboxId, settlement] of settlements)
      await deps.store.outbox.settle(scope, outboxId, settlement);
  });
}

/** Nothing is written before *Start*; after it, never before the company's fields are there. */
async function isReadyForWrites(deps: Deps, portalId: PortalId): Promise<boolean> {
  await prepareWrites(deps, portalId);
  const portal = await deps.store.inTenant(portalId, (scope) => deps.store.portals.find(scope));
  return portal !== null && portal.startedAt !== null;
}

async function deliverOrWait(deps: Deps, portalId: PortalId, row: OutboxRow): Promise<Settlement> {
  try {
    return await DELIVER[row.kind](deps, portalId, row);
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'not_installed') throw error;
    return settlementAfter(deps, row, error);
  }
}

/** What it was about is gone: nothing is left to write. Only two codes say that nothing was written; all others may hide a write. */
function settlementAfter(deps: Deps, row: OutboxRow, error: AppError): Settlement {
  if (error.code === 'not_found') return { state: 'done', reason: error.code };
  if (error.code === 'hubspot_rejected') return { state: 'parked', reason: error.message };
  const waitMs = error.retryAfterMs ?? Math.min(5_000 * 2 ** row.attempts, LONGEST_WAIT_MS);
  const wasNotSent = error.code === 'hubspot_throttled' || error.code === 'hubspot_unavailable';
  return wasNotSent ? notSentYet(deps, row, waitMs, error.code) : mayBeThere(deps, waitMs);
}

/** Planned again, unless an earlier send may have arrived: that stays to be looked for. */
function notSentYet(deps: Deps, row: OutboxRow, waitMs: number, reason: string): Settlement {
  if (mayHaveLanded(row)) return mayBeThere(deps, waitMs);
  return { state: 'planned', notBefore: later(deps, waitMs), reason };
}

function mayBeThere(deps: Deps, waitMs: number): Settlement {
  return { state: 'sending', notBefore: later(deps, waitMs), reason: UNKNOWN_OUTCOME };
}

/** An earlier send of this row may have arrived: it is looked for before anything is sent again. */
function mayHaveLanded(row: OutboxRow): boolean {
  return row.reason === UNKNOWN_OUTCOME;
}

type Deliver = (deps: Deps, portalId: PortalId, row: OutboxRow) => Promise<Settlement>;
const DONE: Settlement = { state: 'done' };

const DELIVER: Record<OutboxRow['kind'], Deliver> = {
  completeTask: (deps, portalId, row) =>
    onTask(deps, portalId, row, async (taskId) => {
      await deps.hubspot.updateTasks(portalId, [{ taskId, completed: true }]);
      await deps.store.inTenant(portalId, async (scope) => {
        const touch = await deps.store.touches.find(scope, row.subject);
        if (touch?.state === 'created')
          await deps.store.touches.update(scope, row.subject, { state: 'done' });
      });
    }),
  reopenTask: (deps, portalId, row) =>
    onTask(deps, portalId, row, async (taskId) => {
      await deps.hubspot.updateTasks(portalId, [{ taskId, completed: false }]);
    }),
  moveTask: (deps, portalId, row) =>
    onTask(deps, portalId, row, async (taskId) => {
      const { dueAt, ownerId } = row.payload as { dueAt?: string; ownerId?: string };
      await deps.hubspot.updateTasks(portalId, [
        {
          taskId,
          ...(dueAt === undefined ? {} : { dueAt: new Date(dueAt) }),
          ...(ownerId === undefined ? {} : { ownerId: ownerId as OwnerId }),
        },
      ]);
    }),
  archiveTask: (deps, portalId, row) =>
    onTask(deps, portalId, row, (taskId) => deps.hubspot.archiveTasks(portalId, [taskId])),
  note: deliverNote,
  companyProperties: deliverProperties,
  repNotice: deliverRepNotice,
  closeRepNotice: async (deps, portalId, row) => {
    const { taskId } = row.payload as { taskId: string };
    await deps.hubspot.updateTasks(portalId, [{ taskId, completed: true }]);
    return DONE;
  },
};

/** Changes to a touch's task wait until the task is known, or known not to be. Repeating them is harmless. */
async function onTask(
  deps: Deps,
  portalId: PortalId,
  row: OutboxRow,
  change: (taskId: string) => Promise<void>,
): Promise<Settlement> {
  const touch = await deps.store.inTenant(portalId, (scope) => deps.store.touches.find(scope, row.subject));
  if (touch === null || !mayHaveTask(touch)) return DONE;
  const taskId = touch.taskId ?? (await lookForTask(deps, portalId, touch));
  if (taskId !== null) {
    await change(taskId);
    return DONE;
  }
  return mayStillAppear(deps, touch) ? { state: 'planned', notBefore: later(deps, NO_TASK_YET_MS) } : DONE;
}

/** A touch that was closed while its create was under way: nobody else looks for its task any more. */
async function lookForTask(deps: Deps, portalId: PortalId, touch: Touch): Promise<string | null> {
  if (IS_UNDER_WAY.includes(touch.state)) return null;
  const portal = await deps.store.inTenant(portalId, (scope) => deps.store.portals.find(scope));
  const found = await deps.hubspot.findTasksByKey(portalId, portal?.taskKeyMode ?? 'ledger', [touch]);
  const [taskId] = found.get(touch.key) ?? [];
  if (taskId === undefined) return null;
  await deps.store.inTenant(portalId, (scope) => deps.store.touches.update(scope, touch.touchId, { taskId }));
  return taskId;
}

function mayStillAppear(deps: Deps, { state, sentAt }: Touch): boolean {
  return (
    IS_UNDER_WAY.includes(state) || deps.clock.now() < new Date((sentAt?.getTime() ?? 0) + RECONCILE_WAIT_MS)
  );
}

/** One neutral note a conversation: who talked and when, nothing of what was said or compared. */
async function deliverNote(deps: Deps, portalId: PortalId, row: OutboxRow): Promise<Settlement> {
  const draft = await deps.store.inTenant(portalId, async (scope) => {
    const context = await loadPortal(deps, scope);
    const checkIn = await deps.store.checkIns.find(scope, row.subject);
    if (checkIn?.undoneAt !== null) return null;
    const bodyHtml = checkInNote({
      callerName: nameOfUser(context, checkIn.callerUserId),
      respondentName: checkIn.respondentName,
      happenedOn: checkIn.happenedOn,
      channel: checkIn.channel,
    });
    return { key: row.key, companyId: checkIn.companyId, bodyHtml, at: checkIn.savedAt };
  });
  if (draft === null) return DONE;
  if (mayHaveLanded(row)) {
    const [found] = await deps.hubspot.findNotesByKey(portalId, draft.companyId, row.key);
    if (found !== undefined) return { state: 'done', hubspotId: found };
  }
  return settlementOf(deps, row, await deps.hubspot.createNote(portalId, draft));
}

/** Exactly the product's own properties, as they are now. A check-in that can still be undone does not show yet, nor does its issue. */
async function deliverProperties(deps: Deps, portalId: PortalId, row: OutboxRow): Promise<Settlement> {
  const companyId = row.subject as CompanyId;
  const properties = await deps.store.inTenant(portalId, async (scope): Promise<CompanyProperties> => {
    const { now, cycle } = await loadPortal(deps, scope);
    const newest = await deps.store.checkIns.ofCompany(scope, companyId, 20);
    const checkIns = newest.filter((checkIn) => undoUntil(checkIn) <= now);
    const stillUndoable = new Set(
      newest.filter((checkIn) => undoUntil(checkIn) > now).map(({ checkInId }) => checkInId),
    );
    const issues = (await deps.store.promises.issuesOfCompany(scope, companyId)).filter(
      ({ checkInId }) => checkInId === null || !stillUndoable.has(checkInId),
    );
    const touch = await deps.store.touches.ofCompany(scope, companyId, cycle.label);
    const isOpen = touch !== null && (touch.state === 'planned' || touch.state === 'created');
    return {
      sci_last_check_in: checkIns[0]?.happenedOn ?? null,
      sci_next_due: isOpen ? touch.dueOn : cycle.endsOn,
      sci_wave: checkIns[0]?.wave ?? 0,
      sci_open_issues: issues.filter(({ state }) => state === 'open').length,
      sci_last_no_agenda_touch: checkIns[0]?.happenedOn ?? null,
    };
  });
  await deps.hubspot.updateCompany(portalId, companyId, properties);
  return DONE;
}

/** "Customer words are waiting": no content, at most one a rep a day. */
async function deliverRepNotice(deps: Deps, portalId: PortalId, row: OutboxRow): Promise<Settlement> {
  const { ownerId, onDay } = row.payload as { ownerId: OwnerId; onDay: string };
  const { timeZone, mode } = await deps.store.inTenant(portalId, async (scope) => {
    const { portal } = await loadPortal(deps, scope);
    return { timeZone: portal.timeZone, mode: portal.taskKeyMode ?? ('ledger' as const) };
  });
  if (mayHaveLanded(row)) {
    const found = await deps.hubspot.findTasksByKey(portalId, mode, [{ key: row.key, companyId: null }]);
    const [taskId] = found.get(row.key) ?? [];
    if (taskId !== undefined) return rememberNotice(deps, portalId, ownerId, onDay, taskId);
    if (mode === 'ledger') return { state: 'parked', reason: UNKNOWN_OUTCOME };
  }
  const { subject, bodyHtml } = repNoticeTask();
  const dueAt = startOfDay(localDayOf(deps.clock.now(), timeZone), timeZone);
  const [outcome] = await deps.hubspot.createTasks(portalId, mode, [
    { key: row.key, companyId: null, ownerId, subject, bodyHtml, dueAt, type: 'TODO', priority: 'LOW' },
  ]);
  if (outcome?.result === 'created') return rememberNotice(deps, portalId, ownerId, onDay, outcome.id);
  return settlementOf(deps, row, outcome);
}

async function rememberNotice(
  deps: Deps,
  portalId: PortalId,
  ownerId: OwnerId,
  onDay: string,
  taskId: string,
): Promise<Settlement> {
  await deps.store.inTenant(portalId, (scope) =>
    deps.store.checkIns.updateRepNotice(scope, ownerId, onDay, { taskId }),
  );
  return { state: 'done', hubspotId: taskId };
}

function settlementOf(deps: Deps, row: OutboxRow, outcome: CreateOutcome | undefined): Settlement {
  switch (outcome?.result) {
    case 'created':
      return { state: 'done', hubspotId: outcome.id };
    case 'rejected':
      return { state: 'parked', reason: outcome.reason };
    case 'notSent':
      return notSentYet(deps, row, outcome.retryAfterMs, outcome.reason);
    case 'unknown':
    case undefined:
      return mayBeThere(deps, UNKNOWN_REST_MS);
  }
}

function later(deps: Deps, waitMs: number): Date {
  return new Date(deps.clock.now().getTime() + waitMs);
}
