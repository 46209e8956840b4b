import type { ProxyRequest } from './proxy-contract.ts';

/** Limits of `hubspot.fetch` (developer docs, "Fetching data"). */
export const proxyLimits = {
  /** Each way. */
  bytes: 1_000_000,
  timeoutMs: 15_000,
  /** Requests under way per app and account. */
  concurrent: 20,
} as const;

/** Why the proxy refuses to forward a request. */
export type Refusal = { readonly status: number; readonly category: string; readonly message: string };
export type CheckedRequest = {
  /** Absolute public URL without the parameters that HubSpot appends. */
  readonly url: string;
  readonly method: string;
  readonly body: string;
  readonly authorization: string | null;
};

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];
const localHosts = /^(localhost|127\.|\[::1\]|0\.0\.0\.0)/i;

function refuse(message: string, status = 400, category = 'VALIDATION_ERROR'): Refusal {
  return { status, category, message };
}

/** Encodes what no request target may contain and leaves every other byte as the card wrote it. */
function asciiTarget(text: string): string {
  return text.replace(/[^\x21-\x7e]/gu, (character) => encodeURIComponent(character));
}

function withQuery(url: string, query: ProxyRequest['query']): string {
  const pairs = Object.entries(query ?? {}).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).map(
      (one) => `${encodeURIComponent(name)}=${encodeURIComponent(one)}`,
    ),
  );
  if (pairs.length === 0) return url;
  return `${url}${url.includes('?') ? '&' : '?'}${pairs.join('&')}`;
}

function checkUrl(url: string, permitted: readonly string[]): Refusal | null {
  const match = /^https:\/\/([^/?#]+)/i.exec(url);
  if (match === null) return refuse(`${url} is not an absolute https URL`);
  if (localHosts.test(match[1] ?? '')) return refuse('a card cannot fetch from localhost');
  const allowed = permitted.some(
    (entry) => url === entry || url.startsWith(`${entry}/`) || url.startsWith(`${entry}?`),
  );
  if (!allowed) return refuse(`${url} is not listed in permittedUrls.fetch: add its origin to the app`);
  return url.includes('#') ? refuse('a URL with a fragment cannot be fetched') : null;
}

function checkBody(body: unknown, method: string): Refusal | null {
  if (body === undefined) return null;
  if (method === 'GET') return refuse('a GET has no body');
  const isObject = typeof body === 'object' && body !== null && !Array.isArray(body);
  return isObject ? null : refuse('the body must be a JSON object');
}

function checkHeaders(headers: Readonly<Record<string, string>>): Refusal | null {
  const names = Object.keys(headers);
  if (names.length <= 1 && names.every((name) => name.toLowerCase() === 'authorization')) return null;
  return refuse(`only one header is allowed, Authorization: ${names.join(', ')} cannot be sent`);
}

/** The request in the form that goes out, or the first rule of `hubspot.fetch` that it breaks. */
export function checkProxyRequest(
  request: ProxyRequest,
  app: { readonly publicBaseUrl: string; readonly permittedFetchUrls: readonly string[] },
): CheckedRequest | Refusal {
  const method = request.method.toUpperCase();
  if (!methods.includes(method)) return refuse(`method ${method} is not one of ${methods.join(', ')}`);
  if (request.path !== undefined && !request.path.startsWith('/')) return refuse('`path` must start with /');
  const bare = request.url ?? `${app.publicBaseUrl}${request.path ?? ''}`;
  const url = withQuery(asciiTarget(bare), request.query);
  const headers = request.headers ?? {};
  const fault =
    checkUrl(url, app.permittedFetchUrls) ?? checkBody(request.body, method) ?? checkHeaders(headers);
  if (fault !== null) return fault;
  const body = request.body === undefined ? '' : JSON.stringify(request.body);
  if (Buffer.byteLength(body) > proxyLimits.bytes) {
    return refuse('the request is larger than 1 MB', 413, 'REQUEST_TOO_LARGE');
  }
  return { url, method, body, authorization: Object.values(headers)[0] ?? null };
}

/** Narrows the result of `checkProxyRequest`. */
export function isRefusal(checked: CheckedRequest | Refusal): checked is Refusal {
  return 'category' in checked;
}
