import { Router } from 'express';
import { controlRoute, parseControl } from './control-route.ts';
import { controlWebhooksSchema } from './webhooks-contract.ts';
import { createWebhookSender, type WebhookOptions, type WebhookParts } from './webhooks-sender.ts';

/**
 * Starts the webhook sender and returns its control routes: `POST /_control/webhooks` (emit, duplicate, reorder, hold,
 * release) and `GET /_control/webhooks?portalId=` (deliveries with attempts and statuses).
 */
export function createWebhookRoutes(simulator: WebhookParts, options: WebhookOptions = {}): Router {
  const sender = createWebhookSender(simulator, options);
  const router = Router();
  controlRoute(router, 'post', '/_control/webhooks', (_request, body) =>
    sender.control(parseControl(controlWebhooksSchema, body())),
  );
  controlRoute(router, 'get', '/_control/webhooks', (request) => {
    const { portalId } = request.query;
    return sender.view(typeof portalId === 'string' ? Number(portalId) : null);
  });
  return router;
}
