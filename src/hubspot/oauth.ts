import { asPortalId, asUserId } from '../core/model.ts';
import type { OAuthGateway } from '../usecases/hubspot-port.ts';
import type { Clock } from '../usecases/ports.ts';
import { createHubSpotClient, type ClientConfig, type HubSpotClient } from './client.ts';
import type { Grant } from './oauth-schemas.ts';
import { unreadable } from './outcome.ts';
import { createTokenEndpoint, type TokenEndpoint, type TokenEndpointConfig } from './token-endpoint.ts';

export type OAuthConfig = TokenEndpointConfig &
  ClientConfig & {
    /** Where people grant access; HubSpot's is https://app.hubspot.com/oauth/authorize. */
    readonly authorizeUrl: string;
    readonly requiredScopes: readonly string[];
    readonly optionalScopes: readonly string[];
    readonly clock: Clock;
  };

/** HubSpot's OAuth. Throws internal where the base URL is not on the allow-list. */
export function createOAuthGateway(
  config: OAuthConfig,
  client: HubSpotClient = createHubSpotClient(config),
): OAuthGateway {
  const endpoint = createTokenEndpoint(config, client, config.clock);
  return {
    authorizeUrl: (state) => authorizeUrl(config, state),
    async exchangeCode(code) {
      const grant = await endpoint.exchange(code);
      const { hubId, userId, scopes } = await identityOf(grant, endpoint);
      return {
        portalId: asPortalId(hubId),
        userId: asUserId(userId),
        accessToken: grant.access_token,
        refreshToken: grant.refresh_token,
        expiresInS: grant.expires_in,
        scopes,
      };
    },
  };
}

/** HubSpot shows a consent page that names every scope; the optional ones are left out where the account lacks them. */
function authorizeUrl(config: OAuthConfig, state: string): string {
  const url = new URL(config.authorizeUrl);
  url.searchParams.set('client_id', config.clientId);
  url.searchParams.set('redirect_uri', config.redirectUrl);
  url.searchParams.set('scope', config.requiredScopes.join(' '));
  if (config.optionalScopes.length > 0)
    url.searchParams.set('optional_scope', config.optionalScopes.join(' '));
  url.searchParams.set('state', state);
  return url.href;
}

/** Who granted what comes from HubSpot alone, never from the browser; introspection fills in what the grant left out. */
async function identityOf(
  grant: Grant,
  endpoint: TokenEndpoint,
): Promise<{ hubId: number; userId: number; scopes: readonly string[] }> {
  const isComplete = grant.hub_id != null && grant.user_id != null && grant.scopes != null;
  const told = isComplete ? grant : { ...(await endpoint.introspect(grant.access_token, 'access_token')) };
  const hubId = grant.hub_id ?? told.hub_id;
  const userId = grant.user_id ?? told.user_id;
  const scopes = grant.scopes ?? told.scopes;
  if (hubId == null || userId == null || scopes == null) {
    throw unreadable('token', 'the grant names no account, user or scopes');
  }
  return { hubId, userId, scopes };
}
