import { readFileSync } from 'node:fs';
import { z } from 'zod';

/**
 * The app as declared in `app.json`: the one place where its name, scopes, addresses, webhook subscriptions and
 * extensions are written down. HubSpot's own meta files are generated from it.
 */

/** 1 to 64 letters, digits, dots, dashes and underscores; never changed after the first upload. Source: HubSpot CLI 8.14.0. */
const uid = z
  .string()
  .regex(/^[A-Za-z0-9._-]{1,64}$/, 'a uid has 1 to 64 letters, digits, dots, dashes or underscores');
const httpsUrl = z.url({ protocol: /^https$/ });
const httpsOrigin = httpsUrl.refine((url) => URL.canParse(url) && new URL(url).origin === url, {
  message: 'must be an origin without a path, for example https://checkin.example.com',
});
/** HubSpot takes https everywhere, and http for localhost only. */
const redirectUrl = z.url().refine((url) => /^https:\/\/|^http:\/\/localhost[:/]/.test(url), {
  message: 'must start with https://, or with http://localhost',
});
const metaFile = z.string().regex(/^[a-z0-9-]+-hsmeta\.json$/, 'must end in -hsmeta.json');
const entrypoint = (folder: string) =>
  z
    .string()
    .regex(new RegExp(`^/app/${folder}/[A-Za-z0-9]+\\.tsx$`), `must be a .tsx file in /app/${folder}/`);

const objectType = z.enum(['company', 'contact', 'task']);
const objectSubscriptionSchema = z.discriminatedUnion('subscriptionType', [
  z.strictObject({
    subscriptionType: z.enum(['object.creation', 'object.deletion', 'object.merge', 'object.restore']),
    objectType,
  }),
  z.strictObject({
    subscriptionType: z.literal('object.propertyChange'),
    objectType,
    propertyName: z.string().regex(/^[a-z0-9_]+$/),
  }),
]);

const cardSchema = z.strictObject({
  uid,
  file: metaFile,
  name: z.string().min(1).max(200),
  description: z.string().min(1),
  location: z.enum(['crm.record.tab', 'crm.record.sidebar']),
  entrypoint: entrypoint('cards'),
  objectTypes: z.array(z.literal('companies')).min(1),
});

const appManifestSchema = z
  .strictObject({
    uid,
    name: z.string().min(1).max(200),
    description: z.string().min(1),
    distribution: z.literal('marketplace'),
    publicBaseUrl: httpsOrigin,
    redirectUrls: z.array(redirectUrl).min(1),
    scopes: z.strictObject({
      required: z.array(z.string().min(1)).min(1),
      optional: z.array(z.string().min(1)),
    }),
    permittedFetchUrls: z.array(httpsOrigin).min(1),
    support: z.strictObject({
      supportEmail: z.email(),
      documentationUrl: httpsUrl,
      supportUrl: httpsUrl,
      supportPhone: z.string().regex(/^\+\d{7,15}$/),
    }),
    webhooks: z.strictObject({
      uid,
      path: z.string().startsWith('/'),
      maxConcurrentRequests: z.int().min(6),
      objectSubscriptions: z.array(objectSubscriptionSchema).min(1),
      hubEvents: z.array(z.literal('contact.privacyDeletion')),
    }),
    extensions: z.strictObject({
      cards: z.array(cardSchema).min(1),
      pages: z.strictObject({ uid, file: metaFile, entrypoint: entrypoint('pages') }),
      settings: z.strictObject({ uid, file: metaFile, entrypoint: entrypoint('settings') }),
    }),
  })
  .superRefine((app, context) => {
    const fault = (path: string[], message: string) => context.addIssue({ code: 'custom', path, message });
    const uids = manifestUids(app);
    for (const twin of uids.filter((value, index) => uids.indexOf(value) !== index)) {
      fault(['uid'], `the uid "${twin}" is used twice`);
    }
    const files = app.extensions.cards.map((card) => card.file);
    if (new Set(files).size !== files.length) fault(['extensions', 'cards'], 'two cards share one file');
    if (!app.permittedFetchUrls.includes(app.publicBaseUrl)) {
      fault(['permittedFetchUrls'], `must contain publicBaseUrl (${app.publicBaseUrl})`);
    }
    if (!app.redirectUrls.includes(`${app.publicBaseUrl}/oauth/callback`)) {
      fault(['redirectUrls'], `must contain ${app.publicBaseUrl}/oauth/callback`);
    }
    const twice = app.scopes.required.filter((scope) => app.scopes.optional.includes(scope));
    if (twice.length > 0) fault(['scopes'], `both required and optional: ${twice.join(', ')}`);
  });

/** The validated content of `app.json`. */
export type AppManifest = z.infer<typeof appManifestSchema>;

/** Every uid the app declares, in a fixed order; HubSpot demands that they differ. */
function manifestUids(app: {
  readonly uid: string;
  readonly webhooks: { readonly uid: string };
  readonly extensions: {
    readonly cards: readonly { readonly uid: string }[];
    readonly pages: { readonly uid: string };
    readonly settings: { readonly uid: string };
  };
}): readonly string[] {
  const { cards, pages, settings } = app.extensions;
  return [app.uid, app.webhooks.uid, pages.uid, settings.uid, ...cards.map((card) => card.uid)];
}

/**
 * Checks the parsed content of `app.json`.
 * @throws Error that names every faulty field and what is wrong with it.
 */
export function parseAppManifest(content: unknown, label = 'app.json'): AppManifest {
  const result = appManifestSchema.safeParse(content);
  if (result.success) return result.data;
  const faults = result.error.issues.map(
    (issue) => `  ${issue.path.join('.') || '(root)'}: ${issue.message}`,
  );
  throw new Error(`${label} is not a valid app declaration:\n${faults.join('\n')}`);
}

/**
 * Reads and checks the app declaration.
 * @throws Error when the file is missing, is not JSON, or breaks a rule; the message names the file and every fault.
 */
export function readAppManifest(path: string | URL): AppManifest {
  const label = String(path);
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    throw new Error(`${label} cannot be read as JSON`, { cause });
  }
  return parseAppManifest(content, label);
}
