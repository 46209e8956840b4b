import type { IncomingMessage } from 'node:http';
import { HubSpotError, invalid } from './errors.ts';

/** HubSpot publishes no body limit for CRM calls; 100 notes of the longest body fit in this. */
const LARGEST_BODY_BYTES = 10 * 1024 * 1024;
/** A portal given as JSON may be much larger than any CRM call. */
const LARGEST_CONTROL_BODY_BYTES = 1024 * 1024 * 1024;

/** The raw body. Throws HubSpotError 413 beyond the limit; what follows is read and dropped, so that the reply arrives. */
export async function readBody(request: IncomingMessage, isControl: boolean): Promise<Buffer> {
  const limit = isControl ? LARGEST_CONTROL_BODY_BYTES : LARGEST_BODY_BYTES;
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += (chunk as Buffer).length;
    if (bytes <= limit) chunks.push(chunk as Buffer);
  }
  if (bytes > limit)
    throw new HubSpotError(413, 'Request entity too large', { category: 'VALIDATION_ERROR' });
  return Buffer.concat(chunks);
}

/** A parsed body, or why it could not be parsed: the refusal comes after authentication, as at HubSpot. */
export type ParsedBody = { readonly value: unknown } | { readonly problem: HubSpotError };

/** Parses JSON and form bodies by their content type; an empty body is undefined. */
export function parseBody(raw: Buffer, contentType: string | undefined): ParsedBody {
  if (raw.length === 0) return { value: undefined };
  const mediaType = (contentType ?? '').split(';')[0]?.trim().toLowerCase();
  if (mediaType === 'application/x-www-form-urlencoded')
    return { value: Object.fromEntries(new URLSearchParams(raw.toString())) };
  if (mediaType !== 'application/json')
    return { problem: new HubSpotError(415, 'Unsupported Media Type: send application/json') };
  try {
    return { value: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(raw)) as unknown };
  } catch (error) {
    return {
      problem: invalid(`Invalid input JSON: ${error instanceof Error ? error.message : 'unreadable'}`),
    };
  }
}
