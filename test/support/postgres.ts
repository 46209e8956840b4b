import { execFileSync, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { openDatabase } from '../../src/store/database.ts';
import type { Database } from '../../src/store/database.ts';
import { migrate } from '../../src/store/migrate.ts';
import type { Clock } from '../../src/usecases/ports.ts';

/** Where the tests' Postgres is: an address of a superuser. */
type Server = { readonly adminUrl: string; readonly stop: () => Promise<void> };
type Identity = { readonly uid: number; readonly gid: number };

const TEMPLATE = 'sci_template';
const LOGIN = 'sci_test_login';
let server: Promise<Server> | null = null;
let databases = 0;

/** Why the tests on Postgres are skipped, or null where they run. REQUIRE_POSTGRES=1 makes a reason a failure. */
export function postgresMissing(): string | null {
  if (process.env['TEST_DATABASE_URL'] !== undefined || findBinaries() !== null) return null;
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
  await admin(adminUrl, `CREATE DATABASE ${name} TEMPLATE ${templateName()}`);
  const close = () => admin(adminUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
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
  const started = given === undefined ? await startCluster() : { adminUrl: given, stop: dropTemplate(given) };
  const { adminUrl } = started;
  await admin(
    adminUrl,
    `DO $$ BEGIN
      IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '${LOGIN}') THEN
        CREATE ROLE ${LOGIN} LOGIN NOINHERIT PASSWORD '${LOGIN}';
      END IF;
    EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$`,
  );
  await admin(adminUrl, `CREATE DATABASE ${templateName()}`);
  const url = new URL(adminUrl);
  url.pathname = `/${templateName()}`;
  // Any clock: it makes app_now() follow the one that a test injects.
  const template = await openDatabase({ url: url.href }, { clock: { now: () => new Date() } });
  await migrate(template);
  await template.close();
  await admin(adminUrl, `GRANT sci_app, sci_system TO ${LOGIN}`);
  return started;
}

/** One template a process: several may share a given server. */
const templateName = (): string => `${TEMPLATE}_${process.pid}`;

function dropTemplate(adminUrl: string): () => Promise<void> {
  return () => admin(adminUrl, `DROP DATABASE IF EXISTS ${templateName()} WITH (FORCE)`);
}

async function startCluster(): Promise<Server> {
  const binaries = findBinaries();
  if (binaries === null) throw new Error('There are no PostgreSQL server binaries on this machine.');
  const identity = unprivileged();
  const folder = mkdtempSync(path.join(tmpdir(), 'sci-postgres-'));
  if (identity !== null) chownSync(folder, identity.uid, identity.gid);
  const data = path.join(folder, 'data');
  const as = identity ?? {};
  execFileSync(
    path.join(binaries, 'initdb'),
    ['-D', data, '-U', 'admin', '--auth=trust', '--no-sync', '-E', 'UTF8', '--locale=C'],
    { ...as, stdio: 'ignore', cwd: folder },
  );
  const port = await freePort();
  const child = spawn(path.join(binaries, 'postgres'), serverArguments(data, port), {
    ...as,
    stdio: 'ignore',
    cwd: folder,
  });
  const stop = () => stopCluster(child, folder);
  // Where a test file fails hard, the cluster goes with its process.
  process.once('exit', () => {
    child.kill('SIGQUIT');
    rmSync(folder, { recursive: true, force: true });
  });
  const adminUrl = `postgres://admin@127.0.0.1:${port}/postgres`;
  await waitUntilUp(adminUrl, child);
  return { adminUrl, stop };
}

function serverArguments(data: string, port: number): readonly string[] {
  const settings = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_connections=120'];
  const flags = settings.flatMap((setting) => ['-c', setting]);
  return ['-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', '', ...flags];
}

async function stopCluster(child: ChildProcess, folder: string): Promise<void> {
  const ended = new Promise((resolve) => child.once('exit', resolve));
  if (child.exitCode === null && child.kill('SIGQUIT')) await ended;
  rmSync(folder, { recursive: true, force: true });
}

async function waitUntilUp(adminUrl: string, child: ChildProcess): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    if (child.exitCode !== null)
      throw new Error(`PostgreSQL ended at its start with code ${child.exitCode}.`);
    try {
      await admin(adminUrl, 'SELECT 1');
      return;
    } catch {
      await sleep(50);
    }
  }
  throw new Error('PostgreSQL did not start within 10 s.');
}

async function admin(adminUrl: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

function findBinaries(): string | null {
  const root = '/usr/lib/postgresql';
  const versions = existsSync(root) ? readdirSync(root).sort((a, b) => Number(b) - Number(a)) : [];
  const places = [...versions.map((version) => path.join(root, version, 'bin')), configuredPlace()];
  return places.find((place) => place !== '' && existsSync(path.join(place, 'initdb'))) ?? null;
}

function configuredPlace(): string {
  try {
    return execFileSync('pg_config', ['--bindir'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return '';
  }
}

/** PostgreSQL refuses to run as root: there it runs as `postgres` or `nobody`. */
function unprivileged(): Identity | null {
  if (process.getuid?.() !== 0) return null;
  for (const name of ['postgres', 'nobody']) {
    try {
      const id = (flag: string) =>
        Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
      return { uid: id('-u'), gid: id('-g') };
    } catch {
      // The next name.
    }
  }
  throw new Error('Run the tests as a user other than root: there is no user postgres or nobody here.');
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => {
        if (address === null || typeof address === 'string') reject(new Error('No free port.'));
        else resolve(address.port);
      });
    });
  });
}
