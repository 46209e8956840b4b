import type { RequestHandler } from 'express';
import { API_VERSION } from './api-route.ts';

/**
 * The paths that HubSpot's own client (@hubspot/api-client 14.0.1) calls, and what they are called in the dated version. They
 * mean the same and spend the same budget; HubSpot keeps them until 2027 (developer changelog).
 */
const SAME_BY_ANOTHER_NAME: readonly (readonly [older: string, dated: string])[] = [
  ['/crm/v3/objects/', `/crm/objects/${API_VERSION}/`],
  ['/crm/v3/owners', `/crm/owners/${API_VERSION}`],
  ['/crm/v3/properties/', `/crm/properties/${API_VERSION}/`],
  ['/crm/v4/associations/', `/crm/associations/${API_VERSION}/`],
  ['/oauth/v1/token', `/oauth/${API_VERSION}/token`],
  ['/account-info/v3/', `/account-info/${API_VERSION}/`],
];

/** Leads requests on older paths to the same handlers; log and faults still see the path that was asked for. */
export function createOlderPaths(): RequestHandler {
  return (request, _response, next) => {
    const same = SAME_BY_ANOTHER_NAME.find(([older]) => request.url.startsWith(older));
    if (same !== undefined) request.url = same[1] + request.url.slice(same[0].length);
    next();
  };
}
