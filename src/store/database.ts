import path from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { CamelCasePlugin, Kysely, PGliteDialect, PostgresDialect } from 'kysely';
import pg from 'pg';
import { AppError } from '../errors.ts';
import type { Clock } from '../usecases/ports.ts';
import { toAppError } from './faults.ts';
import { lockFolder } from './folder-lock.ts';
import { withPreparedQueries } from './prepared.ts';
import type { Tables } from './tables.ts';

export type DatabasePlace =
  | { readonly url: string }
  /** Embedded, kept in this folder, one process at a time. */
  | { readonly folder: string }
  /** Embedded, gone at the end; `dump` is a data directory to start from. */
  | { readonly memory: true; readonly dump?: Blob };

export type DatabaseOptions = {
  /** Drives leases and limiter through app_now(), where the database was migrated to allow it. Never in production. */
  readonly clock?: Clock;
  /** Connections of the Postgres pool; 10 unless stated. */
  readonly connections?: number;
  /** How long a statement waits for its answer; 25 s unless stated, null for as long as it takes. */
  readonly longestQueryMs?: number | null;
  /** True: connections keep a plan of every query. Only for tables that stay small, as where seed follows seed. */
  readonly preparesEveryQuery?: boolean;
};

export type Database = {
  readonly kysely: Kysely<Tables>;
  /** The parts underneath, for the job queue, which brings its own tables. */
  readonly engine:
    | { readonly kind: 'postgres'; readonly pool: pg.Pool }
    | { readonly kind: 'embedded'; readonly pglite: PGlite };
  /** The injected clock, or null where the database's own time counts. */
  readonly clock: Clock | null;
  close(): Promise<void>;
};

/** The server ends a statement by itself, a wait for a row's lock included. */
const STATEMENT_MS = 20_000;
/** Longer than that: only a server or a line that fell silent does not answer by then. */
const LONGEST_QUERY_MS = 25_000;
/** An idle connection whose other end is gone is found within half a minute: ten probes, one a second, after this. */
const KEEP_ALIVE_AFTER_MS = 10_000;

const INT8 = 20;
const DATE = 1082;
const plugins = [new CamelCasePlugin({ maintainNestedObjectKeys: true })];

/**
 * Opens Postgres (≥ 15) or the embedded database.
 * @throws AppError `unavailable` where it does not answer or the folder is in use
 */
export async function openDatabase(place: DatabasePlace, options: DatabaseOptions = {}): Promise<Database> {
  return 'url' in place ? openPostgres(place.url, options) : openEmbedded(place, options);
}

async function openPostgres(url: string, options: DatabaseOptions): Promise<Database> {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.connections ?? 10,
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_AFTER_MS,
    statement_timeout: STATEMENT_MS,
    // node-postgres takes 0 for no limit.
    query_timeout: options.longestQueryMs === null ? 0 : (options.longestQueryMs ?? LONGEST_QUERY_MS),
    // A token refresh waits for HubSpot inside its transaction, up to the 30 s deadline of the call.
    idle_in_transaction_session_timeout: 60_000,
    application_name: 'service-check-in',
    types: ownTypes(),
  });
  // A connection that breaks, idle or between two statements of a transaction, fails its next use and is replaced; without
  // these listeners it would end the process.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  const kysely = new Kysely<Tables>({
    dialect: new PostgresDialect({ pool: withPreparedQueries(pool, options.preparesEveryQuery) }),
    plugins,
  });
  try {
    await pool.query('SELECT 1');
  } catch (error) {
    await kysely.destroy();
    throw toAppError(error, `Postgres does not answer at ${withoutSecret(url)}.`);
  }
  return {
    kysely,
    engine: { kind: 'postgres', pool },
    clock: options.clock ?? null,
    close: () => kysely.destroy(),
  };
}

async function openEmbedded(
  place: Exclude<DatabasePlace, { readonly url: string }>,
  options: DatabaseOptions,
): Promise<Database> {
  const unlock = 'folder' in place ? lockFolder(place.folder) : () => undefined;
  try {
    const pglite = await startPglite(place);
    const kysely = new Kysely<Tables>({ dialect: new PGliteDialect({ pglite }), plugins });
    return {
      kysely,
      engine: { kind: 'embedded', pglite },
      clock: options.clock ?? { now: () => new Date() },
      close: async () => {
        await kysely.destroy();
        if (!pglite.closed) await pglite.close();
        unlock();
      },
    };
  } catch (error) {
    unlock();
    throw new AppError('unavailable', 'The embedded database could not be opened.', {
      cause: error,
      hint:
        'folder' in place
          ? `Look at the folder ${place.folder}: is it writable, is the disk full? Move it away to start anew.`
          : 'Is there enough memory? It needs about 400 MB.',
    });
  }
}

function startPglite(place: Exclude<DatabasePlace, { readonly url: string }>): Promise<PGlite> {
  const parsers = { [INT8]: Number, [DATE]: String };
  if ('folder' in place) return PGlite.create({ dataDir: path.join(place.folder, 'pgdata'), parsers });
  return PGlite.create(place.dump === undefined ? { parsers } : { loadDataDir: place.dump, parsers });
}

/** Ids and counts stay far below 2^53; days stay strings, because a Date would move them by the machine's zone. */
function ownTypes(): pg.TypeOverrides {
  const types = new pg.TypeOverrides();
  types.setTypeParser(INT8, Number);
  types.setTypeParser(DATE, String);
  return types;
}

function withoutSecret(url: string): string {
  try {
    const { host, pathname } = new URL(url);
    return `${host}${pathname}`;
  } catch {
    return 'the given address (it is not a URL)';
  }
}
