import type pg from 'pg';
import type { Breaking } from './break-database.ts';
import type { World } from './world.ts';

/** Real milliseconds that a transaction waits for a connection while others hold them all. */
const CONNECT_WITHIN_MS = 40;

/** Holds every connection of the world's pool, as other work would, until so many transactions found none. */
export async function holdPool(world: World, failures: number): Promise<Breaking> {
  if (world.database.engine.kind !== 'postgres') throw new Error('Fault runs need Postgres.');
  const { pool } = world.database.engine;
  const options = pool.options as { max: number; connectionTimeoutMillis: number };
  const { max, connectionTimeoutMillis } = options;
  const connect = pool.connect.bind(pool) as () => Promise<pg.PoolClient>;
  const held: pg.PoolClient[] = pool.totalCount === 0 ? [await connect()] : [];
  options.max = pool.totalCount;
  while (pool.idleCount > 0) held.push(await connect());
  options.connectionTimeoutMillis = CONNECT_WITHIN_MS;
  let hits = 0;
  const mend = () => {
    Object.assign(options, { max, connectionTimeoutMillis });
    pool.connect = connect as typeof pool.connect;
    for (const client of held.splice(0)) client.release();
  };
  pool.connect = (async () => {
    try {
      return await connect();
    } catch (error) {
      hits += 1;
      if (hits >= failures) mend();
      throw error;
    }
  }) as typeof pool.connect;
  return { hits: () => hits, mend };
}

/** Somebody else's transaction in the way of the engine's, on a connection of its own. */
export type Intruder = {
  /** Resolves once it is over. */
  readonly over: Promise<void>;
};

/**
 * Call it while the engine's transaction has changed touches and is about to change companies. The intruder has the companies and
 * wants the touches; its patience with a deadlock is long, so Postgres gives up the engine's.
 */
export async function lockCrosswise({ owner }: World, portalId: number): Promise<Intruder> {
  const client = await owner.connect();
  await client.query(`BEGIN; SET LOCAL deadlock_timeout = '500ms'`);
  await client.query('UPDATE companies SET name = name WHERE portal_id = $1', [portalId]);
  const over = finish(client, portalId);
  // Postgres looks for a deadlock once a wait, shortly after its begin: the engine must not wait before the intruder does.
  await untilItWaits(owner, client);
  return { over };
}

async function untilItWaits(owner: pg.Pool, client: pg.PoolClient): Promise<void> {
  const { processID } = client as unknown as { readonly processID: number };
  for (let look = 0; look < 1_000; look += 1) {
    const { rows } = await owner.query<{ waits: boolean }>(
      `SELECT wait_event_type = 'Lock' AS waits FROM pg_stat_activity WHERE pid = $1`,
      [processID],
    );
    if (rows[0]?.waits === true) return;
  }
  throw new Error('The intruder did not come to wait.');
}

async function finish(client: pg.PoolClient, portalId: number): Promise<void> {
  try {
    await client.query('UPDATE touches SET reason = reason WHERE portal_id = $1', [portalId]);
  } catch {
    // Behind the engine's first transaction another one may stand, which looked for a deadlock before there was one.
  } finally {
    await client.query('ROLLBACK');
    client.release();
  }
}

/** From now on Postgres refuses every change of the ledger as it does on a full disk: a trigger says so. */
export async function fillDisk({
  owner,
}: World): Promise<{ hits(): Promise<number>; mend(): Promise<void> }> {
  await owner.query(`
    CREATE SEQUENCE IF NOT EXISTS full_disk_hits;
    CREATE OR REPLACE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
    BEGIN
      PERFORM nextval('full_disk_hits');
      RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100';
    END $$;
    SELECT setval('full_disk_hits', 1, false);
    CREATE TRIGGER full_disk BEFORE INSERT OR UPDATE ON touches FOR EACH STATEMENT EXECUTE FUNCTION full_disk()`);
  return {
    hits: async () => {
      const { rows } = await owner.query<{ hits: number }>(
        'SELECT CASE WHEN is_called THEN last_value ELSE 0 END::int AS hits FROM full_disk_hits',
      );
      return rows[0]?.hits ?? 0;
    },
    mend: async () => {
      await owner.query('DROP TRIGGER IF EXISTS full_disk ON touches');
    },
  };
}
