import { Router } from 'express';
import { controlRoute, parseControl } from './control-route.ts';
import { controlFetchSchema, type ProxyReply, type ProxyRequest } from './proxy-contract.ts';
import { checkProxyRequest, isRefusal, proxyLimits, type CheckedRequest } from './proxy-rules.ts';
import { signatureHeaders, signatureV3 } from './proxy-signature.ts';
import { sendToBackend, type BackendReply } from './proxy-transport.ts';
import type { Simulator } from './simulator-types.ts';
import type { SimulatorState } from './state.ts';

export type ProxyOptions = {
  /** Real milliseconds before a request is given up; default 15,000. */
  readonly timeoutMs?: number;
};

type ProxyParts = Pick<Simulator, 'clock' | 'state' | 'options'>;
type Outcome = { readonly reply: BackendReply; readonly attempts: number };

/** Requests under way, per simulated HubSpot and portal. */
const underWay = new WeakMap<SimulatorState, Map<number, number>>();

function errorReply(status: number, category: string, message: string, attempts: number): ProxyReply {
  const headers = { 'content-type': 'application/json' };
  return { status, body: { status: 'error', category, message }, headers, attempts };
}

function emailOf(parts: ProxyParts, request: ProxyRequest): string {
  const owners = parts.state.portals.get(request.portalId)?.owners ?? [];
  const owner = owners.find((candidate) => candidate.userId === request.userId);
  const fallback = `user-${String(request.userId)}@portal-${String(request.portalId)}.example.com`;
  return owner?.email ?? request.userEmail ?? fallback;
}

/** The four parameters that HubSpot appends; a card cannot remove or replace them, only add twins before them. */
function withIdentity(parts: ProxyParts, request: ProxyRequest, url: string): string {
  const identity = [
    ['userId', String(request.userId)],
    ['portalId', String(request.portalId)],
    ['userEmail', emailOf(parts, request)],
    ['appId', String(parts.options.app.appId)],
  ] as const;
  const query = identity.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&');
  return `${url}${url.includes('?') ? '&' : '?'}${query}`;
}

function headersFor(parts: ProxyParts, request: ProxyRequest, checked: CheckedRequest, uri: string) {
  const { clientSecret: secret } = parts.options.app;
  const timestampMs = request.tamper?.timestampMs ?? parts.clock.now().getTime();
  const signed = { secret, method: checked.method, uri, body: checked.body, timestampMs };
  const headers: Record<string, string> = {
    Accept: 'application/json',
    'X-HubSpot-Request-Timestamp': String(timestampMs),
    ...(checked.body === '' ? {} : { 'Content-Type': 'application/json' }),
    ...(checked.authorization === null ? {} : { Authorization: checked.authorization }),
  };
  if (request.tamper?.signature === null) return headers;
  const v3 = request.tamper?.signature ?? signatureV3(signed);
  return { ...headers, ...signatureHeaders(signed), 'X-HubSpot-Signature-v3': v3 };
}

function tryOnce(
  parts: ProxyParts,
  request: ProxyRequest,
  checked: CheckedRequest,
  timeoutMs: number,
): Promise<BackendReply> {
  const origin = parts.options.backendOrigin();
  if (origin === null) return Promise.resolve({ kind: 'connectionFailed', reason: 'no backend is running' });
  const uri = withIdentity(parts, request, checked.url);
  const target = uri.replace(/^https:\/\/[^/?]+/i, '');
  const extra = request.tamper?.extraQuery;
  return sendToBackend({
    origin,
    method: checked.method,
    target: `${target.startsWith('/') ? '' : '/'}${target}${extra === undefined ? '' : `&${extra}`}`,
    headers: headersFor(parts, request, checked, uri),
    body: request.tamper?.body ?? checked.body,
    timeoutMs,
    maxReplyBytes: proxyLimits.bytes,
  });
}

function deservesRetry(reply: BackendReply): boolean {
  return reply.kind === 'connectionFailed' || (reply.kind === 'reply' && reply.status >= 500);
}

