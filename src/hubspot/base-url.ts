import { AppError } from '../errors.ts';
import { API_BASE_URL } from './api-version.ts';

const LOOPBACK_HOSTS: readonly string[] = ['127.0.0.1', 'localhost', '[::1]'];

/**
 * The API's origin, once it is on the allow-list: HubSpot's own, or this machine's loopback where the sandbox is allowed.
 * Throws internal for anything else, so that a wrong setting can never carry tokens to another host.
 */
export function checkedApiBaseUrl(baseUrl: string, allowLoopback: boolean): string {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : null;
  if (
    url !== null &&
    isBareOrigin(url, baseUrl) &&
    (url.origin === API_BASE_URL || isLoopback(url, allowLoopback))
  ) {
    return url.origin;
  }
  throw new AppError('internal', 'The HubSpot base URL is not on the allow-list.', {
    hint: `Use ${API_BASE_URL}; the local sandbox's address works only in sandbox mode.`,
  });
}

/** No path, query, user or password: nothing that could send a path elsewhere. */
function isBareOrigin(url: URL, text: string): boolean {
  return text === url.origin || text === `${url.origin}/`;
}

function isLoopback(url: URL, allowLoopback: boolean): boolean {
  return allowLoopback && url.protocol === 'http:' && LOOPBACK_HOSTS.includes(url.hostname);
}
