import { z } from 'zod';

/** Event types of the app's lifecycle (webhooks journal guide). */
export const lifecycleEventTypes = { install: '4-1909196', uninstall: '4-1916193' } as const;

/** The body of `POST /webhooks-journal/subscriptions/V`. */
export const journalSubscriptionSchema = z.strictObject({
  subscriptionType: z.literal('APP_LIFECYCLE_EVENT'),
  eventTypeId: z.enum([lifecycleEventTypes.install, lifecycleEventTypes.uninstall]),
  properties: z.array(z.string()).optional(),
});

export const journalScopes = {
  read: 'developer.webhooks_journal.read',
  subscriptionsRead: 'developer.webhooks_journal.subscriptions.read',
  subscriptionsWrite: 'developer.webhooks_journal.subscriptions.write',
} as const;