async function tryTwice(
  parts: ProxyParts,
  request: ProxyRequest,
  checked: CheckedRequest,
  timeoutMs: number,
): Promise<Outcome> {
  const first = await tryOnce(parts, request, checked, timeoutMs);
  if (!deservesRetry(first)) return { reply: first, attempts: 1 };
  return { reply: await tryOnce(parts, request, checked, timeoutMs), attempts: 2 };
}

function parsedBody(reply: Extract<BackendReply, { kind: 'reply' }>): unknown {
  if (reply.body === '') return null;
  if (!(reply.headers['content-type'] ?? '').includes('json')) return reply.body;
  try {
    return JSON.parse(reply.body) as unknown;
  } catch {
    return reply.body;
  }
}

/** How a reply reaches the card: with its status, or, where a portal is switched so, in an envelope of status 200. */
function toCard({ reply, attempts }: Outcome, mode: 'status' | 'envelope'): ProxyReply {
  if (reply.kind === 'timedOut')
    return errorReply(504, 'GATEWAY_TIMEOUT', 'the backend took too long', attempts);
  if (reply.kind === 'tooLarge') {
    return errorReply(502, 'RESPONSE_TOO_LARGE', 'the reply is larger than 1 MB', attempts);
  }
  if (reply.kind === 'connectionFailed') {
    return errorReply(502, 'BAD_GATEWAY', `the backend cannot be reached: ${reply.reason}`, attempts);
  }
  if (mode === 'status' || reply.status < 300) {
    return { status: reply.status, body: parsedBody(reply), headers: reply.headers, attempts };
  }
  const body = {
    status: 'error',
    category: 'BAD_GATEWAY',
    context: { appServerStatusCode: [String(reply.status)] },
    responseBody: reply.body,
  };
  return { status: 200, body, headers: { 'content-type': 'application/json' }, attempts };
}

/**
 * Acts as HubSpot's proxy behind `hubspot.fetch`: checks its rules, appends who is asking, signs over the public URL, sends to
 * the backend on this machine, and repeats once on a failed connection or a 5xx.
 * Never rejects: a refusal of the proxy itself is a reply with 0 attempts.
 */
export async function proxyFetch(
  parts: ProxyParts,
  request: ProxyRequest,
  options: ProxyOptions = {},
): Promise<ProxyReply> {
  const portal = parts.state.portals.get(request.portalId);
  if (portal === undefined) {
    return errorReply(404, 'OBJECT_NOT_FOUND', `no portal ${String(request.portalId)} is loaded`, 0);
  }
  const { publicBaseUrl } = parts.options.app;
  const checked = checkProxyRequest(request, { publicBaseUrl, permittedFetchUrls: [publicBaseUrl] });
  if (isRefusal(checked)) return errorReply(checked.status, checked.category, checked.message, 0);
  const counts = underWay.get(parts.state) ?? new Map<number, number>();
  underWay.set(parts.state, counts);
  const count = counts.get(request.portalId) ?? 0;
  if (count >= proxyLimits.concurrent) {
    return errorReply(429, 'RATE_LIMITS', 'more than 20 requests of this app are under way', 0);
  }
  counts.set(request.portalId, count + 1);
  try {
    const timeoutMs = options.timeoutMs ?? proxyLimits.timeoutMs;
    return toCard(await tryTwice(parts, request, checked, timeoutMs), portal.settings.proxyErrorMode);
  } finally {
    counts.set(request.portalId, (counts.get(request.portalId) ?? 1) - 1);
  }
}

/** `POST /_control/fetch`: the proxy for tests, the tour and the record page. */
export function createProxyRoutes(simulator: ProxyParts, options: ProxyOptions = {}): Router {
  const router = Router();
  controlRoute(router, 'post', '/_control/fetch', (_request, body) =>
    proxyFetch(simulator, parseControl(controlFetchSchema, body()), options),
  );
  return router;
}
