import type { Request, Response } from 'express';

/** What the pages may ask of the simulator's control API; the rest of it is for tests and scripts. */
const ALLOWED: readonly { method: string; path: RegExp }[] = [
  { method: 'GET', path: /^(portals|clock)$/ },
  { method: 'GET', path: /^objects\/\d+\/companies$/ },
  { method: 'GET', path: /^record\/\d+\/companies\/\d+$/ },
  { method: 'POST', path: /^(clock|fetch)$/ },
  { method: 'POST', path: /^objects\/\d+\/tasks\/\d+$/ },
];
/** A card's call may take 15 seconds in HubSpot, and moving the clock runs all work that falls due. */
const FORWARD_TIMEOUT_MS = 120_000;

/** Passes one allowed request of a page on to the simulator and its reply back. */
export async function forwardToSimulator(
  simulatorUrl: string,
  request: Request,
  response: Response,
): Promise<void> {
  const path = request.path.replace(/^\/host\/control\//, '');
  if (!ALLOWED.some((entry) => entry.method === request.method && entry.path.test(path))) {
    return void response
      .status(404)
      .json({ message: `the preview does not pass on ${request.method} ${path}` });
  }
  if (request.method !== 'GET' && !isOwnPage(request)) {
    return void response.status(403).json({ message: 'only the preview’s own pages may change something' });
  }
  const query = request.originalUrl.split('?')[1];
  try {
    const reply = await fetch(`${simulatorUrl}/_control/${path}${query === undefined ? '' : `?${query}`}`, {
      method: request.method,
      ...(request.method === 'GET'
        ? {}
        : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(request.body) }),
      signal: AbortSignal.timeout(FORWARD_TIMEOUT_MS),
    });
    response
      .status(reply.status)
      .type('application/json')
      .send(await reply.text());
  } catch {
    response
      .status(502)
      .json({ message: 'The sandbox’s local HubSpot does not answer. Is it still running?' });
  }
}

/** A web page from elsewhere cannot make a JSON request to this port in a person's name. */
function isOwnPage(request: Request): boolean {
  const site = request.get('sec-fetch-site');
  return request.is('application/json') !== false && (site === undefined || site === 'same-origin');
}
