import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import {
  findPostgresBinaries,
  runAsAdmin,
  startPostgresCluster,
} from '../../scripts/support/postgres-cluster.ts';
import { openDatabase } from '../../src/store/database.ts';
import { migrate } from '../../src/store/migrate.ts';

export type BenchDatabase =
  | {
      readonly kind: 'postgres';
      /** As the runtime login, which owns nothing. */
      readonly url: string;
      readonly ownerUrl: string;
    }
  | { readonly kind: 'embedded'; readonly folder: string };

export type BenchDatabases = {
  readonly kind: 'postgres' | 'embedded';
  /** A new, migrated database. `isClockInjected`: leases and limiter may follow the clock of the process. */
  create(isClockInjected?: boolean): Promise<BenchDatabase>;
  /** Rows of a statement run by the owner of the tables, who sees every account. Postgres alone. */
  runAsOwner(database: BenchDatabase, statement: string): Promise<readonly Record<string, unknown>[]>;
  stop(): Promise<void>;
};

const LOGIN = 'sci_bench';
const MOST_CONNECTIONS = 200;

/**
 * Where the benches keep their data: a throwaway Postgres whose commits reach the disk, as in production, or the embedded
 * database where this machine has no server programs (said aloud: its figures are others).
 */
export async function openBenchDatabases(say: (line: string) => void): Promise<BenchDatabases> {
  if (findPostgresBinaries() === null) {
    say('No PostgreSQL server programs here: measured on the embedded database instead.');
    return openEmbeddedDatabases();
  }
  const cluster = await startPostgresCluster({ isDurable: true, maxConnections: MOST_CONNECTIONS });
  await runAsAdmin(cluster.adminUrl, `CREATE ROLE ${LOGIN} LOGIN NOINHERIT`);
  let made = 0;
  return {
    kind: 'postgres',
    create: async (isClockInjected = false) => {
      made += 1;
      const name = `bench_${made}`;
      await runAsAdmin(cluster.adminUrl, `CREATE DATABASE ${name}`);
      const ownerUrl = addressOf(cluster.adminUrl, name, null);
      await migrateAs(ownerUrl, isClockInjected);
      await runAsAdmin(cluster.adminUrl, `GRANT sci_app, sci_system TO ${LOGIN}`);
      return { kind: 'postgres', url: addressOf(cluster.adminUrl, name, LOGIN), ownerUrl };
    },
    runAsOwner,
    stop: () => cluster.stop(),
  };
}

async function runAsOwner(database: BenchDatabase, statement: string) {
  if (database.kind === 'embedded') throw new Error('The embedded database is open in another process.');
  const client = new pg.Client({ connectionString: database.ownerUrl });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(statement)).rows;
  } finally {
    await client.end();
  }
}

async function migrateAs(ownerUrl: string, isClockInjected: boolean): Promise<void> {
  const options = isClockInjected ? { clock: { now: () => new Date() } } : {};
  const database = await openDatabase({ url: ownerUrl }, { ...options, connections: 1 });
  await migrate(database);
  await database.close();
}

/** Embedded databases in a temporary folder, each for one process. */
export async function openEmbeddedDatabases(): Promise<BenchDatabases> {
  const root = await mkdtemp(path.join(tmpdir(), 'sci-bench-'));
  let made = 0;
  return {
    kind: 'embedded',
    create: () => {
      made += 1;
      return Promise.resolve({ kind: 'embedded', folder: path.join(root, String(made)) });
    },
    runAsOwner,
    stop: () => rm(root, { recursive: true, force: true }),
  };
}

function addressOf(adminUrl: string, name: string, login: string | null): string {
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  if (login !== null) url.username = login;
  return url.href;
}
