import { Router } from 'express';
import { z } from 'zod';
import { asPortalId, type PortalId } from '../core/model.ts';
import { AppError } from '../errors.ts';
import type { WebhookEvent } from '../usecases/records.ts';
import { rawBodyOf } from './middleware.ts';
import { parseJson } from './routes.ts';

/** HubSpot sends at most 100 events at once. */
const MOST_EVENTS = 100;

const id = z.union([z.number().int(), z.string()]).transform(String);

/** Only what we use; HubSpot adds fields at will. https://developers.hubspot.com/docs/api/webhooks, read November 2026 */
const eventSchema = z.object({
  subscriptionType: z.string(),
  portalId: z.number().int().positive(),
  occurredAt: z.number().int(),
  objectId: id.optional(),
  objectTypeId: z.string().optional(),
  propertyName: z.string().optional(),
  propertyValue: z.string().nullish(),
  primaryObjectId: id.optional(),
  newObjectId: id.optional(),
  mergedObjectIds: z.array(id).optional(),
});
const batchSchema = z.array(eventSchema).max(MOST_EVENTS);

export type ReceivedEvent = WebhookEvent & { readonly portalId: PortalId };
type Receive = (events: readonly ReceivedEvent[]) => Promise<unknown>;

const OBJECT_TYPES: Record<string, string> = { '0-1': 'contact', '0-2': 'company', '0-27': 'task' };

/** Keeps the events and answers; work follows. A 2xx is sent only after they are stored. */
export function createWebhookRoutes(receive: Receive): Router {
  const router = Router();
  router.post('/webhooks/hubspot', async (request, response) => {
    const parsed = batchSchema.safeParse(parseJson(rawBodyOf(request)));
    if (!parsed.success) throw new AppError('invalid_input', 'body: this is not a list of webhook events.');
    await receive(parsed.data.flatMap(toEvents));
    response.status(200).json({ received: parsed.data.length });
  });
  return router;
}

/** A merge names several records: each one that went away is an event of its own, beside the one that stays. */
function toEvents(event: z.output<typeof eventSchema>): ReceivedEvent[] {
  const objectId = event.objectId ?? event.primaryObjectId ?? null;
  return [...new Set([objectId, ...(event.mergedObjectIds ?? [])])].map((id) => toEvent(event, id));
}

function toEvent(event: z.output<typeof eventSchema>, objectId: string | null): ReceivedEvent {
  return {
    portalId: asPortalId(event.portalId),
    dedupeKey: [
      event.portalId,
      event.subscriptionType,
      objectId,
      event.propertyName ?? '',
      event.occurredAt,
    ].join('|'),
    subscriptionType: event.subscriptionType,
    objectType: objectTypeOf(event),
    objectId,
    propertyName: event.propertyName ?? null,
    propertyValue: event.propertyValue ?? null,
    occurredAt: new Date(event.occurredAt),
    mergedInto: event.newObjectId ?? null,
  };
}

/** `company.merge` names its type; `object.merge` has it in objectTypeId. */
function objectTypeOf({ subscriptionType, objectTypeId }: z.output<typeof eventSchema>): string | null {
  const [prefix = ''] = subscriptionType.split('.');
  return prefix === 'object' ? (OBJECT_TYPES[objectTypeId ?? ''] ?? null) : prefix;
}
