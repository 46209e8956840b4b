import { z } from 'zod';

/**
 * Shapes of the replies we use: strict about what we need (a numeric or missing id is a fault), tolerant about the rest.
 * Source: HubSpot object, search, association, owner and property guides, 2026-03.
 */

/** Ids of records are strings of digits. */
const recordId = z.string().regex(/^\d{1,20}$/);
/** In association replies the same ids are numbers. */
const anyId = z.union([recordId, z.number().int().nonnegative()]).transform(String);
/** Values are strings or null; an absent value means null. */
const propertyValues = z.record(z.string(), z.string().nullish());

const historySchema = z.object({ value: z.string().nullish(), timestamp: z.string() });

export const recordSchema = z.object({
  id: recordId,
  properties: propertyValues,
  propertiesWithHistory: z.record(z.string(), z.array(historySchema)).nullish(),
  archived: z.boolean().nullish(),
  objectWriteTraceId: z.string().nullish(),
});
export type HubSpotRecord = z.output<typeof recordSchema>;

/** An item of a batch that was not served; its details are read by `parseErrorBody`. */
const batchErrors = z.array(z.record(z.string(), z.unknown())).nullish();

export const batchSchema = z.object({ results: z.array(recordSchema), errors: batchErrors });

const paging = z.object({ next: z.object({ after: anyCursor() }).nullish() }).nullish();

/** A cursor; search writes it as text, older routes as a number. */
function anyCursor() {
  return z.union([z.string().min(1), z.number()]).transform(String);
}

export const searchSchema = z.object({
  total: z.number().int().nonnegative(),
  results: z.array(recordSchema),
  paging,
});

export const associationsSchema = z.object({
  results: z.array(
    z.object({
      from: z.object({ id: anyId }),
      to: z.array(
        z.object({
          toObjectId: anyId,
          associationTypes: z.array(z.object({ typeId: z.number().int() })).nullish(),
        }),
      ),
      paging,
    }),
  ),
  errors: batchErrors,
});

export const ownersSchema = z.object({
  results: z.array(
    z.object({
      id: recordId,
      type: z.string().nullish(),
      email: z.string().nullish(),
      firstName: z.string().nullish(),
      lastName: z.string().nullish(),
      userId: z.number().int().positive().nullish(),
      archived: z.boolean().nullish(),
      teams: z.array(z.object({ id: z.string(), primary: z.boolean().nullish() })).nullish(),
    }),
  ),
  paging,
});

export const accountSchema = z.object({ timeZone: z.string().min(1), uiDomain: z.string().nullish() });

export const propertySchema = z.object({
  name: z.string().min(1),
  hasUniqueValue: z.boolean().nullish(),
  options: z.array(z.object({ value: z.string(), label: z.string() })).nullish(),
});
export const propertiesSchema = z.object({ results: z.array(propertySchema) });
