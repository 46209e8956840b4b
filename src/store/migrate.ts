import { sql } from 'kysely';
import type { Transaction } from 'kysely';
import { AppError } from '../errors.ts';
import type { Database } from './database.ts';
import { toAppError } from './faults.ts';
import { accounts } from './migrations/001-accounts.ts';
import { touches } from './migrations/002-touches.ts';
import { answers } from './migrations/003-answers.ts';
import { tenancy } from './migrations/004-tenancy.ts';
import { recall } from './migrations/005-recall.ts';
import { gate } from './migrations/006-gate.ts';
import { due } from './migrations/007-due.ts';
import { budget } from './migrations/008-budget.ts';
import { engine } from './migrations/009-engine.ts';
import { callers } from './migrations/010-callers.ts';
import { patterns } from './migrations/011-patterns.ts';
import { kudosAndPreferences } from './migrations/012-kudos.ts';
import { keys } from './migrations/013-keys.ts';
import { heardAt } from './migrations/015-heard-at.ts';
import { inbox } from './migrations/016-inbox.ts';
import { givenByPerson } from './migrations/017-given-by-person.ts';
import { taskOwner } from './migrations/018-task-owner.ts';
import { wishes } from './migrations/019-wishes.ts';
import { findingReads } from './migrations/020-finding-reads.ts';
import { coachingNote } from './migrations/021-coaching-note.ts';
import { recallGate } from './migrations/022-recall-gate.ts';
import { leftOut } from './migrations/023-left-out.ts';
import { inDoubt } from './migrations/024-in-doubt.ts';
import { askedAuditor } from './migrations/025-asked-auditor.ts';
import { runPace } from './migrations/026-run-pace.ts';
import { mergedContacts } from './migrations/027-merged-contacts.ts';
import { firstDue } from './migrations/028-first-due.ts';
import { openReplies } from './migrations/029-open-replies.ts';
import { toldMerges } from './migrations/030-told-merges.ts';
import { keyProbe } from './migrations/031-key-probe.ts';
import { noticedAt } from './migrations/032-noticed-at.ts';
import { refusedWrites } from './migrations/033-refused-writes.ts';
import { settledBy } from './migrations/034-settled-by.ts';
import { openWindows } from './migrations/035-open-windows.ts';
import { peopleLookups } from './migrations/036-people-lookups.ts';
import { knownStages } from './migrations/037-known-stages.ts';
import { outboxSubjects } from './migrations/038-outbox-subjects.ts';
import { answersAfterTheLog } from './migrations/039-answers-after-the-log.ts';
import type { Migration } from './migrations/migration.ts';
import type { Tables } from './tables.ts';

/** Their statements are constants of this code. There is no way back: a mistake is mended by the next one. */
export const MIGRATIONS: readonly Migration[] = [
  accounts,
  touches,
  answers,
  tenancy,
  recall,
  gate,
  due,
  budget,
  engine,
  callers,
  patterns,
  kudosAndPreferences,
  keys,
  heardAt,
  inbox,
  givenByPerson,
  taskOwner,
  wishes,
  findingReads,
  coachingNote,
  recallGate,
  leftOut,
  inDoubt,
  askedAuditor,
  runPace,
  mergedContacts,
  firstDue,
  openReplies,
  toldMerges,
  keyProbe,
  noticedAt,
  refusedWrites,
  settledBy,
  openWindows,
  peopleLookups,
  knownStages,
  outboxSubjects,
  answersAfterTheLog,
];

/** Any number, the same in every version: processes that start together wait for each other on it. */
const MIGRATION_LOCK = 7_245_901;

/** The database's idea of now. The one with a setting is for embedded and test databases, where one clock drives everything. */
const APP_NOW = `CREATE OR REPLACE FUNCTION app_now() RETURNS timestamptz LANGUAGE sql VOLATILE AS
  'SELECT clock_timestamp()'`;
const INJECTED_APP_NOW = `CREATE OR REPLACE FUNCTION app_now() RETURNS timestamptz LANGUAGE sql VOLATILE AS
  'SELECT coalesce(NULLIF(current_setting(''sci.now'', true), '''')::timestamptz, clock_timestamp())'`;

/**
 * Brings the database to this version's tables and returns the names of the migrations it ran. Runs as the tables' owner, in
 * one transaction. A process that starts at the same time waits, finds the work done and runs none.
 * @param migrations all of them, but where an earlier version's tables are wanted
 * @throws AppError `unavailable` where the database does not answer, `internal` where a migration failed (nothing is kept)
 */
export async function migrate(
  database: Database,
  migrations: readonly Migration[] = MIGRATIONS,
): Promise<readonly string[]> {
  try {
    return await database.kysely.transaction().execute(runMissing(migrations, database.clock !== null));
  } catch (error) {
    const passing = toAppError(error);
    if (passing instanceof AppError) throw passing;
    throw new AppError('internal', 'The database could not be brought up to date.', {
      cause: error,
      hint: 'Run the migration as the owner of the tables, a role that may create roles (CREATEROLE).',
    });
  }
}

function runMissing(migrations: readonly Migration[], injectedClock: boolean) {
  return async (db: Transaction<Tables>): Promise<readonly string[]> => {
    // A scan of a large table may take its time; a wait for others' locks may not, since every click then waits behind it.
    await sql`SET LOCAL statement_timeout = 0`.execute(db);
    await sql`SELECT pg_advisory_xact_lock(${MIGRATION_LOCK})`.execute(db);
    await sql`SET LOCAL lock_timeout = '5s'`.execute(db);
    await sql`CREATE TABLE IF NOT EXISTS migrations (name text PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now())`.execute(
      db,
    );
    await sql.raw(injectedClock ? INJECTED_APP_NOW : APP_NOW).execute(db);
    const applied = await db.selectFrom('migrations').select('name').execute();
    const known = new Set(applied.map((row) => row.name));
    const missing = migrations.filter((migration) => !known.has(migration.name));
    for (const migration of missing) await run(db, migration);
    return missing.map((migration) => migration.name);
  };
}

async function run(db: Transaction<Tables>, migration: Migration): Promise<void> {
  await db.insertInto('migrations').values({ name: migration.name }).execute();
  for (const statement of migration.statements) await sql.raw(statement).execute(db);
}
