import { AsyncLocalStorage } from 'node:async_hooks';
import { sql } from 'kysely';
import type { Kysely, RawBuilder } from 'kysely';
import type { PortalId } from '../core/model.ts';
import { AppError } from '../errors.ts';
import type { TenantScope } from '../usecases/records.ts';
import type { Database } from './database.ts';
import { toAppError } from './faults.ts';
import type { Tables } from './tables.ts';

export type Tx = Kysely<Tables>;
type DatabaseRole = 'sci_app' | 'sci_system';

/** The transaction behind each live scope. A scope that someone kept beyond its end finds nothing here. */
const transactions = new WeakMap<TenantScope, Tx>();
const running = new AsyncLocalStorage<{ open: boolean }>();

/**
 * Returns the transaction of a scope.
 * @throws AppError `internal` where the scope is not one of inTenant's, or its transaction is over
 */
export function txOf(scope: TenantScope): Tx {
  const tx = transactions.get(scope);
  if (tx === undefined) throw new AppError('internal', 'A tenant scope was used outside its transaction.');
  return tx;
}

/**
 * Runs `work` in one transaction that sees the portal's rows alone. Transactions of the embedded database queue for its one
 * connection, so a second one opened and awaited inside would wait for itself: that is refused.
 * @throws AppError `unavailable` where the database failed in passing (nothing is stored, unless its very commit was cut off),
 * `internal` for a nested call
 */
export function inTenant<T>(
  database: Database,
  portalId: PortalId,
  work: (scope: TenantScope) => Promise<T>,
): Promise<T> {
  return transact(database, 'sci_app', portalId, async (tx) => {
    const scope: TenantScope = { portalId };
    transactions.set(scope, tx);
    try {
      return await work(scope);
    } finally {
      transactions.delete(scope);
    }
  });
}

/** Runs `work` in one transaction across portals, in which the database shows ids and instants only. */
export function asSystem<T>(database: Database, work: (tx: Tx) => Promise<T>): Promise<T> {
  return transact(database, 'sci_system', null, work);
}

/** Runs `work` in one transaction in which no portal's rows exist: for what belongs to none. */
export function withoutTenant<T>(database: Database, work: (tx: Tx) => Promise<T>): Promise<T> {
  return transact(database, 'sci_app', null, work);
}

async function transact<T>(
  database: Database,
  role: DatabaseRole,
  portalId: PortalId | null,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  if (running.getStore()?.open === true) {
    throw new AppError('internal', 'A database transaction was opened inside another one.');
  }
  const state = { open: true };
  const now = database.clock?.now().toISOString() ?? '';
  const settings = sql`SELECT set_config('role', ${sql.lit(role)}, true),
    set_config('sci.portal_id', ${sql.lit(String(portalId ?? ''))}, true), set_config('sci.now', ${sql.lit(now)}, true)`;
  try {
    return await running.run(state, () =>
      database.engine.kind === 'postgres'
        ? begunAtOnce(database, settings, work)
        : database.kysely.transaction().execute(async (tx) => {
            await settings.execute(tx);
            return work(tx);
          }),
    );
  } catch (error) {
    throw toAppError(error);
  } finally {
    state.open = false;
  }
}

/** BEGIN goes together with the settings: a way to the database and back costs as much as a small read. */
function begunAtOnce<T>(
  { kysely }: Database,
  settings: RawBuilder<unknown>,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  return kysely.connection().execute(async (tx) => {
    try {
      // Two statements in one text have no parameters.
      await sql`BEGIN; ${settings}`.execute(tx);
      const result = await work(tx);
      const ended = await sql<{ readonly command: string }>`COMMIT`.execute(tx);
      // Postgres answers so where a statement had failed and its error was swallowed: nothing was kept.
      if (ended.rows[0]?.command === 'ROLLBACK')
        throw new Error('A transaction with a failed statement was to be kept.');
      return result;
    } catch (error) {
      // On a connection that broke this fails too; then the pool drops that one (prepared.ts).
      await sql`ROLLBACK`.execute(tx).catch(() => undefined);
      throw error;
    }
  });
}
