import { z } from 'zod';

/** HubSpot's error document; every field is optional there. Source: HubSpot error handling guide, 2026-03. */
const contextSchema = z.record(z.string(), z.unknown()).nullish().catch(null);
const text = z.string().nullish().catch(null);
const detailSchema = z.object({ code: text, message: text, context: contextSchema });
const errorSchema = z.object({
  status: text,
  message: text,
  category: text,
  subCategory: z.unknown().optional(),
  errorType: text,
  policyName: text,
  error: text,
  correlationId: text,
  context: contextSchema,
  errors: z.array(detailSchema).nullish().catch(null),
});

/** The parts of an error that may be stored and logged: words of HubSpot's own vocabulary, never a value of a record. */
export type HubSpotError = {
  /** E.g. VALIDATION_ERROR, OBJECT_NOT_FOUND, MISSING_SCOPES; empty where HubSpot named none. */
  readonly category: string;
  readonly subCategory: string;
  /** The `status` word, which OAuth uses for its code (BAD_REFRESH_TOKEN). */
  readonly status: string;
  /** RFC 6749's word (invalid_grant), in replies about tokens. */
  readonly oauthError: string;
  readonly policyName: string;
  /** E.g. PROPERTY_DOESNT_EXIST, INVALID_OPTION. */
  readonly codes: readonly string[];
  readonly correlationId: string;
  /** One line without personal data, for logs and for a parked row. */
  readonly reason: string;
  readonly context: Readonly<Record<string, readonly string[]>>;
};

/** The error in a reply's body, or null where the body is not an object. */
export function parseErrorBody(body: unknown): HubSpotError | null {
  const parsed = errorSchema.safeParse(body);
  if (!parsed.success) return null;
  const { data } = parsed;
  const details = data.errors ?? [];
  const category = word(data.category) || word(data.errorType);
  const codes = [
    ...new Set([...details.map((detail) => word(detail.code)), ...codesIn(data.message)]),
  ].filter(Boolean);
  return {
    category,
    subCategory: typeof data.subCategory === 'string' ? word(data.subCategory) : '',
    status: word(data.status),
    oauthError: word(data.error),
    policyName: word(data.policyName),
    codes,
    correlationId: traceOf(data.correlationId),
    reason: [category || word(data.status) || 'unnamed error', ...codes, ...propertyNamesIn(data.message)]
      .join(' ')
      .slice(0, 200),
    context: mergedContext([data.context, ...details.map((detail) => detail.context)]),
  };
}

/** Only words such as VALIDATION_ERROR pass; a sentence, a number or a token does not. */
function word(value: string | null | undefined): string {
  return value != null && /^[A-Za-z][A-Za-z_.]{0,79}$/.test(value) ? value : '';
}

function traceOf(value: string | null | undefined): string {
  return value != null && /^[0-9a-f-]{8,40}$/.test(value) ? value : '';
}

/** A validation message embeds JSON such as `"error":"INVALID_OPTION","name":"hs_task_type"`; its sentences may quote values. */
function codesIn(message: string | null | undefined): readonly string[] {
  return matchesOf(message, /"error":"([A-Z_]{3,60})"/g).concat(
    matchesOf(message, /\b(PROPERTY_DOESNT_EXIST)\b/g),
  );
}

function propertyNamesIn(message: string | null | undefined): readonly string[] {
  return matchesOf(message, /"name":"([a-z0-9_]{1,60})"/g);
}

function matchesOf(message: string | null | undefined, pattern: RegExp): string[] {
  return [...(message ?? '').slice(0, 4000).matchAll(pattern)].map((match) => match[1] ?? '').slice(0, 5);
}

function mergedContext(
  contexts: readonly (Record<string, unknown> | null | undefined)[],
): Readonly<Record<string, readonly string[]>> {
  const merged = new Map<string, string[]>();
  for (const [name, values] of contexts.flatMap((context) => Object.entries(context ?? {}))) {
    merged.set(name, [...(merged.get(name) ?? []), ...[values].flat().map(String)]);
  }
  return Object.fromEntries(merged);
}
