import { createHash, createHmac, randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleepMs } from 'node:timers/promises';
import type { Express } from 'express';
import { readAppManifest, type AppManifest } from './app-manifest.ts';
import { createCardHandlers } from './card-handlers.ts';
import type { Config } from './config.ts';
import { businessCalendarOf, countryOfZone, holidayCountries } from './holidays.ts';
import { createApp } from './http/app.ts';
import { createHubSpotGateway } from './hubspot/gateway.ts';
import { createOAuthGateway } from './hubspot/oauth.ts';
import { createInProcessQueue } from './jobs/in-process-queue.ts';
import { createBossQueue } from './jobs/pg-boss-queue.ts';
import { createJobRunner, type JobRunner } from './jobs/runner.ts';
import { createWorker, type Worker, type WorkerOptions } from './jobs/worker.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import { openDatabase, type Database } from './store/database.ts';
import { migrate } from './store/migrate.ts';
import { createStore } from './store/store.ts';
import { assertTenancy } from './store/tenancy-check.ts';
import { deliverExport } from './usecases/deliver-export.ts';
import { beginInstall, completeInstall, disconnectPortal } from './usecases/install.ts';
import type { Clock, Deps, Ids, Log, Queue } from './usecases/ports.ts';
import { receiveWebhooks } from './usecases/receive-webhooks.ts';

const TICK_MS = 5_000;
/** What HubSpot has not answered by then is left for reconciliation: the process is gone two seconds later. */
const ABORT_AFTER_MS = 8_000;
/** How many jobs run at once. The embedded database has one connection: there the second one uses what the first one waits. */
const SLOTS = { postgres: 8, embedded: 3 } as const;
/** Connections of a process that works: each job holds one at a time, the batches of a release one each. */
const WORKER_CONNECTIONS = 16;

export type WireOptions = {
  readonly log: Log;
  /** One clock for simulator and backend, in sandbox and tests; production has its own. */
  readonly clock?: Clock;
  /** True where the HubSpot API may be on this machine: sandbox and tests. */
  readonly allowLoopback?: boolean;
  readonly tickMs?: number;
  /** Puts something around the ports: tests and measurements. */
  readonly decorate?: (deps: Deps) => Deps;
  /** How a call waits for its turn; the sandbox waits by its own clock. */
  readonly sleep?: (ms: number) => Promise<void>;
  /** Open, migrated, and closed by whoever opened it: several of these in one process share it. Wake-ups stay within each. */
  readonly database?: Database;
  /** Time on the wire for one call to HubSpot, in ms; 30 s where left out. */
  readonly callDeadlineMs?: number;
};

export type Wired = {
  readonly app: Express;
  readonly deps: Deps;
  readonly runner: JobRunner;
  /** Null in a process that only serves requests. */
  readonly worker: Worker | null;
  /**
   * Takes no new work, lets the running jobs end (calls to HubSpot are aborted after 8 s), then closes the database.
   * @param requestsEnded resolves once no request is being answered any more
   */
  close(requestsEnded?: Promise<void>): Promise<void>;
};

/** The one place where real parts meet. @throws Error where the database cannot be opened or is not safe to use */
export async function wire(config: Config, options: WireOptions): Promise<Wired> {
  const { log } = options;
  const clock = options.clock ?? { now: () => new Date() };
  const manifest = readAppManifest(new URL('../app.json', import.meta.url));
  const database = options.database ?? (await openStorage(config, options.clock));
  const store = createStore(database, {
    masterKey: config.masterKey,
    ...(config.previousMasterKey === null ? {} : { previousMasterKey: config.previousMasterKey }),
  });
  const seals = await store.renewSeals(config.isMasterKeyLost);
  if (Object.values(seals).some((count) => count > 0))
    log.warn(seals, 'secrets that another master key sealed');
  const stopping = new AbortController();
  let isClosing = false;
  const queue = options.database === undefined ? await openQueue(config, log) : localQueue();
  const metrics = createMetrics({
    figures: () => store.system.figures(clock.now()),
    nowMs: () => performance.now(),
  });
  const hubspotConfig = hubspotConfigOf(config, manifest, options.allowLoopback ?? false, stopping.signal);
  const decorate = options.decorate ?? ((bare: Deps) => bare);
  const deps: Deps = decorate({
    clock,
    ids,
    store,
    vault: store.vault,
    queue: queue.port,
    calendar: (country, region) => businessCalendarOf({ country, region }),
    countries: holidayCountries(),
    countryOfZone,
    log,
    oauth: createOAuthGateway({ ...hubspotConfig, clock }),
    hubspot: metrics.counting(
      createHubSpotGateway({
        ...hubspotConfig,
        appId: config.appId,
        clock,
        log,
        vault: store.vault,
        budget: store.budget,
        sleep: options.sleep ?? ((ms) => sleepMs(ms)),
        deadlineMs: options.callDeadlineMs,
        onTokenLost: async (portalId, refusedToken) => {
          await disconnectPortal(deps, portalId, refusedToken);
        },
        onCall: metrics.onCall,
      }),
    ),
    isStopping: () => isClosing,
  });
  const { runner, worker } = createWork(config, deps, metrics, {
    tickMs: options.tickMs ?? TICK_MS,
    slots: SLOTS[database.engine.kind],
  });
  if (worker !== null) await queue.listen(worker);
  return {
    app: createHttpApp(config, deps, metrics),
    deps,
    runner,
    worker,
    close: async (requestsEnded = Promise.resolve()) => {
      isClosing = true;
      const abort = setTimeout(() => {
        stopping.abort();
      }, ABORT_AFTER_MS);
      await Promise.all([worker?.stop(), requestsEnded]);
      clearTimeout(abort);
      metrics.close();
      await queue.close();
      if (options.database === undefined) await store.close();
    },
  };
}

