import { sql } from 'kysely';
import type { TenantScope, WebhookEvent } from '../usecases/records.ts';
import type { InboxStore } from '../usecases/delivery-port.ts';
import { slices, toJson } from './json.ts';
import { txOf } from './transact.ts';

type Aside = { readonly reason: string };

const COLUMNS = [
  'dedupeKey',
  'subscriptionType',
  'objectType',
  'objectId',
  'propertyName',
  'propertyValue',
  'occurredAt',
  'mergedInto',
] as const;

export const inbox: InboxStore = {
  add: async (scope, events, receivedAt) => {
    let added = 0;
    for (const slice of slices(events)) added += await insert(scope, slice, receivedAt, null);
    return added;
  },
  addAside: async (scope, events, receivedAt, reason) => {
    for (const slice of slices(events)) await insert(scope, slice, receivedAt, { reason });
  },
  asideByReason: async (scope) => {
    const rows = await sql<{ reason: string; events: number }>`
      SELECT reason, count(*) AS events FROM webhook_inbox
      WHERE portal_id = ${scope.portalId}::bigint AND reason IS NOT NULL GROUP BY reason`.execute(
      txOf(scope),
    );
    return new Map(rows.rows.map(({ reason, events }) => [reason, events]));
  },
  removeOlderThan: async (scope, before) => {
    const rows = txOf(scope).deleteFrom('webhookInbox').where('portalId', '=', scope.portalId);
    await rows.where('processedAt', '<', before).execute();
  },
  take: (scope, limit, subscriptionType) =>
    txOf(scope)
      .selectFrom('webhookInbox')
      .select([...COLUMNS, 'failures'])
      .where('portalId', '=', scope.portalId)
      .where('processedAt', 'is', null)
      .$if(subscriptionType !== undefined, (rows) =>
        rows.where('subscriptionType', '=', subscriptionType ?? ''),
      )
      .orderBy('seq')
      .limit(limit)
      .execute(),
  failed: async (scope, dedupeKeys) => {
    await sql`UPDATE webhook_inbox SET failures = failures + 1
      WHERE portal_id = ${scope.portalId}::bigint AND dedupe_key = ANY(${[...dedupeKeys]}::text[])`.execute(
      txOf(scope),
    );
  },
  done: async (scope, dedupeKeys, at, reason = null) => {
    if (dedupeKeys.length === 0) return;
    await sql`UPDATE webhook_inbox SET processed_at = ${at}, reason = ${reason}::text
      WHERE portal_id = ${scope.portalId}::bigint AND dedupe_key = ANY(${[...dedupeKeys]}::text[])`.execute(
      txOf(scope),
    );
  },
};

async function insert(
  scope: TenantScope,
  events: readonly WebhookEvent[],
  receivedAt: Date,
  aside: Aside | null,
): Promise<number> {
  const added = await sql`
    INSERT INTO webhook_inbox (portal_id, dedupe_key, subscription_type, object_type, object_id, property_name,
      property_value, occurred_at, merged_into, received_at, processed_at, reason)
    SELECT ${scope.portalId}::bigint, r."dedupeKey", r."subscriptionType", r."objectType", r."objectId",
      r."propertyName", r."propertyValue", r."occurredAt", r."mergedInto", ${receivedAt}::timestamptz,
      ${aside === null ? null : receivedAt}::timestamptz, ${aside?.reason ?? null}::text
    FROM jsonb_to_recordset(${toJson(events)}::jsonb) AS r("dedupeKey" text, "subscriptionType" text, "objectType" text,
      "objectId" text, "propertyName" text, "propertyValue" text, "occurredAt" timestamptz, "mergedInto" text)
    ON CONFLICT (portal_id, dedupe_key) DO NOTHING`.execute(txOf(scope));
  return Number(added.numAffectedRows ?? 0);
}
