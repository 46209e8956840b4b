import { z } from 'zod';
import { portalDocumentSchema } from '../portal-document.ts';
import { loadCustomersSchema } from './customers-spec.ts';
import { faultRequestSchema } from './faults.ts';
import { portalSettingsSchema } from './settings.ts';

const instant = z.iso.datetime({ offset: true });
const numericId = z.string().regex(/^\d+$/, 'an id is a string of digits');
const value = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const properties = z.record(z.string(), value).describe('Property values; null or "" empties one.');
const asUserId = z
  .number()
  .int()
  .optional()
  .describe('HubSpot user who does it; left out: the account’s first super admin.');
const reference = z.strictObject({ type: z.string().describe('Plural type name.'), id: numericId });

/** `POST /_control/portals`: load an account. */
export const loadPortalSchema = z.strictObject({
  portal: portalDocumentSchema,
  mode: z
    .enum(['create', 'merge'])
    .default('create')
    .describe(
      'create: a new account. merge: add to an existing one; records and owners with the same id are replaced.',
    ),
});

/** `PATCH /_control/portals/{portal}/settings`: change some of a portal's switches. */
export const settingsPatchSchema = portalSettingsSchema.partial();

/** `POST /_control/clock`: move or stop the one clock of simulator and backend. */
export const clockSchema = z
  .strictObject({
    set: instant.optional().describe('Simulated instant to move to; never back.'),
    advanceMs: z.number().int().min(0).optional().describe('Simulated milliseconds to move on.'),
    freeze: z.boolean().optional().describe('true stops the clock, false lets it tick again.'),
  })
  .superRefine((body, context) => {
    if (body.set !== undefined && body.advanceMs !== undefined) {
      context.addIssue({ code: 'custom', path: ['advanceMs'], message: 'send either set or advanceMs' });
    }
    if (body.set === undefined && body.advanceMs === undefined && body.freeze === undefined) {
      context.addIssue({ code: 'custom', path: ['set'], message: 'send set, advanceMs or freeze' });
    }
  });

/** `POST /_control/objects/{portal}/{type}`: a person makes a record in HubSpot's pages. */
export const personCreatesSchema = z.strictObject({
  properties,
  associations: z
    .array(
      z.strictObject({
        to: reference,
        typeId: z
          .number()
          .int()
          .optional()
          .describe('Association type; left out: the default of the two types.'),
      }),
    )
    .default([]),
  asUserId,
});

/** `POST /_control/objects/{portal}/{type}/{id}`: a person edits a record. */
export const personEditsSchema = z.strictObject({ properties, asUserId });

/** `POST /_control/merge`: a person merges two records. */
export const personMergesSchema = z.strictObject({
  portalId: z.number().int(),
  objectType: z.string().describe('Plural type name.'),
  primaryObjectId: numericId,
  objectIdToMerge: numericId,
  asUserId,
});

/** `POST /_control/restore`: a person restores an archived record. */
export const personRestoresSchema = z.strictObject({
  portalId: z.number().int(),
  objectType: z.string().describe('Plural type name.'),
  objectId: numericId,
  asUserId,
});

/** `POST /_control/erase`: a person erases a contact for privacy reasons. */
export const personErasesSchema = z.strictObject({
  portalId: z.number().int(),
  contactId: numericId,
  asUserId,
});

/** `POST /_control/associations`: a person links two records, or takes the link away. */
export const personLinksSchema = z.strictObject({
  portalId: z.number().int(),
  from: reference,
  to: reference,
  typeId: z.number().int().optional(),
  remove: z.boolean().default(false),
  asUserId,
});

/** `POST /_control/uninstall`: an admin removes the app from the account. */
export const adminUninstallsSchema = z.strictObject({ portalId: z.number().int() });

/** Every body of this part of the control API, for the generated document. */
export const CONTROL_BODIES: readonly {
  readonly route: string;
  readonly what: string;
  readonly schema: z.ZodType;
}[] = [
  { route: 'POST /_control/portals', what: 'Load an account given as JSON.', schema: loadPortalSchema },
  {
    route: 'POST /_control/portals (generator)',
    what: 'Load generated accounts: thousands alike or one of any size, with the app installed if asked for.',
    schema: loadCustomersSchema,
  },
  {
    route: 'PATCH /_control/portals/{portal}/settings',
    what: 'Change an account’s switches.',
    schema: settingsPatchSchema,
  },
  {
    route: 'POST /_control/clock',
    what: 'Set, advance or freeze the clock; replies when all due work is quiet.',
    schema: clockSchema,
  },
  { route: 'POST /_control/faults', what: 'Plant a fault.', schema: faultRequestSchema },
  {
    route: 'POST /_control/objects/{portal}/{type}',
    what: 'A person makes a record in HubSpot.',
    schema: personCreatesSchema,
  },
  {
    route: 'POST /_control/objects/{portal}/{type}/{id}',
    what: 'A person edits a record.',
    schema: personEditsSchema,
  },
  { route: 'POST /_control/merge', what: 'A person merges two records.', schema: personMergesSchema },
  {
    route: 'POST /_control/restore',
    what: 'A person restores an archived record.',
    schema: personRestoresSchema,
  },
  {
    route: 'POST /_control/erase',
    what: 'A person erases a contact for privacy reasons.',
    schema: personErasesSchema,
  },
  {
    route: 'POST /_control/associations',
    what: 'A person links two records or takes the link away.',
    schema: personLinksSchema,
  },
  { route: 'POST /_control/uninstall', what: 'An admin removes the app.', schema: adminUninstallsSchema },
];
