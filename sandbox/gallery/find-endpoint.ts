import { ENDPOINTS, type EndpointName } from '../../src/http/endpoints.ts';

/** The endpoint that a call of an extension means, with the parameters of its path; null where the contract has none. */
export function findEndpoint(
  method: string,
  path: string,
): { name: EndpointName; params: Readonly<Record<string, string>> } | null {
  for (const [name, endpoint] of Object.entries(ENDPOINTS)) {
    const pattern = new RegExp(`^${endpoint.path.replace(/:(\w+)/g, '(?<$1>[^/]+)')}$`);
    const match = endpoint.method === method ? pattern.exec(path) : null;
    if (match) return { name: name as EndpointName, params: { ...match.groups } };
  }
  return null;
}
