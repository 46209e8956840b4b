import { sql } from 'kysely';
import { TOUCH_STATES, type CompanyId, type CycleLabel } from '../core/model.ts';
import type { NewTouch, TenantScope, Touch } from '../usecases/records.ts';
import type { TouchStore } from '../usecases/touch-port.ts';
import { attemptMethods } from './attempts.ts';
import { cycleMethods } from './cycles.ts';
import { slices, toJson } from './json.ts';
import { parkedMethods } from './parked-touches.ts';
import { releaseMethods } from './release-times.ts';
import { runFigureMethods } from './run-figures.ts';
import { sendingMethods } from './sending.ts';
import { TOUCH_COLUMNS } from './touch-columns.ts';
import { lookupMethods } from './touch-lookups.ts';
import { txOf } from './transact.ts';

export const touches: TouchStore = {
  ...cycleMethods,
  ...runFigureMethods,
  ...sendingMethods,
  ...attemptMethods,
  ...lookupMethods,
  ...parkedMethods,
  ...releaseMethods,
  plan: async (scope, planned) => {
    let added = 0;
    for (const slice of slices(planned)) added += await insertPlanned(scope, slice);
    return added;
  },
  find: async (scope, touchId) => (await byId(scope, touchId).executeTakeFirst()) ?? null,
  findForUpdate: async (scope, touchId) =>
    (await byId(scope, touchId).forUpdate().executeTakeFirst()) ?? null,
  findByTask: async (scope, taskId) =>
    (await of(scope).where('taskId', '=', taskId).executeTakeFirst()) ?? null,
  ofCompany: async (scope, companyId, cycle) =>
    (await newestTouch(scope, companyId, cycle).executeTakeFirst()) ?? null,
  update: async (scope, touchId, change) => {
    if (Object.keys(change).length === 0) return;
    const rows = txOf(scope).updateTable('touches').set(change).where('portalId', '=', scope.portalId);
    await rows.where('touchId', '=', touchId).execute();
  },
  inState: (scope, state, afterTouchId, limit) =>
    of(scope)
      .where('state', '=', state)
      .$if(afterTouchId !== null, (rows) => rows.where('touchId', '>', afterTouchId ?? ''))
      .orderBy('touchId')
      .limit(limit)
      .execute(),
  ofCycleInStates: (scope, cycle, states, limit) =>
    of(scope)
      .where('cycle', '=', cycle)
      .where('state', 'in', states)
      .orderBy('dueOn')
      .orderBy('touchId')
      .limit(limit)
      .execute(),
  overdue: (scope, cycle, today, limit) =>
    of(scope)
      .where('cycle', '=', cycle)
      .where('state', 'in', ['planned', 'created'])
      .where('dueOn', '<', today)
      .where('movedByPerson', '=', false)
      .orderBy('dueOn')
      .orderBy('touchId')
      .limit(limit)
      .forUpdate()
      .skipLocked()
      .execute(),
  countByState: async (scope, cycle) => {
    const rows = await txOf(scope)
      .selectFrom('touches')
      .select((by) => ['state', by.fn.countAll<number>().as('touches')] as const)
      .where('portalId', '=', scope.portalId)
      .where('cycle', '=', cycle)
      .groupBy('state')
      .execute();
    const counts = new Map(rows.map((row) => [row.state, row.touches]));
    return Object.fromEntries(TOUCH_STATES.map((state) => [state, counts.get(state) ?? 0])) as Record<
      Touch['state'],
      number
    >;
  },
  load: (scope, cycle) =>
    txOf(scope)
      .selectFrom('touches')
      .select((by) => ['callerUserId', 'dueOn', by.fn.countAll<number>().as('touches')] as const)
      .where('portalId', '=', scope.portalId)
      .where('cycle', '=', cycle)
      .where('state', 'not in', ['canceled', 'missed'])
      .groupBy(['callerUserId', 'dueOn'])
      .orderBy('callerUserId')
      .orderBy('dueOn')
      .execute(),
};

function of(scope: TenantScope) {
  return txOf(scope).selectFrom('touches').select(TOUCH_COLUMNS).where('portalId', '=', scope.portalId);
}

/** The one to go by: a continuity call where there is one. */
export function newestTouch(scope: TenantScope, companyId: CompanyId, cycle: CycleLabel) {
  return of(scope)
    .where('companyId', '=', companyId)
    .where('cycle', '=', cycle)
    .orderBy(sql`kind = 'continuity'`, 'desc')
    .orderBy('seq', 'desc')
    .limit(1);
}

function byId(scope: TenantScope, touchId: string) {
  return of(scope).where('touchId', '=', touchId);
}

async function insertPlanned(scope: TenantScope, planned: readonly NewTouch[]): Promise<number> {
  const inserted = await sql`
    INSERT INTO touches (portal_id, touch_id, company_id, cycle, kind, key, caller_user_id, caller_owner_id, contact_id,
      due_on, first_due_on, due_half, release_at, program_version)
    SELECT ${scope.portalId}::bigint, r."touchId", r."companyId", r.cycle, r.kind, r.key, r."callerUserId",
      r."callerOwnerId", r."contactId", r."dueOn", r."dueOn", r."dueHalf", r."releaseAt", r."programVersion"
    FROM jsonb_to_recordset(${toJson(planned)}::jsonb) AS r("touchId" text, "companyId" text, cycle text, kind text,
      key text, "callerUserId" bigint, "callerOwnerId" text, "contactId" text, "dueOn" date, "dueHalf" text,
      "releaseAt" timestamptz, "programVersion" integer)
    ON CONFLICT (portal_id, company_id, cycle, kind) DO NOTHING`.execute(txOf(scope));
  return Number(inserted.numAffectedRows ?? 0);
}
