import { z } from 'zod';

/**
 * What each meta file may hold. These schemas are ours: HubSpot serves its own to its command line and does not
 * publish them, so we answer with stricter ones (closed lists, no extra key). Facts: HubSpot's project templates of
 * 2026.03 and @hubspot/cli 8.14.0.
 */

const https = z.url({ protocol: /^https$/ });
const entrypoint = (folder: string) => z.string().regex(new RegExp(`^/app/${folder}/[A-Za-z0-9]+\\.tsx$`));

const appConfig = z.strictObject({
  name: z.string().min(1).max(200),
  description: z.string().min(1),
  distribution: z.literal('marketplace'),
  auth: z.strictObject({
    type: z.literal('oauth'),
    redirectUrls: z.array(z.string().regex(/^https:\/\/|^http:\/\/localhost[:/]/)).min(1),
    requiredScopes: z.array(z.string().regex(/^[a-z0-9._-]+$/)).min(1),
    optionalScopes: z.array(z.string().regex(/^[a-z0-9._-]+$/)),
    conditionallyRequiredScopes: z.array(z.string()),
  }),
  permittedUrls: z.strictObject({ fetch: z.array(https), iframe: z.array(https), img: z.array(https) }),
  support: z.strictObject({
    supportEmail: z.email(),
    documentationUrl: https,
    supportUrl: https,
    supportPhone: z.string().min(1),
  }),
});

const cardConfig = z.strictObject({
  name: z.string().min(1).max(200),
  description: z.string().min(1),
  location: z.enum(['crm.record.tab', 'crm.record.sidebar', 'crm.preview', 'helpdesk.sidebar']),
  entrypoint: entrypoint('cards'),
  objectTypes: z.array(z.enum(['companies', 'contacts', 'deals', 'tickets'])).min(1),
});

const objectType = z.enum([
  'company',
  'contact',
  'deal',
  'ticket',
  'task',
  'call',
  'email',
  'meeting',
  'note',
]);
const crmObjectSubscription = z.discriminatedUnion('subscriptionType', [
  z.strictObject({
    subscriptionType: z.enum(['object.creation', 'object.deletion', 'object.merge', 'object.restore']),
    objectType,
    active: z.boolean(),
  }),
  z.strictObject({
    subscriptionType: z.literal('object.propertyChange'),
    objectType,
    propertyName: z.string().regex(/^[a-z0-9_]+$/),
    active: z.boolean(),
  }),
]);

const webhooksConfig = z.strictObject({
  settings: z.strictObject({ targetUrl: https, maxConcurrentRequests: z.int().min(6) }),
  subscriptions: z.strictObject({
    crmObjects: z.array(crmObjectSubscription),
    legacyCrmObjects: z.array(z.never()).max(0),
    hubEvents: z.array(
      z.strictObject({ subscriptionType: z.literal('contact.privacyDeletion'), active: z.boolean() }),
    ),
  }),
});

/** Meta file type to the folder HubSpot looks in, the name it gives the type, how many it takes, and the config's schema. */
export const META_TYPES = {
  app: { folder: 'app', internalType: 'APPLICATION', single: true, config: appConfig },
  card: { folder: 'app/cards', internalType: 'CARD', single: false, config: cardConfig },
  page: {
    folder: 'app/pages',
    internalType: 'PAGE',
    single: true,
    config: z.strictObject({ entrypoint: entrypoint('pages') }),
  },
  settings: {
    folder: 'app/settings',
    internalType: 'SETTINGS',
    single: true,
    config: z.strictObject({ entrypoint: entrypoint('settings') }),
  },
  webhooks: { folder: 'app/webhooks', internalType: 'WEBHOOKS', single: true, config: webhooksConfig },
} as const;

export type MetaType = keyof typeof META_TYPES;

/** The whole of a meta file: HubSpot's own check of the uid, and no key but these three. */
export const metaFileSchema = z.strictObject({
  uid: z.string().regex(/^[A-Za-z0-9._-]{1,64}$/),
  type: z.enum(Object.keys(META_TYPES) as [MetaType, ...MetaType[]]),
  config: z.record(z.string(), z.unknown()),
});

export const projectFileSchema = z.strictObject({
  name: z.string().regex(/^[A-Za-z0-9._-]{1,64}$/),
  srcDir: z.literal('extensions'),
  platformVersion: z.literal('2026.03'),
});

/** The schemas as JSON Schema 2020-12, keyed as HubSpot keys them: the answer of the stub to the command line. */
export function schemasForCommandLine(): Record<string, unknown> {
  return Object.fromEntries(
    Object.values(META_TYPES).map(({ internalType, config }) => [internalType, z.toJSONSchema(config)]),
  );
}
