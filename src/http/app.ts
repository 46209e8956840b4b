import express, { type Express } from 'express';
import helmet from 'helmet';
import { AppError } from '../errors.ts';
import type { Clock, Log } from '../usecases/ports.ts';
import { createErrorHandler } from './error-handler.ts';
import {
  requireSignature,
  withActor,
  withRawBody,
  withRequestId,
  withoutCaching,
  type SignatureSettings,
} from './middleware.ts';
import { createExportRoutes, type DeliverExport } from './export-routes.ts';
import { createOAuthRoutes } from './oauth-routes.ts';
import { createCardRoutes, type CardHandlers } from './routes.ts';
import { createWebhookRoutes, type ReceivedEvent } from './webhook-routes.ts';

export type HttpParts = {
  readonly signature: SignatureSettings;
  readonly clock: Clock;
  readonly log: Log;
  readonly card: CardHandlers;
  readonly oauth: Parameters<typeof createOAuthRoutes>[0];
  readonly deliverExport: DeliverExport;
  readonly receiveWebhooks: (events: readonly ReceivedEvent[]) => Promise<unknown>;
  readonly isReady: () => Promise<boolean>;
  readonly metrics: () => Promise<string>;
};

/** The whole way of a request, from top to bottom. Only the health pages, OAuth and the secret links to exports are open without a signature. */
export function createApp(parts: HttpParts): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', 'simple');
  app.use(helmet());
  app.use(withRequestId, withoutCaching);

  app.get('/healthz', (_request, response) => void response.json({ status: 'ok' }));
  app.get('/readyz', async (_request, response) => {
    const ready = await parts.isReady();
    response.status(ready ? 200 : 503).json({ status: ready ? 'ready' : 'not ready' });
  });
  app.get(
    '/metrics',
    async (_request, response) => void response.type('text/plain').send(await parts.metrics()),
  );
  app.use(createOAuthRoutes(parts.oauth));
  app.use(createExportRoutes(parts.deliverExport));

  app.use(withRawBody, requireSignature(parts.signature, parts.clock));
  app.use(createWebhookRoutes(parts.receiveWebhooks, parts.log));
  app.use(withActor(parts.signature), createCardRoutes(parts.card));

  app.use(() => {
    throw new AppError('not_found', 'There is nothing here for you to see.');
  });
  app.use(createErrorHandler(parts.log));
  return app;
}
