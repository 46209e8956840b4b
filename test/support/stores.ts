import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { openDatabase } from '../../src/store/database.ts';
import type { Database } from '../../src/store/database.ts';
import { migrate, MIGRATIONS } from '../../src/store/migrate.ts';
import { createStore } from '../../src/store/store.ts';
import type { WholeStore } from '../../src/store/store.ts';
import type { Clock } from '../../src/usecases/ports.ts';
import { openTestPostgres } from './postgres.ts';

export type TestStoreKind = 'pglite' | 'postgres';
export type TestStore = WholeStore & { readonly database: Database; readonly masterKey: string };
export type TestStoreOptions = { readonly clock: Clock; readonly masterKey?: string };

/** What every test file would load or clear and none needs: room for more rows than a test has, and templates of databases. */
const SMALLER = [
  "ALTER SYSTEM SET shared_buffers = '8MB'",
  "ALTER SYSTEM SET min_wal_size = '2MB'",
  'UPDATE pg_database SET datistemplate = false',
  'DROP DATABASE template0',
  'DROP DATABASE template1',
];

/**
 * A store on a fresh, migrated database of its own; closing it removes the database. On Postgres it works as the runtime
 * login, which owns nothing.
 */
export async function openTestStore(kind: TestStoreKind, options: TestStoreOptions): Promise<TestStore> {
  const masterKey = options.masterKey ?? randomBytes(32).toString('base64');
  const database =
    kind === 'pglite' ? await openMigratedPglite(options.clock) : await openTestPostgres(options.clock);
  return { ...createStore(database, { masterKey }), database, masterKey };
}

/** Migrated once a machine and version of the migrations; every other time it starts from that data directory. */
async function openMigratedPglite(clock: Clock): Promise<Database> {
  const runner = readFileSync(new URL('../../src/store/migrate.ts', import.meta.url), 'utf8');
  const tables = hashOf(blankName(), runner, JSON.stringify(MIGRATIONS));
  const dump = await keptDump(`tables-${tables}`, () => makeTables(clock));
  return openDatabase({ memory: true, dump }, { clock });
}

/** A data directory without tables, to start an embedded database from. */
export function blankDump(): Promise<Blob> {
  return keptDump(blankName(), makeBlank);
}

/** Another version of the embedded database makes another directory. */
function blankName(): string {
  const engine = new URL('../package.json', import.meta.resolve('@electric-sql/pglite'));
  return `blank-${hashOf(readFileSync(engine, 'utf8'), ...SMALLER)}`;
}

async function makeBlank(): Promise<Blob> {
  const pglite = await PGlite.create({ initDbStartParams: ['--wal-segsize=1'] });
  for (const statement of SMALLER) await pglite.query(statement);
  return dumpAndClose(pglite);
}

async function makeTables(clock: Clock): Promise<Blob> {
  const database = await openDatabase({ memory: true, dump: await blankDump() }, { clock });
  await migrate(database);
  if (database.engine.kind !== 'embedded') throw new Error('The in-memory database is the embedded one.');
  return dumpAndClose(database.engine.pglite);
}

async function dumpAndClose(pglite: PGlite): Promise<Blob> {
  await pglite.query('CHECKPOINT');
  const dump = await pglite.dumpDataDir('none');
  await pglite.close();
  return dump;
}

/** Several processes may begin at once: each makes its own, and the last one stays. */
async function keptDump(name: string, make: () => Promise<Blob>): Promise<Blob> {
  const file = path.join(tmpdir(), `service-check-in-${name}.tar`);
  if (!existsSync(file)) {
    const made = await make();
    const own = `${file}.${process.pid}`;
    writeFileSync(own, Buffer.from(await made.arrayBuffer()));
    renameSync(own, file);
  }
  // Not a blob of the file: that cannot be read any more once another process has put its own in this one's place.
  return new Blob([readFileSync(file)]);
}

const hashOf = (...texts: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(texts)).digest('hex').slice(0, 16);
