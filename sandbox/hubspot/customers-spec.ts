import { z } from 'zod';
import { portalDocumentSchema } from '../portal-document.ts';
import { firstIdOf } from '../portals/portal-builder.ts';
import { portalSettingsSchema } from './settings.ts';

const accountShape = {
  generator: z.literal('customers').describe('Accounts whose every company is a customer with an owner.'),
  seed: z.string().describe('Everything that varies follows from it.'),
  companies: z.number().int().min(0).max(1_000_000),
  contactsPerCompany: z.number().int().min(0).max(9).default(1),
  activities: z
    .number()
    .int()
    .min(0)
    .max(10_000_000)
    .default(0)
    .describe('Calls (half), meetings (a fifth) and emails of the 91 days before now.'),
  owners: z
    .number()
    .int()
    .min(1)
    .max(10_000)
    .optional()
    .describe('Default one for every 60 companies, at most 2,000. The first is the super admin.'),
  timeZone: z.string().default('America/Chicago'),
  properties: portalDocumentSchema.shape.properties.describe(
    'Custom properties that the accounts have already, keyed by plural type name.',
  ),
};

/** What the journal keeps of a generated account instead of its records. */
export const customersReferenceSchema = z.strictObject({
  ...accountShape,
  portalId: z.number().int().positive(),
  now: z.iso.datetime({ offset: true }),
});

export type CustomersSpec = z.output<typeof customersReferenceSchema>;

/** `POST /_control/portals` with a generator: many accounts alike, or one large one. */
export const loadCustomersSchema = z
  .strictObject({
    ...accountShape,
    portals: z
      .union([
        z.array(z.strictObject({ portalId: z.number().int().positive() })).min(1),
        z.number().int().min(1).max(100_000),
      ])
      .describe('The accounts by id, or how many from fromPortalId on.'),
    fromPortalId: z.number().int().positive().optional(),
    now: z.iso
      .datetime({ offset: true })
      .optional()
      .describe('The end of the activities; default the simulated now.'),
    install: z
      .boolean()
      .default(false)
      .describe('Installs the app for the first owner and returns the tokens of each account.'),
    settings: portalSettingsSchema.partial().default({}).describe('Switches of every account.'),
  })
  .superRefine((body, context) => {
    if ((typeof body.portals === 'number') === (body.fromPortalId !== undefined)) return;
    const message = 'send "portals":[{"portalId":1}], or "fromPortalId" with "portals" as a number';
    context.addIssue({ code: 'custom', path: ['fromPortalId'], message });
  });

export type LoadCustomers = z.output<typeof loadCustomersSchema>;

export type ActivityType = 'calls' | 'meetings' | 'emails';
export const ACTIVITY_TYPES = ['calls', 'meetings', 'emails'] as const satisfies readonly ActivityType[];

/** How many owners the account has. */
export function ownerCountOf({ owners, companies }: CustomersSpec): number {
  return owners ?? Math.min(2_000, Math.max(1, Math.ceil(companies / 60)));
}

/** How many records of a type the account starts with; a company is what an activity hangs on, so none has none. */
export function countOf(spec: CustomersSpec, type: string): number {
  const { companies, contactsPerCompany } = spec;
  const activities = companies === 0 ? 0 : spec.activities;
  const calls = Math.ceil(activities / 2);
  const meetings = Math.floor(activities / 5);
  const counts: Readonly<Record<string, number>> = {
    companies,
    contacts: companies * contactsPerCompany,
    calls,
    meetings,
    emails: activities - calls - meetings,
  };
  return counts[type] ?? 0;
}

/** The id of the record at a place (from 0) of its type: the same in every generated account, as HubSpot's may be. */
export function customersId(type: string, place: number): string {
  return String(firstIdOf(type) + place);
}

/** The place of an id among the generated records of its type, or null when it is none of them. */
export function placeOf(spec: CustomersSpec, type: string, id: string): number | null {
  const place = Number(id) - firstIdOf(type);
  const isOurs = Number.isInteger(place) && place >= 0 && place < countOf(spec, type);
  return isOurs && String(Number(id)) === id ? place : null;
}

/** 32 well-mixed bits from the seed, a purpose and a place: a number of its own for every drawn thing. */
export function drawn(spec: CustomersSpec, purpose: string, place: number): number {
  let state = 0x811c9dc5;
  for (const text of [spec.seed, purpose]) {
    for (let index = 0; index < text.length; index += 1)
      state = Math.imul(state ^ text.charCodeAt(index), 0x01000193);
    state = Math.imul(state ^ 0x2f, 0x01000193);
  }
  state = Math.imul(state ^ place, 0x9e3779b1);
  state = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
  state = Math.imul(state ^ (state >>> 13), 0xc2b2ae35);
  return (state ^ (state >>> 16)) >>> 0;
}
