import { z } from 'zod';

/**
 * A portal's switches: what nobody has confirmed on a live HubSpot account, and what a test needs to vary.
 * Times are real milliseconds where they delay a reply and simulated ones where they shift what is visible.
 */
export const portalSettingsSchema = z.strictObject({
  limitPerTenSeconds: z
    .number()
    .int()
    .min(1)
    .max(100_000)
    .describe("This app's calls per rolling 10 seconds (default 110, the marketplace limit)."),
  foreignCallsPerTenSeconds: z
    .number()
    .int()
    .min(0)
    .describe(
      'Calls that the account already spends in every 10 seconds on other load; they lower what is left for us.',
    ),
  searchesPerSecond: z
    .number()
    .int()
    .min(1)
    .max(100_000)
    .describe('Search calls per rolling second of the whole account.'),
  foreignSearchesPerSecond: z
    .number()
    .int()
    .min(0)
    .describe('Search calls a second that other apps already spend.'),
  associationsPerTenSeconds: z
    .number()
    .int()
    .min(1)
    .nullable()
    .describe('A lower limit for association calls alone, or null when they share the general limit.'),
  rateLimitVariant: z
    .enum(['errorType', 'category'])
    .describe('Which of the two 429 bodies HubSpot has been seen to send.'),
  rateLimitRetryAfter: z
    .boolean()
    .describe('Whether a 429 carries Retry-After (HubSpot does not promise it).'),
  searchLagMs: z
    .number()
    .int()
    .min(0)
    .max(3_600_000)
    .describe('How long search shows the old version of a record (simulated ms).'),
  latencyMs: z.number().int().min(0).max(60_000).describe('Real milliseconds before the reply to a write.'),
  readLatencyMs: z
    .number()
    .int()
    .min(0)
    .max(60_000)
    .describe('Real milliseconds before the reply to a read or a search.'),
  searchLatencyMs: z
    .number()
    .int()
    .min(0)
    .max(60_000)
    .nullable()
    .describe('Real milliseconds before the reply to a search, or null when it is that of a read.'),
  latencySpread: z
    .number()
    .min(0)
    .max(3)
    .describe(
      'Spread of the three times above: the standard deviation of their logarithm (0: always the same; 0.3: one call in twenty takes more than 1.6 times the median).',
    ),
  nullOrAbsent: z
    .enum(['null', 'absent'])
    .describe('How a requested property without value appears in a reply.'),
  batchOrder: z
    .enum(['shuffled', 'asSent'])
    .describe('Order of batch results. HubSpot promises none, so the default is shuffled.'),
  inactiveOwnerRejected: z.boolean().describe('Whether an archived owner is refused as hubspot_owner_id.'),
  linkNeedsWrite: z
    .boolean()
    .describe('Whether linking to a record needs its write scope; otherwise its read scope is enough.'),
  uniqueTaskProperty: z
    .enum(['works', 'refusedAtCreation', 'refusedOnWrite'])
    .describe('Whether a unique custom property on tasks can be created and written.'),
  uniqueConflict: z
    .enum(['400', '409', '207'])
    .describe(
      'Answer to a taken unique value: whole batch 400, whole batch 409, or per item (only with trace ids).',
    ),
  archiveFreesUnique: z.boolean().describe('Whether archiving a record frees its unique values.'),
  mergeCreatesNewId: z
    .boolean()
    .describe('Whether a merge makes a third record instead of keeping the primary one.'),
  associationPageSize: z.number().int().min(1).max(500).describe('Associations per record and page.'),
  searchByAssociationIn: z.boolean().describe('Whether search accepts IN on associations.{type}.'),
  webhookStopStatuses: z
    .array(z.number().int().min(400).max(599))
    .describe(
      'Statuses after which a webhook is not tried again (default none: HubSpot documents retries on any 4xx and 5xx).',
    ),
  proxyErrorMode: z
    .enum(['status', 'envelope'])
    .describe(
      'How a non-2xx of the backend reaches a card: with its status, or as HTTP 200 with a BAD_GATEWAY envelope.',
    ),
  grantedOptionalScopes: z
    .array(z.string())
    .nullable()
    .describe('Optional scopes granted at the next install; null grants all that are asked for.'),
  removeScopes: z.array(z.string()).describe('Scopes taken away from the installed app at once.'),
});

export type PortalSettings = z.output<typeof portalSettingsSchema>;

/** What a portal starts with: the documented behavior, and the stricter one where HubSpot leaves it open. */
export const DEFAULT_SETTINGS: PortalSettings = {
  limitPerTenSeconds: 110,
  foreignCallsPerTenSeconds: 0,
  searchesPerSecond: 5,
  foreignSearchesPerSecond: 0,
  associationsPerTenSeconds: null,
  rateLimitVariant: 'errorType',
  rateLimitRetryAfter: false,
  searchLagMs: 0,
  latencyMs: 0,
  readLatencyMs: 0,
  searchLatencyMs: null,
  latencySpread: 0,
  nullOrAbsent: 'null',
  batchOrder: 'shuffled',
  inactiveOwnerRejected: true,
  linkNeedsWrite: true,
  uniqueTaskProperty: 'works',
  uniqueConflict: '409',
  archiveFreesUnique: true,
  mergeCreatesNewId: false,
  associationPageSize: 500,
  searchByAssociationIn: false,
  webhookStopStatuses: [],
  proxyErrorMode: 'status',
  grantedOptionalScopes: null,
  removeScopes: [],
};
