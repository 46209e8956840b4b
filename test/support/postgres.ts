import {
  findPostgresBinaries,
  runAsAdmin,
  startPostgresCluster,
} from '../../scripts/support/postgres-cluster.ts';
import { openDatabase } from '../../src/store/database.ts';
import type { Database } from '../../src/store/database.ts';
import { migrate } from '../../src/store/migrate.ts';
import type { Clock } from '../../src/usecases/ports.ts';

/** Where the tests' Postgres is: an address of a superuser. */
type Server = { readonly adminUrl: string; readonly stop: () => Promise<void> };

const TEMPLATE = 'sci_template';
const LOGIN = 'sci_test_login';
const TABLE_OWNER = 'sci_test_owner';
let server: Promise<Server> | null = null;
let databases = 0;

/** Why the tests on Postgres are skipped, or null where they run. REQUIRE_POSTGRES=1 makes a reason a failure. */
export function postgresMissing(): string | null {
  if (process.env['TEST_DATABASE_URL'] !== undefined || findPostgresBinaries() !== null) return null;
  const reason = 'Skipped on Postgres: no server binaries here, and TEST_DATABASE_URL is not set.';
  if (process.env['REQUIRE_POSTGRES'] === '1') throw new Error(reason);
  return reason;
}

/** A migrated database of its own, opened as the runtime login. Closing it drops it. */
export async function openTestPostgres(clock: Clock): Promise<Database> {
  const { name, close } = await createTestDatabase();
  const database = await openDatabase({ url: await urlOf(name, LOGIN) }, { clock, connections: 20 });
  return {
    ...database,
    close: async () => {
      await database.close();
      await close();
    },
  };
}

/** A copy of the migrated template, and how to drop it. */
export async function createTestDatabase(): Promise<{
  readonly name: string;
  readonly ownerUrl: string;
  readonly close: () => Promise<void>;
}> {
  const { adminUrl } = await startServer();
  databases += 1;
  const name = `sci_test_${process.pid}_${databases}`;
  await runAsAdmin(adminUrl, `CREATE DATABASE ${name} TEMPLATE ${templateName()}`);
  const close = () => runAsAdmin(adminUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  return { name, ownerUrl: await urlOf(name, null), close };
}

/** The address of a database of the test server, as a login without password, or as its superuser. */
export async function urlOf(name: string, login: string | null): Promise<string> {
  const { adminUrl } = await startServer();
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  if (login !== null) {
    url.username = login;
    url.password = login;
  }
  return url.href;
}

/** Empties the database and gives it to a login that owns its tables and is no superuser; returns the login. */
export async function useTableOwner(name: string): Promise<string> {
  const { adminUrl } = await startServer();
  await runAsAdmin(
    adminUrl,
    `DO $$ BEGIN
      CREATE ROLE ${TABLE_OWNER} LOGIN CREATEROLE PASSWORD '${TABLE_OWNER}';
    EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$`,
  );
  const url = await urlOf(name, null);
  await runAsAdmin(url, 'DROP SCHEMA public CASCADE');
  await runAsAdmin(url, `CREATE SCHEMA public AUTHORIZATION ${TABLE_OWNER}`);
  await runAsAdmin(url, 'GRANT USAGE ON SCHEMA public TO PUBLIC');
  return TABLE_OWNER;
}

/** Stops the cluster of this test file, if one was started. */
export async function stopPostgres(): Promise<void> {
  const started = server;
  server = null;
  if (started !== null) await (await started).stop();
}

function startServer(): Promise<Server> {
  server ??= prepareServer();
  return server;
}

async function prepareServer(): Promise<Server> {
  const given = process.env['TEST_DATABASE_URL'];
  const started =
    given === undefined ? await startPostgresCluster() : { adminUrl: given, stop: dropTemplate(given) };
  const { adminUrl } = started;
  await runAsAdmin(
    adminUrl,
    `DO $$ BEGIN
      IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '${LOGIN}') THEN
        CREATE ROLE ${LOGIN} LOGIN NOINHERIT PASSWORD '${LOGIN}';
      END IF;
    EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$`,
  );
  await runAsAdmin(adminUrl, `CREATE DATABASE ${templateName()}`);
  const url = new URL(adminUrl);
  url.pathname = `/${templateName()}`;
  // Any clock: it makes app_now() follow the one that a test injects.
  const template = await openDatabase({ url: url.href }, { clock: { now: () => new Date() } });
  await migrate(template);
  await template.close();
  await runAsAdmin(adminUrl, `GRANT sci_app, sci_system TO ${LOGIN}`);
  return started;
}

/** One template a process: several may share a given server. */
const templateName = (): string => `${TEMPLATE}_${process.pid}`;

function dropTemplate(adminUrl: string): () => Promise<void> {
  return () => runAsAdmin(adminUrl, `DROP DATABASE IF EXISTS ${templateName()} WITH (FORCE)`);
}
