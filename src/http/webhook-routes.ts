import { Router } from 'express';
import { z } from 'zod';
import { asPortalId, type PortalId } from '../core/model.ts';
import { hasCode } from '../errors.ts';
import type { Log } from '../usecases/ports.ts';
import type { WebhookEvent } from '../usecases/records.ts';
import { rawBodyOf } from './middleware.ts';
import { parseJson } from './routes.ts';

const LONGEST_NAME = 200;
/** The last instant that a Date holds, in ms. */
const LAST_INSTANT_MS = 8.64e15;

/** The database stores no NUL, and a key of an index has a limit. */
const text = z.string().regex(/^[^\0]*$/);
const name = text.max(LONGEST_NAME);
const id = z.union([z.number().int(), name]).transform(String);

/** Only what we use; HubSpot adds fields at will. https://developers.hubspot.com/docs/api/webhooks, read November 2026 */
const eventSchema = z.object({
  subscriptionType: name,
  portalId: z.number().int().positive(),
  occurredAt: z.number().int().min(0).max(LAST_INSTANT_MS),
  objectId: id.optional(),
  objectTypeId: z.string().optional(),
  propertyName: name.optional(),
  propertyValue: text.nullish(),
  primaryObjectId: id.optional(),
  newObjectId: id.optional(),
  mergedObjectIds: z.array(id).optional(),
});

export type ReceivedEvent = WebhookEvent & { readonly portalId: PortalId };
type Receive = (events: readonly ReceivedEvent[]) => Promise<unknown>;

const NOT_READ = 'webhook events could not be read and are left out';
const OBJECT_TYPES: Record<string, string> = { '0-1': 'contact', '0-2': 'company', '0-27': 'task' };

/**
 * Keeps the events and answers; work follows. A 2xx is sent only after they are stored. What HubSpot signed is never refused,
 * since it would send all of it again or stop: an event that cannot be read is left out by itself, and logged.
 */
export function createWebhookRoutes(receive: Receive, log: Pick<Log, 'warn'>): Router {
  const router = Router();
  router.post('/webhooks/hubspot', async (request, response) => {
    const sent = listIn(rawBodyOf(request));
    const results = sent.map((event) => eventSchema.safeParse(event));
    const events = results.flatMap(({ data }) => data ?? []);
    const leftOut = results.find(({ success }) => !success)?.error?.issues[0]?.path.join('.');
    if (events.length < sent.length)
      log.warn({ leftOut: sent.length - events.length, of: sent.length, first: leftOut }, NOT_READ);
    await receive(events.flatMap(toEvents));
    response.status(200).json({ received: events.length });
  });
  return router;
}

/** The events as they came; a body that is none of HubSpot's is one event that cannot be read. */
function listIn(raw: Buffer): readonly unknown[] {
  try {
    const parsed = parseJson(raw);
    return Array.isArray(parsed) ? parsed : [parsed];
  } catch (error) {
    if (!hasCode(error, 'invalid_input')) throw error;
    return [null];
  }
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
