import { createHash } from 'node:crypto';
import { constants, existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openDatabase } from '../../src/store/database.ts';
import { migrate, MIGRATIONS } from '../../src/store/migrate.ts';

/**
 * Makes `folder` an embedded database that has its tables and nothing else. Starting one from nothing takes seconds, so one
 * is kept a machine and version of the tables, and copied.
 */
export async function copyBlankDatabase(folder: string): Promise<void> {
  const kept = path.join(tmpdir(), `service-check-in-blank-${await versionOfTables()}`);
  if (!existsSync(kept)) await makeBlankDatabase(kept);
  await cp(kept, folder, { recursive: true, mode: constants.COPYFILE_FICLONE });
}

/** Several processes may begin at once: the first to finish is kept. */
async function makeBlankDatabase(kept: string): Promise<void> {
  const made = await mkdtemp(`${kept}-`);
  const folder = path.join(made, 'database');
  await mkdir(folder);
  const database = await openDatabase({ folder }, { clock: { now: () => new Date() } });
  await migrate(database);
  await database.close();
  await rename(folder, kept).catch((error: unknown) => {
    if (!existsSync(kept)) throw error;
  });
  await rm(made, { recursive: true, force: true });
}

async function versionOfTables(): Promise<string> {
  const runner = await readFile(new URL('../../src/store/migrate.ts', import.meta.url), 'utf8');
  return createHash('sha256').update(JSON.stringify(MIGRATIONS)).update(runner).digest('hex').slice(0, 16);
}
