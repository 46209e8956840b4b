import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Express } from 'express';
import pg from 'pg';
import { sandboxApp, SANDBOX_APP_ID, SANDBOX_CLIENT_ID, SANDBOX_CLIENT_SECRET } from '../../sandbox/app.ts';
import type { SandboxClock } from '../../sandbox/clock.ts';
import { createSimulator, type Simulator } from '../../sandbox/hubspot/simulator.ts';
import { readConfig, type Config } from '../../src/config.ts';
import { openDatabase, type Database } from '../../src/store/database.ts';
import { migrate } from '../../src/store/migrate.ts';
import { createStore, type WholeStore } from '../../src/store/store.ts';
import { runAsAdmin, startPostgresCluster } from '../support/postgres-cluster.ts';
import { createControl, type Control } from './control.ts';
import { watchCalls, type CallWatch } from './watch-calls.ts';
import { createVirtualClock, type VirtualClock } from './virtual-clock.ts';

/** A Wednesday morning in Chicago, in the middle of a quarter. */
export const START = new Date('2026-08-12T15:00:00.000Z');
const LOGIN = 'sci_faults';
const DATABASE = 'faults';
const CONNECTIONS = 16;
/** What a database of small tables on one machine can do without. */
const THROWAWAY = [
  'jit=off',
  'wal_level=minimal',
  'max_wal_senders=0',
  'shared_buffers=64MB',
  'deadlock_timeout=20ms',
];
/** A key for the tokens of a throwaway database, which open nothing. */
const MASTER_KEY = Buffer.from('a key of fault runs, opens naught').subarray(0, 32).toString('base64');

/** A HubSpot and a database beside each other on one clock, with room for many accounts. */
export type Place = {
  readonly clock: SandboxClock;
  readonly simulator: Simulator;
  readonly simulatorUrl: string;
  readonly control: Control;
  /** What each call to HubSpot rested on. */
  readonly calls: CallWatch;
  /** The product's database as its runtime role sees it. */
  readonly database: Database;
  /** What the checker reads by: the tables' owner, past row-level security. */
  readonly owner: pg.Pool;
  readonly ownerUrl: string;
  /** For setting an account up; engines bring their own. */
  readonly store: WholeStore;
  readonly config: Config;
  /** The same settings for a process of its own. */
  readonly environment: Readonly<Record<string, string>>;
  /** Stops Postgres as a crash would, and starts it again on the same data. */
  crashDatabase(): Promise<void>;
  close(): Promise<void>;
};

/** What a seed runs in: one virtual clock, and HubSpot's webhooks reach whichever engine serves. */
export type World = Place & {
  readonly clock: VirtualClock;
  /** Whose HTTP side HubSpot's webhooks and cards reach from now on. */
  serve(app: Express): void;
};

/** Starts a world of its own for one process of the run. */
export async function openWorld(): Promise<World> {
  const clock = createVirtualClock(START);
  const web = createServer();
  const webUrl = await listen(web);
  const place = await openPlace({ clock, backendOrigin: () => webUrl });
  return {
    ...place,
    clock,
    serve: (app) => {
      web.removeAllListeners('request');
      web.on('request', app);
    },
    close: async () => {
      web.closeAllConnections();
      web.close();
      await place.close();
    },
  };
}

export type PlaceOptions = {
  readonly clock: SandboxClock;
  readonly backendOrigin: () => string | null;
  /** True where the database is crashed, and what it acknowledged must be there afterwards. */
  readonly isDurable?: boolean;
  /** True where the sandbox may kill the process under test. */
  readonly allowKill?: boolean;
};

