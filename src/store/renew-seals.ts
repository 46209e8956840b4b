import { sql } from 'kysely';
import { asPortalId, type PortalId } from '../core/model.ts';
import { AppError, hasCode } from '../errors.ts';
import type { TenantScope } from '../usecases/records.ts';
import { audit } from './audit.ts';
import type { Database } from './database.ts';
import { resealTouchKey } from './portals.ts';
import type { Secrets } from './secrets.ts';
import { asSystem, inTenant, txOf } from './transact.ts';
import { isReadable, resealTokens } from './vault.ts';

const BATCH = 200;

/** How many accounts a start sealed anew, connected again, and could not open. */
export type RenewedSeals = {
  readonly resealed: number;
  readonly reconnected: number;
  readonly unreadable: number;
};

/**
 * For a start, before anything is opened. Seals with the current key what the previous one sealed, and connects accounts again
 * that were disconnected for want of their key, now that it is back. Harmless when repeated.
 * @param isKeyLost the operator says so: what no key opens waits for the admins of its accounts to connect them again
 * @throws AppError `invalid_input` where secrets are stored and the keys open none of them, unless their key is lost
 */
export async function renewSeals(
  database: Database,
  secrets: Secrets,
  isKeyLost = false,
): Promise<RenewedSeals> {
  const unreadable = await countUnreadable(database, secrets, isKeyLost);
  const resealed = await forEachPortal(
    (after) => portalsToReseal(database, secrets, after),
    (portalId) => inTenant(database, portalId, (scope) => reseal(secrets, scope)),
  );
  const reconnected = await forEachPortal(
    (after) => portalsToReconnect(database, secrets, after),
    (portalId) => inTenant(database, portalId, (scope) => reconnect(database, secrets, scope)),
  );
  return { resealed, reconnected, unreadable };
}

/** Accounts with a secret that no key opens. */
async function countUnreadable(database: Database, secrets: Secrets, isKeyLost: boolean): Promise<number> {
  const found = await asSystem(database, (tx) =>
    sql<{ opened: number; shut: number }>`
      SELECT count(DISTINCT portal_id) FILTER (WHERE key_version = ANY(${[...secrets.versions]}::text[])) AS opened,
        count(DISTINCT portal_id) FILTER (WHERE key_version <> ALL(${[...secrets.versions]}::text[])) AS shut
      FROM (SELECT portal_id, key_version FROM tokens UNION ALL SELECT portal_id, key_version FROM portal_secrets) s`.execute(
      tx,
    ),
  );
  const { opened = 0, shut = 0 } = found.rows[0] ?? {};
  if (opened === 0 && shut > 0 && !isKeyLost) {
    throw new AppError(
      'invalid_input',
      `Service check-in cannot start:\n  - MASTER_KEY: opens none of the secrets stored for ${shut} accounts. Set the key they were sealed with, here or as MASTER_KEY_PREVIOUS; where it is lost for good, MASTER_KEY_LOST=yes.`,
    );
  }
  return shut;
}

/** Returns for how many portals `work` said that it did something. */
async function forEachPortal(
  batchAfter: (after: number) => Promise<readonly PortalId[]>,
  work: (portalId: PortalId) => Promise<boolean>,
): Promise<number> {
  let count = 0;
  for (let after = 0, size = BATCH; size === BATCH;) {
    const portalIds = await batchAfter(after);
    for (const portalId of portalIds) if (await work(portalId)) count += 1;
    size = portalIds.length;
    after = portalIds.at(-1) ?? after;
  }
  return count;
}

async function portalsToReseal(
  database: Database,
  { versions }: Secrets,
  after: number,
): Promise<readonly PortalId[]> {
  const earlier = versions.slice(1);
  if (earlier.length === 0) return [];
  const found = await asSystem(database, (tx) =>
    sql<{ portalId: number }>`
      SELECT portal_id FROM tokens WHERE key_version = ANY(${earlier}::text[]) AND portal_id > ${after}::bigint
      UNION SELECT portal_id FROM portal_secrets
        WHERE key_version = ANY(${earlier}::text[]) AND portal_id > ${after}::bigint
      ORDER BY portal_id LIMIT ${BATCH}::integer`.execute(tx),
  );
  return found.rows.map(({ portalId }) => asPortalId(portalId));
}

async function portalsToReconnect(
  database: Database,
  { versions }: Secrets,
  after: number,
): Promise<readonly PortalId[]> {
  const found = await asSystem(database, (tx) =>
    sql<{ portalId: number }>`
      SELECT portal_id FROM tokens JOIN portals p USING (portal_id)
      WHERE p.status = 'disconnected' AND key_version = ANY(${[...versions]}::text[]) AND portal_id > ${after}::bigint
      ORDER BY portal_id LIMIT ${BATCH}::integer`.execute(tx),
  );
  return found.rows.map(({ portalId }) => asPortalId(portalId));
}

/** False where a row was changed by somebody since: it stays as it is. */
async function reseal(secrets: Secrets, scope: TenantScope): Promise<boolean> {
  try {
    await resealTokens(secrets, scope);
    await resealTouchKey(secrets, scope);
    return true;
  } catch (error) {
    if (hasCode(error, 'not_installed')) return false;
    throw error;
  }
}

/** Tokens that HubSpot refused are deleted; what is still stored was only out of reach. */
async function reconnect(database: Database, secrets: Secrets, scope: TenantScope): Promise<boolean> {
  if (!(await isReadable(secrets, scope, true))) return false;
  const { portalId } = scope;
  const changed = await txOf(scope)
    .updateTable('portals')
    .set({ status: 'installed' })
    .where('portalId', '=', portalId)
    .where('status', '=', 'disconnected')
    .executeTakeFirst();
  if (changed.numUpdatedRows === 0n) return false;
  await audit.append(scope, {
    at: database.clock?.now() ?? new Date(),
    actor: 'system:tokens',
    action: 'reconnect',
    subject: String(portalId),
    outcome: 'master key is back',
    requestId: null,
  });
  return true;
}
