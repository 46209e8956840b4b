import { setTimeout as sleep } from 'node:timers/promises';
import type { TaskKeyMode } from '../../src/usecases/hubspot-port.ts';
import type { CompanyAsked, EngineReport, EngineStatus, LogRead } from '../engine-process.ts';
import { productionOptions, startAskedProcess } from './child.ts';
import type { BenchDatabase } from './databases.ts';
import type { InstalledPortal } from './hubspot.ts';
import type { PortalsToSetUp } from './set-up-portals.ts';
import { backendEnvironment, type BackendRole } from './settings.ts';
import type { TimedWork } from './watch-fetch.ts';

export type Engine = {
  readonly pid: number;
  /** Serves requests to the app; returns its address. */
  serve(): Promise<string>;
  readLog(portalId: number): Promise<LogRead>;
  /** A customer's contacts, read from HubSpot with the right of way of a card. */
  readForCard(asked: CompanyAsked): Promise<TimedWork>;
  /** `taskKeyMode`: see PortalsToSetUp; null where left out. */
  setUp(portals: readonly InstalledPortal[], taskKeyMode?: TaskKeyMode): Promise<void>;
  /** Makes the accounts' quarter due and wakes the worker; returns that instant, ms since 1970. */
  begin(portalIds: readonly number[]): Promise<number>;
  status(): Promise<EngineStatus>;
  moveClock(ms: number): Promise<void>;
  report(): Promise<EngineReport>;
  stop(): Promise<void>;
};

const LOOK_MS = 250;

/** The product in a process of its own. */
export async function startEngine(options: {
  readonly hubspotUrl: string;
  readonly database: BenchDatabase;
  readonly isClockInjected?: boolean;
  /** A worker unless stated; on the embedded database always both. */
  readonly role?: BackendRole;
}): Promise<Engine> {
  const { hubspotUrl, database, isClockInjected = false, role = 'worker' } = options;
  const child = startAskedProcess('engine-process.ts', productionOptions());
  const environment = backendEnvironment({ hubspotUrl, database, role });
  await child.ask('open', { environment, isClockInjected });
  return {
    pid: child.pid,
    serve: async () => `http://127.0.0.1:${await child.ask<number>('serve')}`,
    readLog: (portalId) => child.ask('readLog', portalId),
    readForCard: (asked) => child.ask('readForCard', asked),
    setUp: (portals, taskKeyMode) =>
      child.ask('setUp', { portals, taskKeyMode: taskKeyMode ?? null } satisfies PortalsToSetUp),
    begin: (portalIds) => child.ask('begin', portalIds),
    status: () => child.ask('status'),
    moveClock: (ms) => child.ask('moveClock', ms),
    report: () => child.ask('report'),
    stop: () => child.stop(),
  };
}

/**
 * Waits until `wanted` outcomes are committed by the engines together, or nothing more was for `idleMs`; returns how many were.
 */
export async function waitForOutcomes(
  engines: readonly Engine[],
  wanted: number,
  idleMs: number,
  say: (done: number) => void = () => undefined,
): Promise<number> {
  let done = 0;
  let lastChangeMs = Date.now();
  while (done < wanted && Date.now() - lastChangeMs < idleMs) {
    await sleep(LOOK_MS);
    const before = done;
    done = 0;
    for (const engine of engines) {
      const { created, parked } = await engine.status();
      done += created + parked;
    }
    if (done !== before) {
      lastChangeMs = Date.now();
      say(done);
    }
  }
  return done;
}
