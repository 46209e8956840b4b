import { execFileSync, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

/** A throwaway PostgreSQL in a temporary folder, on a port of its own. */
export type PostgresCluster = {
  /** Address of its superuser, without password. */
  readonly adminUrl: string;
  /** Ends it without a checkpoint, as a crash would, and starts it again on the same data and port. */
  crashAndRestart(): Promise<void>;
  /** Ends it and removes its folder. */
  stop(): Promise<void>;
};

export type ClusterOptions = {
  /** True: commits reach the disk, as in production. False, for tests: faster, and gone with the machine. */
  readonly isDurable?: boolean;
  /** 120 unless stated. */
  readonly maxConnections?: number;
  /** True: its addresses lead through a socket file, which costs half as much as a way through TCP. */
  readonly overSocket?: boolean;
  /** More settings of the server, such as `jit=off`. */
  readonly settings?: readonly string[];
};

type Identity = { readonly uid: number; readonly gid: number };
type Place = {
  readonly binaries: string;
  readonly folder: string;
  readonly port: number;
  readonly identity: Identity | null;
};

/** Folder of PostgreSQL's server programs on this machine, the newest first; null where there are none. */
export function findPostgresBinaries(): string | null {
  const root = '/usr/lib/postgresql';
  const versions = existsSync(root) ? readdirSync(root).sort((a, b) => Number(b) - Number(a)) : [];
  const places = [...versions.map((version) => path.join(root, version, 'bin')), configuredPlace()];
  return places.find((place) => place !== '' && existsSync(path.join(place, 'initdb'))) ?? null;
}

/**
 * Makes and starts a cluster; it goes with this process at the latest. Run by root, it works as an unprivileged user.
 * @throws Error where the machine has no server programs, or PostgreSQL does not start within 10 s
 */
export async function startPostgresCluster(options: ClusterOptions = {}): Promise<PostgresCluster> {
  const binaries = findPostgresBinaries();
  if (binaries === null) throw new Error('There are no PostgreSQL server binaries on this machine.');
  const identity = unprivileged();
  const folder = mkdtempSync(path.join(tmpdir(), 'sci-postgres-'));
  if (identity !== null) chownSync(folder, identity.uid, identity.gid);
  const place: Place = { binaries, folder, identity, port: await freePort() };
  initialize(place);
  let child = startServer(place, options);
  const socket = options.overSocket === true ? `?host=${encodeURIComponent(folder)}` : '';
  const adminUrl = `postgres://admin@127.0.0.1:${place.port}/postgres${socket}`;
  // Where this process fails hard, the cluster goes with it.
  process.once('exit', () => {
    child.kill('SIGQUIT');
    rmSync(folder, { recursive: true, force: true });
  });
  await waitUntilUp(adminUrl, child);
  return {
    adminUrl,
    crashAndRestart: async () => {
      await end(child);
      child = startServer(place, options);
      await waitUntilUp(adminUrl, child);
    },
    stop: async () => {
      await end(child);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Runs one statement as the superuser of `adminUrl`, on a connection of its own. */
export async function runAsAdmin(adminUrl: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

function initialize({ binaries, folder, identity }: Place): void {
  const flags = ['-U', 'admin', '--auth=trust', '--no-sync', '-E', 'UTF8', '--locale=C'];
  execFileSync(path.join(binaries, 'initdb'), ['-D', dataOf(folder), ...flags], {
    ...(identity ?? {}),
    stdio: 'ignore',
    cwd: folder,
  });
}

function startServer({ binaries, folder, port, identity }: Place, options: ClusterOptions): ChildProcess {
  const settings = [
    `max_connections=${options.maxConnections ?? 120}`,
    ...(options.isDurable === true ? [] : ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off']),
    ...(options.settings ?? []),
  ];
  const flags = settings.flatMap((setting) => ['-c', setting]);
  return spawn(
    path.join(binaries, 'postgres'),
    [
      '-D',
      dataOf(folder),
      '-p',
      String(port),
      '-h',
      '127.0.0.1',
      '-k',
      options.overSocket === true ? folder : '',
      ...flags,
    ],
    { ...(identity ?? {}), stdio: 'ignore', cwd: folder },
  );
}

const dataOf = (folder: string): string => path.join(folder, 'data');

async function end(child: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => child.once('exit', resolve));
  if (child.exitCode === null && child.signalCode === null && child.kill('SIGQUIT')) await ended;
}

async function waitUntilUp(adminUrl: string, child: ChildProcess): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    if (child.exitCode !== null)
      throw new Error(`PostgreSQL ended at its start with code ${child.exitCode}.`);
    try {
      await runAsAdmin(adminUrl, 'SELECT 1');
      return;
    } catch {
      await sleep(50);
    }
  }
  throw new Error('PostgreSQL did not start within 10 s.');
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
  throw new Error('Run this as a user other than root: there is no user postgres or nobody here.');
}

/** A port of this machine that nobody listens on at this moment. */
export function freePort(): Promise<number> {
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
