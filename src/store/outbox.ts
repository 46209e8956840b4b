import { sql } from 'kysely';
import {
  UNKNOWN_OUTCOME,
  type NewOutboxRow,
  type OutboxKind,
  type OutboxRow,
  type TenantScope,
} from '../usecases/records.ts';
import { SENT_AGAIN, UNKNOWN_AGAIN, type OutboxStore, type SettledRow } from '../usecases/delivery-port.ts';
import { slices, toJson } from './json.ts';
import { OUTBOX_COLUMNS, parkedWriteMethods } from './parked-writes.ts';
import { UNKNOWN_AFTER_MS } from './sending.ts';
import { txOf } from './transact.ts';

export const outbox: OutboxStore = {
  add: (scope, row) => addMany(scope, [row]),
  addMany,
  withdraw: async (scope, kind, subject) => {
    const rows = txOf(scope).deleteFrom('outbox').where('portalId', '=', scope.portalId);
    await rows
      .where('kind', '=', kind)
      .where('subject', '=', subject)
      .where('state', '=', 'planned')
      .execute();
  },
  claim: async (scope, now, limit, kinds) => {
    await holdBackFollowers(scope, now);
    const claimed = await dueRows(scope, now, limit, kinds ?? null)
      .updateTable('outbox')
      .set((by) => ({
        state: 'sending',
        attempts: by('attempts', '+', 1),
        // Whoever looks for what was sent has to know when that was.
        sentAt: sql<Date>`CASE WHEN state = 'sending' THEN sent_at ELSE ${now}::timestamptz END`,
        notBefore: new Date(now.getTime() + UNKNOWN_AFTER_MS),
        // Nobody told what became of a row that is still being sent.
        reason: sql<string | null>`CASE WHEN state <> 'sending' THEN reason
          WHEN reason IN (${SENT_AGAIN}, ${UNKNOWN_AGAIN}) THEN ${UNKNOWN_AGAIN} ELSE ${UNKNOWN_OUTCOME} END`,
      }))
      .where('portalId', '=', scope.portalId)
      .where('outboxId', 'in', (by) => by.selectFrom('due').select('due.outboxId'))
      .returning([...OUTBOX_COLUMNS, 'seq'])
      .execute();
    return claimed.sort((a, b) => a.seq - b.seq).map(({ seq: _seq, ...row }) => row);
  },
  settle: (scope, claimed, change) => settleMany(scope, [{ claimed, change }]),
  settleMany,
  openSubjects: async (scope, subjects) => {
    if (subjects.length === 0) return new Set();
    const rows = await txOf(scope)
      .selectFrom('outbox')
      .select('subject')
      .distinct()
      .where('portalId', '=', scope.portalId)
      .where('wakeAt', 'is not', null)
      .where(sql<boolean>`subject = ANY(${[...subjects]}::text[])`)
      .execute();
    return new Set(rows.map((row) => row.subject));
  },
  newest: async (scope, kind, subject) => {
    const row = await txOf(scope)
      .selectFrom('outbox')
      .select(OUTBOX_COLUMNS)
      .where('portalId', '=', scope.portalId)
      .where('kind', '=', kind)
      .where('subject', '=', subject)
      .orderBy('seq', 'desc')
      .limit(1)
      .executeTakeFirst();
    return row ?? null;
  },
  isAnySent: async (scope, kind) => {
    const rows = txOf(scope).selectFrom('outbox').select('outboxId').where('portalId', '=', scope.portalId);
    const row = await rows
      .where('kind', '=', kind)
      .where('state', '=', 'sending')
      .limit(1)
      .executeTakeFirst();
    return row !== undefined;
  },
  ...parkedWriteMethods,
};

async function addMany(scope: TenantScope, rows: readonly NewOutboxRow[]): Promise<void> {
  for (const slice of slices(rows)) await addSlice(scope, slice);
}

async function addSlice(scope: TenantScope, rows: readonly NewOutboxRow[]): Promise<void> {
  const values = rows.map(({ payload, ...row }) => ({
    ...row,
    portalId: scope.portalId,
    payload: toJson(payload),
    sentAt: null,
    hubspotId: null,
    reason: null,
  }));
  await txOf(scope)
    .insertInto('outbox')
    .values(values)
    .onConflict((conflict) =>
      conflict
        .columns(['portalId', 'kind', 'subject'])
        .where('state', '=', sql.lit('planned'))
        .doUpdateSet({
          // What an earlier change wanted and this one does not mention is still wanted.
          payload: sql`outbox.payload || excluded.payload`,
          notBefore: sql`CASE WHEN excluded.kind IN (${sql.join(WAITS_FOR_ALL.map((kind) => sql.lit(kind)))})
            THEN greatest(outbox.not_before, excluded.not_before) ELSE excluded.not_before END`,
        }),
    )
    .execute();
}

/** A row written earlier than the last of those who asked for it could not say what that one wants said. */
const WAITS_FOR_ALL: readonly OutboxKind[] = ['companyProperties'];

async function settleMany(scope: TenantScope, settled: readonly SettledRow[]): Promise<void> {
  const ended: SettledRow[] = [];
  for (const row of settled) {
    const { state, ...change } = row.change;
    if (state === 'planned') await giveBack(scope, row.claimed, { ...change, state });
    else ended.push(row);
  }
  for (const slice of slices(ended)) await endSlice(scope, slice);
}

