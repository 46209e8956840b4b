const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567';
const KEY_LENGTH = 26;

/**
 * The key of a touch: the first 26 base32 characters (130 bits) of an HMAC over portal, cycle, kind and company. Stable and
 * opaque: it says nothing about the company to whoever reads it in HubSpot.
 * @param mac at least 17 bytes
 */
export function touchKey(mac: Uint8Array): string {
  let bits = 0;
  let held = 0;
  let key = '';
  for (const byte of mac) {
    held = (held << 8) | byte;
    bits += 8;
    while (bits >= 5 && key.length < KEY_LENGTH) {
      bits -= 5;
      key += BASE32.charAt((held >>> bits) & 31);
      held &= (1 << bits) - 1;
    }
  }
  return key;
}
