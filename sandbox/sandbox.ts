import path from 'node:path';
import type { Router } from 'express';
import { advanceClock, runUntilQuiet, type DueWork } from './advance.ts';
import { sandboxApp } from './app.ts';
import {
  callbackUrlOf,
  installUrlOf,
  startBackend,
  type BackendPlace,
  type SandboxBackend,
} from './backend.ts';
import type { SandboxClock } from './clock.ts';
import { buildExtensionBundles } from './host/bundles.ts';
import { createHostRoutes, type HostOptions } from './host/host.ts';
import { createSimulator, type Simulator } from './hubspot/simulator.ts';
import type { PortalDocumentInput } from './portal-document.ts';

export type Sandbox = {
  readonly url: string;
  readonly clock: SandboxClock;
  readonly simulator: Simulator;
  readonly backend: SandboxBackend;
  /** Resolves when the extensions are built and the record pages answer. */
  pagesReady(): Promise<void>;
  /** Runs everything that is due now, in HubSpot's stand-in and in the backend, until nothing is. */
  settle(): Promise<void>;
  advanceTo(instant: Date): Promise<void>;
  close(): Promise<void>;
};

export type SandboxOptions = {
  readonly clock: SandboxClock;
  /** Where everything is kept; null: nothing outlives the process. */
  readonly stateDir: string | null;
  /** 0 takes free ports. The backend listens on the next one. */
  readonly port: number;
  /** The backend's database; a folder beside the state unless given. */
  readonly database?: BackendPlace;
  /** Where to find and keep built extensions; null: no record pages. */
  readonly bundles: { readonly projectRoot: string; readonly outDir: string } | null;
  readonly resolveReference?: (reference: unknown) => PortalDocumentInput;
  readonly logLevel?: string;
};

const REAL_TIME_LOOK_MS = 500;

/** The local HubSpot, the product's backend and the record pages on one clock. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { clock } = options;
  const backendPort = options.port === 0 ? 0 : options.port + 1;
  const work: DueWork[] = [];
  const settle = () => runUntilQuiet(work);
  const advanceTo = (instant: Date) => advanceClock(clock, work, instant);
  let backend: SandboxBackend | null = null;
  const simulator = await createSimulator({
    clock,
    stateDir: options.stateDir === null ? null : path.join(options.stateDir, 'hubspot'),
    app: lateApp(() => backend?.port ?? backendPort),
    backendOrigin: () => backend?.url ?? null,
    advance: advanceTo,
    ...(options.resolveReference === undefined ? {} : { resolveReference: options.resolveReference }),
  });
  const pages =
    options.bundles === null
      ? null
      : buildPages(options.bundles, {
          simulatorUrl: () => address.url,
          installUrl: () => installUrlOf(backend?.port ?? backendPort),
        });
  if (pages !== null) {
    simulator.app.use((request, response, next) => {
      pages.then((router) => {
        router(request, response, next);
      }, next);
    });
  }
  const address = await simulator.listen(options.port);
  backend = await startBackend({
    clock,
    simulatorUrl: address.url,
    port: backendPort,
    place: options.database ?? { folder: databaseFolder(options.stateDir) },
    publicBaseUrl: sandboxApp('').publicBaseUrl,
    ...(options.logLevel === undefined ? {} : { logLevel: options.logLevel }),
  });
  const started = backend;
  work.push(timersWork(simulator, clock), started.work);
  const stopLooking = lookInRealTime(simulator);
  return {
    url: address.url,
    clock,
    simulator,
    backend: started,
    pagesReady: async () => {
      await pages;
    },
    settle,
    advanceTo,
    close: async () => {
      stopLooking();
      await started.close();
      await simulator.close();
    },
  };
}

/** The extensions are built while the database opens and the portal is set up; a page asked for meanwhile waits. */
function buildPages(
  options: Parameters<typeof buildExtensionBundles>[0],
  addresses: Pick<HostOptions, 'simulatorUrl' | 'installUrl'>,
): Promise<Router> {
  const pages = buildExtensionBundles(options).then((bundles) => createHostRoutes({ ...addresses, bundles }));
  pages.catch(() => undefined); // reported by pagesReady and by the page that is asked for
  return pages;
}

/** The callback address is known only once the backend listens. */
function lateApp(port: () => number) {
  const app = sandboxApp('');
  return {
    ...app,
    get redirectUrls() {
      return [...app.redirectUrls, callbackUrlOf(port())];
    },
  };
}

function databaseFolder(stateDir: string | null): string {
  if (stateDir === null) throw new Error('A sandbox without a state folder needs a database.');
  return path.join(stateDir, 'database');
}

function timersWork(simulator: Simulator, clock: SandboxClock): DueWork {
  const { timers } = simulator;
  return {
    nextDueAt: () => timers.nextDueAt(),
    runDue: async () => {
      const next = timers.nextDueAt();
      if (next === null || next > clock.now()) return false;
      await timers.runDue();
      return true;
    },
  };
}

/** While people use the sandbox the clock ticks by itself: webhooks leave when their time comes. */
function lookInRealTime(simulator: Simulator): () => void {
  const timer = setInterval(() => void simulator.timers.runDue().catch(() => undefined), REAL_TIME_LOOK_MS);
  return () => {
    clearInterval(timer);
  };
}