async function endSlice(scope: TenantScope, ended: readonly SettledRow[]): Promise<void> {
  const rows = ended.map(({ claimed: { outboxId, attempts }, change }) => ({
    outboxId,
    attempts,
    ...change,
  }));
  await sql`
    UPDATE outbox o SET state = r.state, hubspot_id = coalesce(r."hubspotId", o.hubspot_id),
      reason = coalesce(r.reason, o.reason), not_before = coalesce(r."notBefore", o.not_before),
      refusals = o.refusals + CASE WHEN r.state = 'parked' THEN 1 ELSE 0 END
    FROM jsonb_to_recordset(${toJson(rows)}::jsonb) AS r("outboxId" text, attempts integer, state text,
      "hubspotId" text, reason text, "notBefore" timestamptz)
    WHERE o.portal_id = ${scope.portalId}::bigint AND o.outbox_id = r."outboxId" AND o.state = 'sending'
      AND o.attempts = r.attempts`.execute(txOf(scope));
}

/** A row whose predecessor is under way is looked at again when that one is: two writes about one thing never overtake each other. */
async function holdBackFollowers(scope: TenantScope, now: Date): Promise<void> {
  await sql`
    UPDATE outbox o SET not_before = s.not_before
    FROM outbox s
    WHERE o.portal_id = ${scope.portalId}::bigint AND o.state = 'planned' AND o.wake_at <= ${now}::timestamptz
      AND s.portal_id = o.portal_id AND s.kind = o.kind AND s.subject = o.subject
      AND s.state = 'sending' AND s.not_before > ${now}::timestamptz`.execute(txOf(scope));
}

/** Materialized, so that the limit holds whatever the planner does. */
function dueRows(scope: TenantScope, now: Date, limit: number, kinds: readonly OutboxKind[] | null) {
  return txOf(scope).with(
    (name) => name('due').materialized(),
    (db) =>
      db
        .selectFrom('outbox as o')
        .select('o.outboxId')
        .where('o.portalId', '=', scope.portalId)
        .where('o.wakeAt', '<=', now)
        .$if(kinds !== null, (rows) => rows.where('o.kind', 'in', kinds ?? []))
        .where((by) =>
          by.not(
            by.and([
              by('o.state', '=', 'planned'),
              by.exists(
                by
                  .selectFrom('outbox as s')
                  .select('s.outboxId')
                  .where('s.portalId', '=', scope.portalId)
                  .whereRef('s.kind', '=', 'o.kind')
                  .whereRef('s.subject', '=', 'o.subject')
                  .where('s.state', '=', 'sending'),
              ),
            ]),
          ),
        )
        .orderBy('o.seq')
        .limit(limit)
        .forUpdate()
        .skipLocked(),
  );
}

type Claim = Pick<OutboxRow, 'outboxId' | 'attempts'>;

/** Back to planned. Where a newer row waits, the two become one that wants both and waits for the later. */
async function giveBack(
  scope: TenantScope,
  claimed: Claim,
  change: { readonly state: 'planned'; readonly notBefore?: Date },
): Promise<void> {
  if (!(await isStillOurs(scope, claimed))) return;
  const { outboxId } = claimed;
  const newer = await takeNewer(scope, outboxId);
  const notBefore = latest(change.notBefore, newer?.notBefore);
  const rows = txOf(scope).updateTable('outbox').where('portalId', '=', scope.portalId);
  await rows
    .where('outboxId', '=', outboxId)
    .set({ ...change, ...(notBefore === undefined ? {} : { notBefore }) })
    .$if(newer !== undefined, (update) =>
      update.set({ payload: sql`outbox.payload || ${toJson(newer?.payload)}::jsonb` }),
    )
    .execute();
}

/** Locked from then on: nobody claims the row anew before this transaction is over. */
async function isStillOurs(scope: TenantScope, { outboxId, attempts }: Claim): Promise<boolean> {
  const row = await txOf(scope)
    .selectFrom('outbox')
    .select('outboxId')
    .where('portalId', '=', scope.portalId)
    .where('outboxId', '=', outboxId)
    .where('state', '=', 'sending')
    .where('attempts', '=', attempts)
    .forUpdate()
    .executeTakeFirst();
  return row !== undefined;
}

async function takeNewer(
  scope: TenantScope,
  outboxId: string,
): Promise<{ payload: unknown; notBefore: Date } | undefined> {
  const taken = await sql<{ payload: unknown; notBefore: Date }>`
    DELETE FROM outbox n USING outbox o
    WHERE o.portal_id = ${scope.portalId}::bigint AND o.outbox_id = ${outboxId} AND n.portal_id = o.portal_id
      AND n.kind = o.kind AND n.subject = o.subject AND n.state = 'planned' AND n.outbox_id <> o.outbox_id
    RETURNING n.payload, n.not_before`.execute(txOf(scope));
  return taken.rows[0];
}

function latest(...instants: readonly (Date | undefined)[]): Date | undefined {
  const known = instants.filter((instant) => instant !== undefined);
  return known.length === 0 ? undefined : new Date(Math.max(...known.map((instant) => instant.getTime())));
}
