import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readConfig, type Config } from '../src/config.ts';
import { createLog } from '../src/log.ts';
import { wire, type Wired } from '../src/wire.ts';
import type { DueWork } from './advance.ts';
import { SANDBOX_APP_ID, SANDBOX_CLIENT_ID, SANDBOX_CLIENT_SECRET } from './app.ts';
import type { SandboxClock } from './clock.ts';

/** A key for the sandbox's own tokens, which open nothing. */
const SANDBOX_MASTER_KEY = Buffer.from('a sandbox key, which opens naught')
  .subarray(0, 32)
  .toString('base64');

export type BackendPlace =
  { readonly folder: string } | { readonly databaseUrl: string; readonly migrationUrl: string };

export type SandboxBackend = Wired & {
  readonly url: string;
  readonly port: number;
  /** The backend's jobs as work on the shared clock. */
  readonly work: DueWork;
};

/** The product's own backend, wired as in production, on the sandbox's clock and beside the local HubSpot. */
export async function startBackend(options: {
  readonly clock: SandboxClock;
  readonly simulatorUrl: string;
  readonly port: number;
  readonly place: BackendPlace;
  readonly publicBaseUrl: string;
  readonly logLevel?: string;
}): Promise<SandboxBackend> {
  const server = createServer();
  const port = await listen(server, options.port);
  const url = `http://127.0.0.1:${port}`;
  const config = backendConfig(options, port);
  const wired = await wire(config, {
    log: createLog(options.logLevel ?? 'error'),
    clock: options.clock,
    allowLoopback: true,
    tickMs: 1_000,
    sleep: (ms) => options.clock.wait(ms),
  });
  server.on('request', wired.app);
  return {
    ...wired,
    url,
    port,
    work: {
      nextDueAt: () => wired.runner.nextDueAt(),
      runDue: async () => {
        await wired.worker?.quiet();
        return (await wired.runner.runDue()) > 0;
      },
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await wired.close();
    },
  };
}

/** Where the backend takes OAuth's answer on this machine. */
export function callbackUrlOf(port: number): string {
  return `http://localhost:${port}/oauth/callback`;
}

/** Where an install begins on this machine: on the callback's own origin, or the browser would not send back its state. */
export function installUrlOf(port: number): string {
  return new URL('/oauth/install', callbackUrlOf(port)).href;
}

function backendConfig(options: Parameters<typeof startBackend>[0], port: number): Config {
  const { place } = options;
  return readConfig({
    NODE_ENV: 'development',
    PORT: String(port),
    PUBLIC_BASE_URL: options.publicBaseUrl,
    HUBSPOT_APP_ID: String(SANDBOX_APP_ID),
    HUBSPOT_CLIENT_ID: SANDBOX_CLIENT_ID,
    HUBSPOT_CLIENT_SECRET: SANDBOX_CLIENT_SECRET,
    OAUTH_REDIRECT_URL: callbackUrlOf(port),
    MASTER_KEY: SANDBOX_MASTER_KEY,
    HUBSPOT_API_URL: options.simulatorUrl,
    HUBSPOT_AUTHORIZE_URL: `${options.simulatorUrl}/oauth/authorize`,
    ...('folder' in place
      ? { EMBEDDED_DATABASE_DIR: place.folder }
      : { DATABASE_URL: place.databaseUrl, MIGRATION_DATABASE_URL: place.migrationUrl }),
  });
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'EADDRINUSE' ? new Error(portTaken(port)) : error);
    });
    server.listen(port, '127.0.0.1', () => {
      resolve((server.address() as AddressInfo).port);
    });
  });
}

function portTaken(port: number): string {
  return `Port ${port} is taken. Stop what runs there, or choose another: npm run sandbox -- --port 5000`;
}