/**
 * The worker of a process that has one. What a job makes due for the next stays in the process: it needs no queue, and no wait
 * until somebody looks there.
 */
function createWork(
  config: Config,
  deps: Deps,
  metrics: Metrics,
  options: WorkerOptions,
): Pick<Wired, 'runner' | 'worker'> {
  const holder = `${hostname()}/${process.pid}/${randomUUID().slice(0, 8)}`;
  if (!config.runsWorker) return { runner: createJobRunner(deps, holder, metrics), worker: null };
  const followUps = createInProcessQueue();
  const runner = createJobRunner({ ...deps, queue: followUps }, holder, metrics);
  const worker = createWorker(runner, deps.log, options);
  followUps.onWake((job, portalId) => {
    worker.follow(job, portalId);
  });
  return { runner, worker };
}

const ids: Ids = {
  uuid: randomUUID,
  sha256: (text) => createHash('sha256').update(text).digest('hex'),
  hmac: (secret, text) => createHmac('sha256', secret).update(text).digest(),
};

/** Migrations run as the tables' owner; the process then works as a role that owns nothing. */
async function openStorage(config: Config, clock: Clock | undefined): Promise<Database> {
  const withClock = clock === undefined ? {} : { clock };
  if ('folder' in config.database) {
    const database = await openDatabase({ folder: config.database.folder }, withClock);
    await migrate(database);
    return database;
  }
  const owner = await openDatabase(
    { url: config.database.migrationUrl },
    {
      ...withClock,
      connections: 1,
      // A migration may scan a large table.
      longestQueryMs: null,
    },
  );
  try {
    await migrate(owner);
  } finally {
    await owner.close();
  }
  const database = await openDatabase(
    { url: config.database.url },
    { ...withClock, ...(config.runsWorker ? { connections: WORKER_CONNECTIONS } : {}) },
  );
  if (config.isProduction) await assertTenancy(database);
  return database;
}

type OpenQueue = {
  readonly port: Queue;
  listen(worker: Worker): Promise<void>;
  close(): Promise<void>;
};

async function openQueue(config: Config, log: Log): Promise<OpenQueue> {
  if ('folder' in config.database) return localQueue();
  const boss = createBossQueue(config.database.migrationUrl, log);
  await boss.start();
  return {
    port: boss,
    listen: (worker) => {
      const wake: Worker['wake'] = (job, portalId) => {
        worker.wake(job, portalId);
      };
      return boss.work(wake);
    },
    close: () => boss.stop(),
  };
}

function localQueue(): OpenQueue {
  const queue = createInProcessQueue();
  return {
    port: queue,
    listen: (worker) => {
      queue.onWake((job, portalId) => {
        worker.wake(job, portalId);
      });
      return Promise.resolve();
    },
    close: () => Promise.resolve(),
  };
}

function hubspotConfigOf(
  config: Config,
  manifest: AppManifest,
  allowLoopback: boolean,
  stopping: AbortSignal,
) {
  return {
    apiBaseUrl: config.hubspotApiUrl,
    authorizeUrl: config.hubspotAuthorizeUrl,
    clientId: config.clientId,
    clientSecret: config.clientSecret,
    redirectUrl: config.redirectUrl,
    requiredScopes: manifest.scopes.required,
    optionalScopes: manifest.scopes.optional,
    allowLoopback,
    stopping,
  };
}

function createHttpApp(config: Config, deps: Deps, metrics: Metrics): Express {
  const secrets = [
    config.clientSecret,
    ...(config.previousClientSecret === null ? [] : [config.previousClientSecret]),
  ];
  return createApp({
    signature: {
      clientSecrets: secrets,
      publicBaseUrl: config.publicBaseUrl,
      appId: config.appId,
      acceptRawForm: config.acceptRawSignedForm,
    },
    clock: deps.clock,
    log: deps.log,
    card: createCardHandlers(deps),
    oauth: {
      begin: (state) => beginInstall(deps, state),
      complete: (input) => completeInstall(deps, input),
    },
    deliverExport: (token) => deliverExport(deps, token),
    receiveWebhooks: (events) => receiveWebhooks(deps, events),
    isReady: () => deps.store.system.ready(),
    metrics: metrics.text,
  });
}
