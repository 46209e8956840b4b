import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
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
  const file = dumpFile();
  if (!existsSync(file)) await makeDump(file, clock);
  return openDatabase({ memory: true, dump: new Blob([readFileSync(file)]) }, { clock });
}

async function makeDump(file: string, clock: Clock): Promise<void> {
  const database = await openDatabase({ memory: true }, { clock });
  await migrate(database);
  if (database.engine.kind !== 'embedded') throw new Error('The in-memory database is the embedded one.');
  const dump = await database.engine.pglite.dumpDataDir('none');
  await database.close();
  const own = `${file}.${process.pid}`;
  writeFileSync(own, Buffer.from(await dump.arrayBuffer()));
  renameSync(own, file);
}

function dumpFile(): string {
  const migrations = readFileSync(new URL('../../src/store/migrate.ts', import.meta.url), 'utf8');
  const version = createHash('sha256').update(JSON.stringify(MIGRATIONS)).update(migrations);
  return path.join(tmpdir(), `service-check-in-${version.digest('hex').slice(0, 16)}.tar`);
}
