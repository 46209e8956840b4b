// Copied from extension-kit/submission-id.ts, by `npm run generate`. Do not edit.
const HEX_BYTE = 256;

function randomBytes(count: number): Uint8Array {
  const bytes = new Uint8Array(count);
  // The worker HubSpot runs extensions in may lack Web Crypto; the id must only be unlikely to repeat, not secret.
  if (typeof crypto !== 'undefined' && typeof crypto.getRandomValues === 'function') {
    return crypto.getRandomValues(bytes);
  }
  return bytes.map(() => Math.floor(Math.random() * HEX_BYTE));
}

/**
 * A new version 4 UUID. Every write carries one, made once and sent again on each retry, so that a repeated save is
 * answered with the first save's reply and never stored twice.
 */
export function newSubmissionId(): string {
  const bytes = randomBytes(16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
