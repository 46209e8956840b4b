import { z } from 'zod';

/** The body of `POST /_control/fetch`: what a card asks `hubspot.fetch` for, and as whom. */
export const controlFetchSchema = z
  .strictObject({
    portalId: z.number().int().positive().describe('The HubSpot account whose card makes the call.'),
    userId: z.number().int().positive().describe('The HubSpot user who looks at the card.'),
    userEmail: z
      .string()
      .optional()
      .describe('Needed only for a user who is no owner of the portal; default user-{userId}@….example.com.'),
    method: z.string().default('GET').describe('GET, POST, PUT, PATCH or DELETE.'),
    url: z.string().optional().describe('Absolute https URL. Give either this or `path`.'),
    path: z.string().optional().describe("Path on the app's public base URL, such as /api/home."),
    query: z
      .record(z.string(), z.union([z.string(), z.array(z.string())]))
      .optional()
      .describe('Parameters added to the URL, percent-encoded, in this order.'),
    body: z.unknown().optional().describe('A JSON object; anything else is refused as HubSpot refuses it.'),
    headers: z
      .record(z.string(), z.string())
      .optional()
      .describe('At most one header, and only Authorization.'),
    tamper: z
      .strictObject({
        signature: z
          .string()
          .nullable()
          .optional()
          .describe('Sent in place of the right v3 signature; null leaves both signatures out.'),
        timestampMs: z
          .number()
          .optional()
          .describe('Signed and sent in place of the time, in milliseconds: a stale or future request.'),
        extraQuery: z
          .string()
          .optional()
          .describe('Appended to the query after signing, such as portalId=1.'),
        body: z.string().optional().describe('Raw body sent in place of the signed one.'),
      })
      .optional()
      .describe("Makes a request that HubSpot would never send, to test the app's verification."),
  })
  .refine((body) => (body.url === undefined) !== (body.path === undefined), {
    path: ['path'],
    message: 'give either `path` or `url`',
  });

export type ProxyRequest = z.output<typeof controlFetchSchema>;
export type ProxyRequestInput = z.input<typeof controlFetchSchema>;

/** What the card gets. `attempts` counts requests to the backend: 0 when the proxy itself refused. */
export type ProxyReply = {
  readonly status: number;
  /** Parsed where the backend says it is JSON, else text; null when empty. */
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;
  readonly attempts: number;
};
