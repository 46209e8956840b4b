import { z } from 'zod';

const numericId = z.union([z.number().int(), z.string().regex(/^\d+$/).transform(Number)]);

/** An event to send by hand; what is left out gets the value that HubSpot would send. */
export const emittedEventSchema = z.strictObject({
  subscriptionType: z
    .string()
    .describe('Such as object.merge, object.propertyChange, contact.privacyDeletion.'),
  objectId: numericId,
  objectTypeId: z.string().optional().describe('Such as 0-2 for companies.'),
  eventId: z.number().int().optional(),
  subscriptionId: z.number().int().optional(),
  appId: z.number().int().optional(),
  occurredAt: z.number().int().optional().describe('Milliseconds; default the simulated now.'),
  changeSource: z.string().optional().describe('Default CRM_UI.'),
  sourceId: z.string().optional(),
  changeFlag: z.string().optional(),
  propertyName: z.string().optional(),
  propertyValue: z.string().optional(),
  primaryObjectId: numericId.optional(),
  mergedObjectIds: z.array(numericId).optional(),
  newObjectId: numericId.optional(),
  fromObjectId: numericId.optional(),
  toObjectId: numericId.optional(),
  associationRemoved: z.boolean().optional(),
});

/** The body of `POST /_control/webhooks`. */
export const controlWebhooksSchema = z.strictObject({
  portalId: z.number().int().positive(),
  emit: z
    .array(emittedEventSchema)
    .optional()
    .describe('Events to send although nothing changed; sent whether or not the app subscribes to them.'),
  duplicate: z
    .number()
    .int()
    .min(1)
    .max(100)
    .optional()
    .describe(
      'Sends each event of `emit` so many more times; without `emit`, each waiting event, or else those last delivered.',
    ),
  reorder: z.literal(true).optional().describe('Puts the waiting events into another order.'),
  hold: z.boolean().optional().describe('true: events wait until released; false: the same as `release`.'),
  release: z.literal(true).optional().describe('Lets waiting events go.'),
});

export type ControlWebhooks = z.output<typeof controlWebhooksSchema>;
export type EmittedEvent = z.output<typeof emittedEventSchema>;
