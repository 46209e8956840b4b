import { createHash, createHmac } from 'node:crypto';

/**
 * HubSpot's request signatures, written from its documentation alone (Request validation) and on purpose apart from the app's
 * verifier: two implementations that must agree.
 */

/** Percent codes that are decoded before signing; every other one stays as it is. */
const decodedCodes: Readonly<Record<string, string>> = {
  '%3A': ':',
  '%2F': '/',
  '%3F': '?',
  '%40': '@',
  '%21': '!',
  '%24': '$',
  '%27': "'",
  '%28': '(',
  '%29': ')',
  '%2A': '*',
  '%2C': ',',
  '%3B': ';',
};

/** What is signed: the request as the app's public address would receive it. */
export type SignedParts = {
  readonly secret: string;
  readonly method: string;
  /** Public origin and raw request target. */
  readonly uri: string;
  /** Raw body; empty when there is none. */
  readonly body: string;
  readonly timestampMs: number;
};

/** The URI in the form that version 3 signs. */
export function signedUri(uri: string): string {
  return uri.replace(/%[0-9a-f]{2}/gi, (code) => decodedCodes[code.toUpperCase()] ?? code);
}

/** Version 3: base64 of HMAC-SHA256 over method, URI, body and timestamp, without separators. */
export function signatureV3(parts: SignedParts): string {
  const text = parts.method + signedUri(parts.uri) + parts.body + String(parts.timestampMs);
  return createHmac('sha256', parts.secret).update(text, 'utf8').digest('base64');
}

/** Version 2: hex of SHA-256 over secret, method, URI and body. */
export function signatureV2(parts: Omit<SignedParts, 'timestampMs'>): string {
  return createHash('sha256')
    .update(parts.secret + parts.method + parts.uri + parts.body, 'utf8')
    .digest('hex');
}

/** The headers of a signed request. */
export function signatureHeaders(parts: SignedParts): Record<string, string> {
  return {
    'X-HubSpot-Signature-v3': signatureV3(parts),
    'X-HubSpot-Request-Timestamp': String(parts.timestampMs),
    'X-HubSpot-Signature': signatureV2(parts),
    'X-HubSpot-Signature-Version': 'v2',
  };
}
