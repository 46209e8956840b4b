import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import type { Express } from 'express';
import { portalDocumentSchema } from '../portal-document.ts';
import type { PortalDocument } from '../portal-document.ts';
import { createAssociationRoutes } from './association-routes.ts';
import { createBatchRoutes } from './batch-routes.ts';
import type { SimulatorContext } from './context.ts';
import { createControlRecordRoutes } from './control-records.ts';
import { createControlRoutes } from './control-routes.ts';
import { createControlStatsRoutes } from './control-stats.ts';
import { createDirectoryRoutes } from './directory-routes.ts';
import { HubSpotError } from './errors.ts';
import { createExchange, createLateWork } from './exchange.ts';
import { createFaultBook } from './faults.ts';
import { openJournal } from './journal.ts';
import { createJournalRoutes } from './lifecycle-journal.ts';
import { createLatency } from './latency.ts';
import { createRateLimiter } from './limits.ts';
import type { Change } from './model.ts';
import { createObjectRoutes } from './object-routes.ts';
import { createOAuthRoutes } from './oauth-routes.ts';
import { createOlderAssociationRoutes } from './older-association-routes.ts';
import { createOlderPaths } from './older-paths.ts';
import { checkDocument, withDefaults } from './portal-load.ts';
import { createPropertyRoutes } from './property-routes.ts';
import { createProxyRoutes } from './proxy.ts';
import { createRandom } from './random.ts';
import { createRequestLog } from './request-log.ts';
import { createSearchRoutes } from './search-routes.ts';
import type { Simulator, SimulatorOptions } from './simulator-types.ts';
import { createState } from './state.ts';
import { createTimers } from './timers.ts';
import { createWebhookRoutes } from './webhooks.ts';

export type { Simulator, SimulatorApp, SimulatorOptions } from './simulator-types.ts';

/**
 * A local HubSpot. With a state folder it continues where the last process stopped, even after kill -9.
 * Throws an Error that names the process and the remedy when another one uses the folder.
 */
export async function createSimulator(options: SimulatorOptions): Promise<Simulator> {
  const { clock } = options;
  const loading = new Map<unknown, PortalDocument>();
  const state = createState({
    clock,
    resolveReference: (reference) => loading.get(reference) ?? resolve(options, reference),
  });
  const journal = await openJournal(options.stateDir, state, clock);
  const timers = createTimers(clock);
  const context: SimulatorContext = {
    clock,
    state,
    options,
    timers,
    requests: createRequestLog(),
    faults: createFaultBook(),
    limiter: createRateLimiter(),
    random: createRandom(options.seed ?? 1),
    latency: createLatency(options.seed ?? 1),
    flushed: journal.flushed,
  };
  const late = createLateWork();
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.use(createExchange(context, late));
  for (const router of options.extraRouters ?? []) app.use(router);
  app.use(createControlRoutes(context, late));
  app.use(createControlRecordRoutes(context));
  app.use(createControlStatsRoutes(context));
  mountRoutes(app, context);
  let server: Server | null = null;
  return {
    timers,
    faults: context.faults,
    requests: context.requests,
    state,
    clock,
    options,
    app,
    flushed: journal.flushed,
    lateCommitsLanded: late.landed,
    hasPortal: (portalId) => state.portals.has(portalId),
    loadPortal: async (input, loadOptions = {}) => {
      const { reference } = loadOptions;
      const document = reference === undefined ? portalDocumentSchema.parse(input) : withDefaults(input);
      if (reference !== undefined) loading.set(reference, document);
      state.commit([loadChange(context, document, reference)]);
      loading.clear();
      await journal.flushed();
    },
    listen: async (port) => {
      mountNotFound(app);
      server = await startServer(app, port);
      const taken = (server.address() as AddressInfo).port;
      return { url: `http://127.0.0.1:${String(taken)}`, port: taken };
    },
    close: async () => {
      if (server !== null) await stopServer(server);
      await journal.close();
    },
  };
}

function mountRoutes(app: Express, context: SimulatorContext): void {
  app.use(createOlderPaths());
  app.use(createOAuthRoutes(context));
  app.use(createBatchRoutes(context));
  app.use(createSearchRoutes(context));
  app.use(createObjectRoutes(context));
  app.use(createAssociationRoutes(context));
  app.use(createOlderAssociationRoutes(context));
  app.use(createPropertyRoutes(context));
  app.use(createDirectoryRoutes(context));
  app.use(createWebhookRoutes(context));
  app.use(createJournalRoutes(context));
  app.use(createProxyRoutes(context));
}

function mountNotFound(app: Express): void {
  app.use((_request, response) => {
    response.status(404).json(new HubSpotError(404, 'resource not found').body());
  });
}

function loadChange(context: SimulatorContext, document: PortalDocument, reference: unknown): Change {
  const { portalId } = document;
  if (context.state.portals.has(portalId))
    throw new RangeError(`portal ${String(portalId)} is loaded already`);
  if (reference !== undefined) return { op: 'portalReference', portalId, reference };
  checkDocument(document, undefined);
  return { op: 'portal', document };
}

function resolve(options: SimulatorOptions, reference: unknown): PortalDocument {
  if (options.resolveReference === undefined)
    throw new RangeError('a portal reference needs the option resolveReference');
  return withDefaults(options.resolveReference(reference));
}

/** Connections that may wait to be taken: many workers knock at once. */
const MOST_WAITING = 4_096;

async function startServer(app: Express, port: number): Promise<Server> {
  const server = createServer({ keepAliveTimeout: 60_000, requestTimeout: 0 }, app);
  await new Promise<void>((done, fail) => {
    server.once('error', fail);
    server.listen(port, '127.0.0.1', MOST_WAITING, () => done());
  });
  return server;
}

async function stopServer(server: Server): Promise<void> {
  await new Promise<void>((done) => {
    server.close(() => done());
    server.closeAllConnections();
  });
}
