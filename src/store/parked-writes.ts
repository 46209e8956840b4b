import { sql } from 'kysely';
import type { OutboxStore } from '../usecases/delivery-port.ts';
import { UNKNOWN_OUTCOME, type TenantScope } from '../usecases/records.ts';
import { txOf } from './transact.ts';

export const OUTBOX_COLUMNS = [
  'outboxId',
  'kind',
  'subject',
  'key',
  'payload',
  'state',
  'notBefore',
  'attempts',
  'sentAt',
  'hubspotId',
  'reason',
  'refusals',
] as const;

/** A later write about the same thing says all that this one would. */
const NEWER = sql<boolean>`EXISTS (SELECT FROM outbox n
  WHERE n.portal_id = o.portal_id AND n.kind = o.kind AND n.subject = o.subject AND n.outbox_id <> o.outbox_id
    AND (n.seq > o.seq OR n.state IN ('planned', 'sending')))`;

/** Writes that HubSpot refused, or that nobody found. */
export const parkedWriteMethods: Pick<
  OutboxStore,
  'parked' | 'countParked' | 'endFollowed' | 'planRefused' | 'endParked'
> = {
  parked: (scope, limit) => parkedOf(scope).select(OUTBOX_COLUMNS).orderBy('seq').limit(limit).execute(),
  countParked: async (scope) => {
    const { writes } = await parkedOf(scope)
      .select((by) => by.fn.countAll<number>().as('writes'))
      .executeTakeFirstOrThrow();
    return writes;
  },
  endFollowed: async (scope, kinds) => {
    await sql`UPDATE outbox o SET state = 'done'
      WHERE o.portal_id = ${scope.portalId}::bigint AND o.state = 'parked' AND o.kind = ANY(${[...kinds]}::text[])
        AND ${NEWER}`.execute(txOf(scope));
  },
  planRefused: async (scope, kind, { refusals, rows, sentBefore }, now) => {
    const planned = await sql`
      WITH again AS MATERIALIZED (
        SELECT o.outbox_id FROM outbox o
        WHERE o.portal_id = ${scope.portalId}::bigint AND o.state = 'parked' AND o.kind = ${kind}
          AND o.refusals < ${refusals}::integer AND o.reason IS DISTINCT FROM ${UNKNOWN_OUTCOME}
          AND o.sent_at < ${sentBefore}::timestamptz AND NOT ${NEWER}
        ORDER BY o.refusals, o.seq LIMIT ${rows}::integer FOR UPDATE SKIP LOCKED)
      UPDATE outbox o SET state = 'planned', not_before = ${now}::timestamptz, reason = NULL
      FROM again WHERE o.portal_id = ${scope.portalId}::bigint AND o.outbox_id = again.outbox_id`.execute(
      txOf(scope),
    );
    return Number(planned.numAffectedRows ?? 0);
  },
  endParked: (scope, sentBefore, limit) =>
    txOf(scope)
      .updateTable('outbox')
      .set({ state: 'done' })
      .where('portalId', '=', scope.portalId)
      .where('outboxId', 'in', () =>
        parkedOf(scope).select('outboxId').where('sentAt', '<', sentBefore).orderBy('seq').limit(limit),
      )
      .returning(OUTBOX_COLUMNS)
      .execute(),
};

function parkedOf(scope: TenantScope) {
  return txOf(scope)
    .selectFrom('outbox')
    .where('portalId', '=', scope.portalId)
    .where('state', '=', 'parked');
}
