import { z } from 'zod';

/** A granted or refreshed token. Source: HubSpot OAuth token guide, 2026-03. */
export const grantSchema = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1),
  /** Seconds; documented as 1800. */
  expires_in: z.number().int().positive().max(86_400),
  hub_id: z.number().int().positive().nullish(),
  user_id: z.number().int().positive().nullish(),
  scopes: z.array(z.string()).nullish().catch(null),
});
export type Grant = z.output<typeof grantSchema>;

/** `active: false` for a token that was revoked or whose app was removed. */
export const introspectionSchema = z.object({
  active: z.boolean(),
  hub_id: z.number().int().positive().nullish(),
  user_id: z.number().int().positive().nullish(),
  scopes: z.array(z.string()).nullish().catch(null),
});
export type Introspection = z.output<typeof introspectionSchema>;
