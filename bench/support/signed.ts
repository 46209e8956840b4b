import { SANDBOX_APP_ID, SANDBOX_CLIENT_SECRET, sandboxApp } from '../../sandbox/app.ts';
import { signatureHeaders } from '../../sandbox/hubspot/proxy-signature.ts';
import type { Shot } from './load.ts';

const PUBLIC_ORIGIN = sandboxApp('').publicBaseUrl;

/** A request as HubSpot signs it, for the public address, sent to the backend on this machine. */
export function signedShot(backendUrl: string, method: string, target: string, body = ''): Shot {
  const parts = {
    secret: SANDBOX_CLIENT_SECRET,
    method,
    uri: `${PUBLIC_ORIGIN}${target}`,
    body,
    timestampMs: Date.now(),
  };
  return {
    method,
    url: `${backendUrl}${target}`,
    headers: {
      ...signatureHeaders(parts),
      'Content-Type': 'application/json',
      'Content-Length': String(Buffer.byteLength(body)),
    },
    body,
  };
}

/** The query that HubSpot adds for the person at the card. */
export function asPerson(path: string, portalId: number, userId: number): string {
  const query = new URLSearchParams({
    userId: String(userId),
    portalId: String(portalId),
    userEmail: `person.${userId}@example.com`,
    appId: String(SANDBOX_APP_ID),
  });
  return `${path}?${query.toString()}`;
}
