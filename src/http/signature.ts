/**
 * HubSpot's request signature, version 3, verified from plain values. Versions 1 and 2 are never accepted.
 * Source: HubSpot developer documentation, "Validating requests from HubSpot", read November 2026.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { PortalId, UserId } from '../core/model.ts';
import { asPortalId, asUserId } from '../core/model.ts';
import { AppError } from '../errors.ts';

/** HubSpot's own limit for the past; the same for the future is ours. */
const MAX_AGE_MS = 300_000;

/** The escapes that HubSpot decodes before it signs, and no others. */
const DECODED: ReadonlyMap<string, string> = new Map([
  ['%3A', ':'],
  ['%2F', '/'],
  ['%3F', '?'],
  ['%40', '@'],
  ['%21', '!'],
  ['%24', '$'],
  ['%27', "'"],
  ['%28', '('],
  ['%29', ')'],
  ['%2A', '*'],
  ['%2C', ','],
  ['%3B', ';'],
]);
const DECODED_PATTERN = /%(?:3[ABF]|40|2[14789ACF])/gi;

export type SignedRequest = {
  /** The app's live client secrets, two while one is being rotated. */
  readonly secrets: readonly string[];
  readonly method: string;
  /** Scheme, host and port as HubSpot sees them, from the configuration: `https://checkin.example.com`. */
  readonly publicOrigin: string;
  /** The request target exactly as it came over the wire, beginning with "/". */
  readonly rawTarget: string;
  readonly rawBody: Buffer;
  /** X-HubSpot-Signature-v3. */
  readonly signature: string | undefined;
  /** X-HubSpot-Request-Timestamp, ms since 1970 as text. */
  readonly timestamp: string | undefined;
  readonly nowMs: number;
  /** Also accept a signature over the target as it stands, which `hs project dev` makes. Off in production. */
  readonly acceptRawForm?: boolean;
};

export type SignatureFault =
  'noSecret' | 'missingSignature' | 'malformedTimestamp' | 'staleTimestamp' | 'malformedTarget' | 'mismatch';
export type SignatureCheck = { readonly ok: true } | { readonly ok: false; readonly reason: SignatureFault };

/**
 * Says whether HubSpot signed this very request within five minutes, either side. Compares in constant time over every secret,
 * and refuses everything where no secret is set.
 */
export function verifySignature(request: SignedRequest): SignatureCheck {
  const secrets = request.secrets.filter((secret) => secret.trim() !== '');
  if (secrets.length === 0) return fault('noSecret');
  if (request.signature === undefined || request.signature === '') return fault('missingSignature');
  const timestamp = request.timestamp ?? '';
  if (!/^\d{1,15}$/.test(timestamp)) return fault('malformedTimestamp');
  if (!(Math.abs(request.nowMs - Number(timestamp)) <= MAX_AGE_MS)) return fault('staleTimestamp');
  if (!request.rawTarget.startsWith('/')) return fault('malformedTarget');
  const given = Buffer.from(request.signature, 'utf8');
  const matches = signedForms(request).flatMap((uri) =>
    secrets.map((secret) => isEqual(given, expectedSignature(secret, uri, request, timestamp))),
  );
  return matches.includes(true) ? { ok: true } : fault('mismatch');
}

function fault(reason: SignatureFault): SignatureCheck {
  return { ok: false, reason };
}

/** No URL object here: it would turn `'` into %27 and so change what was signed. */
function signedForms({ publicOrigin, rawTarget, acceptRawForm }: SignedRequest): string[] {
  const raw = publicOrigin + rawTarget;
  const decoded = raw.replace(DECODED_PATTERN, (escape) => DECODED.get(escape.toUpperCase()) ?? escape);
  return acceptRawForm === true ? [decoded, raw] : [decoded];
}

function expectedSignature(secret: string, uri: string, request: SignedRequest, timestamp: string): Buffer {
  const hmac = createHmac('sha256', secret);
  hmac
    .update(request.method + uri, 'utf8')
    .update(request.rawBody)
    .update(timestamp, 'utf8');
  return Buffer.from(hmac.digest('base64'), 'utf8');
}

/** Compares the texts, not the bytes they decode to: a second spelling of the same bytes is refused. */
function isEqual(given: Buffer, expected: Buffer): boolean {
  return given.length === expected.length && timingSafeEqual(given, expected);
}

export type SignedQuery = {
  readonly portalId: PortalId;
  readonly userId: UserId;
  readonly appId: number;
  readonly userEmail: string;
};

const SIGNED_KEYS = ['portalId', 'userId', 'appId', 'userEmail'] as const;
type SignedKey = (typeof SIGNED_KEYS)[number];

/**
 * Returns who HubSpot says is asking, from the query it appends to a card's call. Only ever after verifySignature.
 * Throws invalid_input where one of the four keys is doubled, an array, spelled in another case or escaped, and unauthenticated
 * where one is missing or no positive whole number.
 */
export function parseSignedQuery(rawTarget: string): SignedQuery {
  const found = new Map<SignedKey, string>();
  for (const [rawKey, rawValue] of queryPairs(rawTarget)) {
    const key = signedKeyLike(rawKey);
    if (key === undefined) continue;
    if (rawKey !== key || found.has(key)) {
      throw new AppError('invalid_input', 'A parameter that HubSpot adds is repeated or misspelled.', {
        hint: 'Leave portalId, userId, userEmail and appId to HubSpot.',
        safeDetails: { key },
      });
    }
    found.set(key, unescaped(rawValue));
  }
  return {
    portalId: asPortalId(positiveInteger(found.get('portalId'))),
    userId: asUserId(positiveInteger(found.get('userId'))),
    appId: positiveInteger(found.get('appId')),
    userEmail: present(found.get('userEmail')),
  };
}

function queryPairs(rawTarget: string): [string, string][] {
  const start = rawTarget.indexOf('?');
  if (start === -1) return [];
  return rawTarget
    .slice(start + 1)
    .split('&')
    .map((pair) => {
      const equals = pair.indexOf('=');
      return equals === -1 ? [pair, ''] : [pair.slice(0, equals), pair.slice(equals + 1)];
    });
}

/** The signed key that some parser might take this one for: in another case, or with brackets, blanks or dots around it. */
function signedKeyLike(rawKey: string): SignedKey | undefined {
  const letters = /[a-z]+/.exec(unescaped(rawKey).toLowerCase())?.[0];
  return SIGNED_KEYS.find((key) => key.toLowerCase() === letters);
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    throw new AppError('invalid_input', 'The address holds a broken escape.', { cause: error });
  }
}

function positiveInteger(text: string | undefined): number {
  const value = /^\d{1,15}$/.test(text ?? '') ? Number(text) : 0;
  if (value === 0) throw unauthenticated();
  return value;
}

function present(text: string | undefined): string {
  if (text === undefined || text === '') throw unauthenticated();
  return text;
}

function unauthenticated(): AppError {
  return new AppError('unauthenticated', 'HubSpot did not say who is asking.');
}
