import { sql } from 'kysely';
import type { TenantScope, Touch, TouchOutcome } from '../usecases/records.ts';
import type { TouchStore } from '../usecases/touch-port.ts';
import { slices, toJson } from './json.ts';
import { TOUCH_COLUMNS } from './touch-columns.ts';
import { txOf } from './transact.ts';

/**
 * An outcome that nobody reported by then is looked into: longer than the lease of who sent it, so that nobody sends any more, and
 * with a worker's tick on top still within a minute.
 */
export const UNKNOWN_AFTER_MS = 50_000;

/** A touch that must wait is freed by what it waits for; where that crossed its claim, it is looked at again after so long. */
const MUST_WAIT_MS = 15_000;

/** How planned touches become tasks: claim, then one outcome each, written only under the fence of the claim. */
export const sendingMethods: Pick<TouchStore, 'claimForSending' | 'freeAfter' | 'unknown' | 'settle'> = {
  claimForSending: async (scope, now, limit) => {
    for (;;) {
      const taken = await takePlanned(scope, now, limit);
      const claimed = taken.filter(({ state }) => state === 'sending');
      if (claimed.length > 0 || taken.length === 0) return claimed.sort(byDue);
    }
  },
  freeAfter: async (scope, olderIds, now) => {
    const freed = await sql`
      WITH waiting AS MATERIALIZED (
        SELECT t.touch_id FROM touches older
          JOIN touches t ON t.portal_id = older.portal_id AND t.company_id = older.company_id
        WHERE older.portal_id = ${scope.portalId}::bigint AND older.touch_id = ANY(${[...olderIds]}::text[])
          AND t.state = 'planned' AND t.reason IS NULL AND t.not_before > ${now}::timestamptz
        ORDER BY t.touch_id FOR UPDATE OF t SKIP LOCKED)
      UPDATE touches t SET not_before = ${now}::timestamptz FROM waiting w
      WHERE t.portal_id = ${scope.portalId}::bigint AND t.touch_id = w.touch_id`.execute(txOf(scope));
    return Number(freed.numAffectedRows ?? 0);
  },
  unknown: async (scope, now, limit) => {
    const taken = await dueTouches(scope, 'sending', now, limit)
      .updateTable('touches')
      .set((by) => ({
        fence: by('fence', '+', 1),
        inDoubtSince: by.fn.coalesce('inDoubtSince', 'sentAt'),
        notBefore: new Date(now.getTime() + UNKNOWN_AFTER_MS),
      }))
      .where('portalId', '=', scope.portalId)
      .where('touchId', 'in', (by) => by.selectFrom('due').select('due.touchId'))
      .returning(TOUCH_COLUMNS)
      .execute();
    return taken.sort(byDue);
  },
  settle: async (scope, outcomes) => {
    let matched = 0;
    for (const slice of slices(outcomes)) matched += await settleSlice(scope, slice);
    return matched;
  },
};

/**
 * The next planned touches that are due: those that may be sent become `sending`, those that must wait are looked at again a
 * little later, so that they do not stay due.
 */
function takePlanned(scope: TenantScope, now: Date, limit: number): Promise<Touch[]> {
  return dueTouches(scope, 'planned', now, limit)
    .with(
      (name) => name('checked').materialized(),
      (db) =>
        db
          .selectFrom('touches')
          .innerJoin('due', 'due.touchId', 'touches.touchId')
          .select(['touches.touchId as checkedId', MUST_WAIT.as('mustWait')])
          .where('touches.portalId', '=', scope.portalId),
    )
    .updateTable('touches')
    .from('checked')
    .set({
      state: sql`CASE WHEN must_wait THEN state ELSE 'sending' END`,
      fence: sql`fence + CASE WHEN must_wait THEN 0 ELSE 1 END`,
      sendAttempts: sql`send_attempts + CASE WHEN must_wait THEN 0 ELSE 1 END`,
      sentAt: sql`CASE WHEN must_wait THEN sent_at ELSE ${now}::timestamptz END`,
      taskOwnerId: sql`CASE WHEN must_wait THEN task_owner_id ELSE caller_owner_id END`,
      notBefore: sql`CASE WHEN must_wait THEN ${new Date(now.getTime() + MUST_WAIT_MS)}::timestamptz
        ELSE ${new Date(now.getTime() + UNKNOWN_AFTER_MS)}::timestamptz END`,
    })
    .where('portalId', '=', scope.portalId)
    .whereRef('touchId', '=', 'checkedId')
    .returning(TOUCH_COLUMNS)
    .execute();
}

/**
 * No task for a company that left the program, and none while an older one of the same company is on its way out of HubSpot: one
 * open task a company. Each state by itself, since the indexes of the outbox are of one state each.
 */
const MUST_WAIT = sql<boolean>`(
  EXISTS (SELECT FROM companies c
    WHERE c.portal_id = touches.portal_id AND c.company_id = touches.company_id AND NOT c.in_scope)
  OR EXISTS (SELECT FROM touches older JOIN outbox o ON o.portal_id = older.portal_id AND o.subject = older.touch_id
    WHERE older.portal_id = touches.portal_id AND older.company_id = touches.company_id
      AND older.touch_id <> touches.touch_id AND o.kind = 'archiveTask' AND o.state = 'planned')
  OR EXISTS (SELECT FROM touches older JOIN outbox o ON o.portal_id = older.portal_id AND o.subject = older.touch_id
    WHERE older.portal_id = touches.portal_id AND older.company_id = touches.company_id
      AND older.touch_id <> touches.touch_id AND o.kind = 'archiveTask' AND o.state = 'sending'))`;

/** Materialized: as a plain subquery it could be run again for each row, each time with the next ones that are not locked. */
function dueTouches(scope: TenantScope, state: 'planned' | 'sending', now: Date, limit: number) {
  return txOf(scope).with(
    (name) => name('due').materialized(),
    (db) =>
      db
        .selectFrom('touches')
        .select('touchId')
        .where('portalId', '=', scope.portalId)
        .where('state', '=', state)
        .where('wakeAt', '<=', now)
        .orderBy('dueOn')
        .orderBy('touchId')
        .limit(limit)
        .forUpdate()
        .skipLocked(),
  );
}

const byDue = (a: Touch, b: Touch): number =>
  a.dueOn.localeCompare(b.dueOn) || (a.touchId < b.touchId ? -1 : 1);

/** A touch that left `sending` meanwhile (canceled, done) keeps its state but learns its task's id, so that the task is found. */
async function settleSlice(scope: TenantScope, outcomes: readonly TouchOutcome[]): Promise<number> {
  const settled = await sql`
    UPDATE touches t SET
      state = CASE WHEN t.state = 'sending' THEN o."to" ELSE t.state END,
      task_id = coalesce(o."taskId", t.task_id),
      reason = CASE WHEN t.state = 'sending' THEN o.reason ELSE t.reason END,
      not_before = CASE WHEN t.state = 'sending' THEN o."notBefore" ELSE t.not_before END
    FROM jsonb_to_recordset(${toJson(outcomes)}::jsonb) AS o("touchId" text, fence bigint, "to" text, "taskId" text,
      reason text, "notBefore" timestamptz)
    WHERE t.portal_id = ${scope.portalId}::bigint AND t.touch_id = o."touchId" AND t.fence = o.fence`.execute(
    txOf(scope),
  );
  return Number(settled.numAffectedRows ?? 0);
}