/** Starts a throwaway PostgreSQL and the sandbox's HubSpot. */
export async function openPlace(options: PlaceOptions): Promise<Place> {
  const { clock } = options;
  const cluster = await startPostgresCluster({
    isDurable: options.isDurable ?? false,
    overSocket: true,
    settings: options.isDurable === true ? [] : THROWAWAY,
  });
  const { ownerUrl, loginUrl } = await makeDatabase(cluster.adminUrl, clock);
  const database = await openDatabase(
    { url: loginUrl },
    { clock, connections: CONNECTIONS, preparesEveryQuery: true },
  );
  const owner = new pg.Pool({ connectionString: ownerUrl, max: 4 });
  owner.on('error', () => undefined);
  const calls = watchCalls(
    owner,
    (faultId) =>
      simulator.faults.history().findLast((fault) => fault.faultId === faultId)?.request.when === 'late',
  );
  const simulator: Simulator = await createSimulator({
    clock,
    stateDir: null,
    app: sandboxApp('http://localhost:3000/oauth/callback'),
    backendOrigin: options.backendOrigin,
    allowKill: options.allowKill ?? false,
    extraRouters: [calls.router],
  });
  const { url: simulatorUrl } = await simulator.listen(0);
  const environment = engineEnvironment(simulatorUrl, loginUrl, ownerUrl);
  return {
    clock,
    simulator,
    simulatorUrl,
    control: createControl(simulator, simulatorUrl),
    calls,
    database,
    owner,
    ownerUrl,
    store: createStore(database, { masterKey: MASTER_KEY }),
    config: readConfig(environment),
    environment,
    crashDatabase: () => cluster.crashAndRestart(),
    close: async () => {
      await simulator.close();
      await database.close();
      await owner.end();
      await cluster.stop();
    },
  };
}

/** Settings of an engine beside the sandbox; worker timers stay off, since the run drives what is due. */
function engineEnvironment(
  simulatorUrl: string,
  databaseUrl: string,
  migrationUrl: string,
): Record<string, string> {
  return {
    NODE_ENV: 'development',
    ROLE: 'web',
    PUBLIC_BASE_URL: sandboxApp('').publicBaseUrl,
    HUBSPOT_APP_ID: String(SANDBOX_APP_ID),
    HUBSPOT_CLIENT_ID: SANDBOX_CLIENT_ID,
    HUBSPOT_CLIENT_SECRET: SANDBOX_CLIENT_SECRET,
    MASTER_KEY,
    HUBSPOT_API_URL: simulatorUrl,
    HUBSPOT_AUTHORIZE_URL: `${simulatorUrl}/oauth/authorize`,
    DATABASE_URL: databaseUrl,
    MIGRATION_DATABASE_URL: migrationUrl,
  };
}

async function makeDatabase(
  adminUrl: string,
  clock: SandboxClock,
): Promise<{ readonly ownerUrl: string; readonly loginUrl: string }> {
  await runAsAdmin(adminUrl, `CREATE DATABASE ${DATABASE}`);
  const owner = new URL(adminUrl);
  owner.pathname = `/${DATABASE}`;
  const database = await openDatabase({ url: owner.href }, { clock, connections: 1 });
  await migrate(database);
  await database.close();
  await runAsAdmin(owner.href, FORGET_PORTAL);
  await runAsAdmin(adminUrl, `CREATE ROLE ${LOGIN} LOGIN NOINHERIT`);
  await runAsAdmin(adminUrl, `GRANT sci_app, sci_system TO ${LOGIN}`);
  const login = new URL(owner.href);
  login.username = LOGIN;
  return { ownerUrl: owner.href, loginUrl: login.href };
}

/** Empties every table of what belongs to one account: thousands of seeds share the database. */
const FORGET_PORTAL = `DO $do$
  DECLARE deletes text;
  BEGIN
    SELECT string_agg(format('DELETE FROM %I WHERE portal_id = gone;', c.relname), ' ') INTO deletes
      FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
      WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r' AND a.attname = 'portal_id' AND NOT a.attisdropped;
    -- Plain statements, so that each connection plans them once.
    EXECUTE 'CREATE FUNCTION forget_portal(gone bigint) RETURNS void LANGUAGE plpgsql SET session_replication_role = replica AS $f$ BEGIN '
      || deletes || ' END $f$';
  END $do$`;

function listen(server: Server): Promise<string> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    });
  });
}
