import { z } from 'zod';

/**
 * A whole HubSpot account as one JSON document: what `POST /_control/portals` loads and the seeded portals generate.
 * Unlike the public API it may set server-only fields (creation time, provenance, history), because it stands for the past.
 */

/** ISO 8601 instant in UTC, milliseconds optional. */
const instant = z.iso.datetime({ offset: true });

const historyEntry = z.strictObject({
  value: z.string(),
  timestamp: instant,
  sourceType: z.string().optional(),
  sourceId: z.string().optional(),
});

export const portalObjectSchema = z.strictObject({
  id: z.string().regex(/^\d+$/),
  /** Every value as HubSpot stores it: a string or null. Server-only properties (hs_createdate, hs_object_source_label …) are allowed. */
  properties: z.record(z.string(), z.string().nullable()),
  createdAt: instant.optional(),
  updatedAt: instant.optional(),
  archived: z.boolean().optional(),
  history: z.record(z.string(), z.array(historyEntry)).optional(),
});

export const portalOwnerSchema = z.strictObject({
  id: z.string().regex(/^\d+$/),
  email: z.string(),
  firstName: z.string(),
  lastName: z.string(),
  userId: z.number().int().nullable(),
  type: z.enum(['PERSON', 'QUEUE']).default('PERSON'),
  archived: z.boolean().default(false),
  teams: z.array(z.strictObject({ id: z.string(), name: z.string(), primary: z.boolean() })).default([]),
  /** Shown by the record page host only; HubSpot's owners API does not tell it. */
  superAdmin: z.boolean().default(false),
  locale: z.string().default('en-US'),
});

export const portalAssociationSchema = z.strictObject({
  from: z.strictObject({ type: z.string(), id: z.string() }),
  to: z.strictObject({ type: z.string(), id: z.string() }),
  /** HubSpot's association type id; the default of the pair of types where it is left out. */
  typeId: z.number().int().optional(),
});

export const portalDocumentSchema = z.strictObject({
  portalId: z.number().int().positive(),
  name: z.string(),
  timeZone: z.string(),
  uiDomain: z.string().default('app.hubspot.com'),
  owners: z.array(portalOwnerSchema).default([]),
  /** Keyed by plural type name: companies, contacts, calls, meetings, emails, notes, tasks, deals, quotes, tickets. */
  objects: z.record(z.string(), z.array(portalObjectSchema)).default({}),
  associations: z.array(portalAssociationSchema).default([]),
  /** Custom properties beyond HubSpot's own, keyed by plural type name. */
  properties: z
    .record(
      z.string(),
      z.array(
        z.strictObject({
          name: z.string(),
          label: z.string(),
          groupName: z.string(),
          type: z.enum(['string', 'number', 'date', 'datetime', 'enumeration', 'bool']),
          fieldType: z.string(),
          options: z.array(z.strictObject({ label: z.string(), value: z.string() })).default([]),
          hasUniqueValue: z.boolean().default(false),
        }),
      ),
    )
    .default({}),
  /** Custom call dispositions beside HubSpot's six. */
  callDispositions: z.array(z.strictObject({ id: z.string(), label: z.string() })).default([]),
});

/** A portal with every default filled in. */
export type PortalDocument = z.output<typeof portalDocumentSchema>;
/** A portal as a caller may write it. */
export type PortalDocumentInput = z.input<typeof portalDocumentSchema>;
export type PortalOwner = z.output<typeof portalOwnerSchema>;
export type PortalObject = z.output<typeof portalObjectSchema>;
