import type { Socket } from 'node:net';
import type pg from 'pg';
import type { World } from './world.ts';

/** What becomes of one statement of the engine. */
export type DatabaseFault =
  /** The server ends the connection before the statement, as a restart or a failover does. */
  | { readonly kind: 'drop' }
  /** The statement leaves and its connection stays open, but carries no answer any more. */
  | { readonly kind: 'silence' }
  /** The commit is done, and its answer lost. */
  | { readonly kind: 'lostCommit' }
  /** The statement fails with this SQLSTATE. */
  | { readonly kind: 'state'; readonly state: string }
  /** Transactions see the database as it was at their begin, so that what others change meanwhile is in their way. */
  | { readonly kind: 'repeatableRead' }
  /** Nothing is broken here: what Postgres itself refuses with this SQLSTATE is counted. */
  | { readonly kind: 'refused'; readonly state: string };

export type Breaking = {
  /** How often the fault came. */
  hits(): number;
  /** From here on the database works. */
  mend(): void;
};

/** Real milliseconds that a statement waits for an answer that never comes. */
const PATIENCE_MS = 40;

type Query = (...args: unknown[]) => Promise<unknown>;

/**
 * Breaks the statements numbered `from` and the next `count - 1` of the world's pool (for `lostCommit` commits are counted). Real where it can be made to happen (`drop`, `silence`), else its error is injected.
 */
export function breakDatabase(world: World, fault: DatabaseFault, from: number, count: number): Breaking {
  if (world.database.engine.kind !== 'postgres') throw new Error('Fault runs need Postgres.');
  const { pool } = world.database.engine;
  const plainConnect = pool.connect.bind(pool) as () => Promise<pg.PoolClient>;
  let seen = 0;
  let hits = 0;
  const isTime = () => {
    seen += 1;
    const isHit = seen >= from && seen < from + count;
    if (isHit) hits += 1;
    return isHit;
  };
  const mended: (() => void)[] = [];
  pool.connect = (async () => {
    const client = await plainConnect();
    mended.push(breakClient(world, client, fault, isTime));
    return client;
  }) as typeof pool.connect;
  return {
    hits: () => hits,
    mend: () => {
      pool.connect = plainConnect as typeof pool.connect;
      for (const mend of mended) mend();
    },
  };
}

/** Counts what Postgres itself refuses with this SQLSTATE from now on. */
export function countRefusals(world: World, state: string): Breaking {
  return breakDatabase(world, { kind: 'refused', state }, 1, Infinity);
}

function breakClient(
  world: World,
  client: pg.PoolClient,
  fault: DatabaseFault,
  isTime: () => boolean,
): () => void {
  const plainQuery = client.query.bind(client) as Query;
  const mend = () => {
    client.query = plainQuery as typeof client.query;
  };
  const release = client.release.bind(client);
  client.release = (error) => {
    mend();
    client.release = release;
    release(error);
  };
  client.query = (async (...args: unknown[]) => {
    const text = textOf(args[0]);
    switch (fault.kind) {
      case 'drop':
        if (isTime()) await endConnection(world, client);
        return plainQuery(...args);
      case 'silence':
        if (isTime()) fallSilent(client);
        return plainQuery(...args);
      case 'lostCommit':
        if (!/^commit/i.test(text) || !isTime()) return plainQuery(...args);
        await plainQuery(...args);
        throw Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });
      case 'state':
        if (/^(begin|commit|rollback)/i.test(text) || !isTime()) return plainQuery(...args);
        throw Object.assign(new Error('injected'), { code: fault.state });
      case 'repeatableRead':
        return await (
          /^begin/i.test(text)
            ? plainQuery(text.replace(/^begin/i, 'BEGIN ISOLATION LEVEL REPEATABLE READ'))
            : plainQuery(...args)
        ).catch((error: unknown) => {
          // Only those that Postgres itself refused are counted.
          if (codeOf(error) === '40001') isTime();
          throw error;
        });
      case 'refused':
        return await plainQuery(...args).catch((error: unknown) => {
          if (codeOf(error) === fault.state) isTime();
          throw error;
        });
    }
  }) as typeof client.query;
  return mend;
}

/** What the socket brings from here on is never read; the engine's patience with it is over sooner than in production. */
function fallSilent(client: pg.PoolClient): void {
  const parts = client as unknown as {
    readonly connection: { readonly stream: Socket };
    readonly connectionParameters: { query_timeout: number };
  };
  parts.connection.stream.pause();
  parts.connectionParameters.query_timeout = PATIENCE_MS;
}

/** Ended by the server itself, so that what was open is rolled back there. */
async function endConnection({ owner }: World, client: pg.PoolClient): Promise<void> {
  const { processID } = client as unknown as { readonly processID: number };
  await owner.query('SELECT pg_terminate_backend($1)', [processID]);
}

function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null ? Reflect.get(error, 'code') : null;
}

function textOf(query: unknown): string {
  if (typeof query === 'string') return query;
  const text: unknown = typeof query === 'object' && query !== null ? Reflect.get(query, 'text') : '';
  return typeof text === 'string' ? text : '';
}

/** Every connection to the product's database is ended at once: what a client sees of a restart or a failover. */
export async function endEveryConnection({ owner }: World): Promise<number> {
  const { rowCount } = await owner.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
     WHERE datname = current_database() AND usename = 'sci_faults' AND pid <> pg_backend_pid()`,
  );
  return rowCount ?? 0;
}
