import type { Express } from 'express';
import type { Config } from '../../src/config.ts';
import { hasCode } from '../../src/errors.ts';
import type { JobRunner } from '../../src/jobs/runner.ts';
import type { Clock, Deps, Log } from '../../src/usecases/ports.ts';
import { wire } from '../../src/wire.ts';
import type { DueWork } from '../../sandbox/advance.ts';
import { observePorts, type Observer } from './ports.ts';
import type { World } from './world.ts';

/** Batches as small as this have a first, a middle and a last one in an account of a dozen customers. */
export const BATCH = 4;

/** Thrown at every port of an engine that is gone: a killed process does nothing any more. */
export class EngineGone extends Error {
  constructor() {
    super('This engine is gone.');
    this.name = 'EngineGone';
  }
}

/** The product's backend as one process, whose end is simulated: its leases and half-done work stay as they are. */
export type Engine = {
  readonly deps: Deps;
  readonly runner: JobRunner;
  readonly app: Express;
  readonly work: DueWork;
  readonly isGone: () => boolean;
  /** From now on nothing it asks of a port is done. */
  readonly kill: () => void;
  /** As SIGTERM: takes nothing new and finishes what runs. */
  readonly stop: () => Promise<void>;
  /** Gives back what it holds of this process, once nothing more is expected of it. */
  readonly close: () => Promise<void>;
};

export type EngineOptions = {
  readonly observe?: Observer;
  readonly batch?: number;
  readonly callDeadlineMs?: number;
  /** Its own idea of the time; the database keeps the world's. */
  readonly clock?: Clock;
  /** Where it finds HubSpot, if not at the sandbox itself. */
  readonly apiUrl?: string;
  /** Settings of its own instead of the world's. */
  readonly config?: Config;
  readonly decorate?: (deps: Deps) => Deps;
  /** Told of a job that broke by a fault of the product's own, not of what it met. */
  readonly onSurprise?: (what: string) => void;
};

const SILENT: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** Wires an engine on the world's open database. */
export async function startEngine(world: World, options: EngineOptions = {}): Promise<Engine> {
  let isGone = false;
  const goOn = () => {
    if (isGone) throw new EngineGone();
  };
  const observe: Observer = async (event) => {
    goOn();
    await options.observe?.(event);
    // It may have ended while the observer held it.
    goOn();
  };
  const surprised: Log['warn'] = ({ code, job, cause }) => {
    if (code === 'internal' && !isGone) options.onSurprise?.(`${String(job)} broke: ${String(cause)}`);
  };
  const decorate = (deps: Deps): Deps => {
    const small = withSmallBatches(deps, options.batch ?? BATCH);
    return observePorts(options.decorate?.(small) ?? small, observe);
  };
  const given = options.config ?? world.config;
  const config = { ...given, hubspotApiUrl: options.apiUrl ?? given.hubspotApiUrl };
  const { app, deps, runner, ...wired } = await wire(config, {
    log: { ...SILENT, warn: surprised },
    clock: options.clock ?? world.clock,
    allowLoopback: true,
    database: world.database,
    ...(options.callDeadlineMs === undefined ? {} : { callDeadlineMs: options.callDeadlineMs }),
    decorate,
    sleep: (ms) => (isGone ? Promise.reject(new EngineGone()) : world.clock.wait(ms)),
  });
  world.serve(app);
  return {
    deps,
    runner,
    app,
    work: {
      nextDueAt: async () => (isGone ? null : unlessGone(runner.nextDueAt(), null)),
      runDue: async () => (isGone ? false : (await unlessGone(runner.runDue(), 0)) > 0),
    },
    isGone: () => isGone,
    kill: () => {
      isGone = true;
    },
    stop: () => runner.drain(),
    close: () => {
      isGone = true;
      return wired.close();
    },
  };
}

/** The end of an engine may surface wherever it was; that is its end, not a fault. A worker's tick that finds no database passes too. */
async function unlessGone<T>(work: Promise<T>, otherwise: T): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof EngineGone || hasCode(error, 'unavailable')) return otherwise;
    throw error;
  }
}

/** Batches of so many at most, whatever HubSpot would take. */
export function withSmallBatches(deps: Deps, batch: number): Deps {
  const { touches, outbox } = deps.store;
  return {
    ...deps,
    hubspot: { ...deps.hubspot, maxBatch: batch },
    store: {
      ...deps.store,
      touches: {
        ...touches,
        claimForSending: (scope, now, limit) => touches.claimForSending(scope, now, Math.min(limit, batch)),
      },
      outbox: { ...outbox },
    },
  };
}
