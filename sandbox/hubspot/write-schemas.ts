import { z } from 'zod';

/** What clients may send in writes. Values are scalars; objects and lists are refused, as HubSpot refuses them. */
export const valuesSchema = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));

export const associationTypesSchema = z.array(
  z.strictObject({ associationCategory: z.string(), associationTypeId: z.number().int() }),
);

/** HubSpot's documentation writes ids as strings; its servers take numbers too. */
const idSchema = z.union([z.string(), z.number().int()]).transform(String);

export const refSchema = z.strictObject({ id: idSchema });

export const associationsSchema = z
  .array(z.strictObject({ to: refSchema, types: associationTypesSchema }))
  .optional();

export const objectIdSchema = idSchema;
