import { createHmac } from 'node:crypto';

/** What HubSpot writes for each escape before it signs. Kept apart from the code under test on purpose. */
const WRITTEN_OUT: readonly (readonly [string, string])[] = [
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
];

export function writtenOut(url: string): string {
  return WRITTEN_OUT.reduce(
    (text, [escape, character]) =>
      text.replaceAll(escape, character).replaceAll(escape.toLowerCase(), character),
    url,
  );
}

/** Signs as HubSpot does, byte by byte. */
export function signV3(
  secret: string,
  method: string,
  url: string,
  body: Buffer | string,
  timestamp: string,
): string {
  const message = Buffer.concat([
    Buffer.from(method + writtenOut(url)),
    Buffer.from(body),
    Buffer.from(timestamp),
  ]);
  return createHmac('sha256', secret).update(message).digest('base64');
}
