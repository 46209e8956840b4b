import { randomBytes, randomUUID } from 'node:crypto';
import type { SimulatorContext } from './context.ts';
import type { AccessToken, Change, PortalState, RefreshToken } from './model.ts';
import { badAuthCode, badHub, badRedirectUri, badRefreshToken } from './oauth-errors.ts';

/** HubSpot's access tokens live for half an hour of simulated time. */
export const ACCESS_TOKEN_SECONDS = 1800;
/** HubSpot does not say how long a code lives; RFC 6749 advises at most ten minutes. */
const CODE_LIFETIME_MS = 600_000;

export interface TokenReply {
  readonly access_token: string;
  readonly refresh_token?: string;
  readonly expires_in: number;
  readonly token_type: 'bearer';
  readonly hub_id?: number;
  readonly user_id?: number;
  readonly scopes: readonly string[];
}

/** Installs the app for a user and returns the code that the redirect carries. */
export function approveInstall(
  context: SimulatorContext,
  portal: PortalState,
  grant: { readonly userId: number; readonly scopes: readonly string[]; readonly redirectUri: string },
): string {
  const now = context.clock.now();
  const code = randomUUID();
  const expiresAt = new Date(now.getTime() + CODE_LIFETIME_MS).toISOString();
  const { portalId } = portal;
  const { userId, scopes } = grant;
  const installMutation = {
    portalId,
    kind: 'install' as const,
    objectType: 'apps',
    objectId: String(context.options.app.appId),
    occurredAt: now,
    changeSource: 'CRM_UI',
  };
  context.state.commit(
    [
      { op: 'install', portalId, install: { userId, scopes, installedAt: now.toISOString() } },
      { op: 'code', code, grant: { ...grant, portalId, expiresAt } },
    ],
    [installMutation],
  );
  return code;
}

/** Tokens of an install that no browser walked through. */
export interface DirectInstall {
  readonly accessToken: string;
  readonly refreshToken: string;
  /** Simulated instant at which the access token ends. */
  readonly expiresAt: string;
  readonly scopes: readonly string[];
}

/** Installs the app with all its scopes and grants tokens at once, for benches and tests. */
export function installDirectly(context: SimulatorContext, portalId: number, userId: number): DirectInstall {
  const { requiredScopes, optionalScopes, appId } = context.options.app;
  const scopes = [...requiredScopes, ...optionalScopes];
  const now = context.clock.now();
  const expiresAt = expiry(context);
  const accessToken = longToken('na1-access');
  const refreshToken = longToken('na1-refresh');
  const grant = { portalId, userId, scopes };
  const origin = { objectType: 'apps', objectId: String(appId), occurredAt: now, changeSource: 'CRM_UI' };
  context.state.commit(
    [
      { op: 'install', portalId, install: { userId, scopes, installedAt: now.toISOString() } },
      { op: 'refreshToken', token: refreshToken, grant },
      { op: 'accessToken', token: accessToken, grant: { ...grant, expiresAt } },
    ],
    [{ portalId, kind: 'install', ...origin }],
  );
  return { accessToken, refreshToken, expiresAt, scopes };
}

/** Exchanges a code, once. Throws OAuthError BAD_AUTH_CODE, BAD_REDIRECT_URI or BAD_HUB. */
export function redeemCode(context: SimulatorContext, code: string, redirectUri: string): TokenReply {
  const grant = context.state.codes.get(code);
  const now = context.clock.now();
  if (grant === undefined || new Date(grant.expiresAt) <= now) throw badAuthCode();
  if (grant.redirectUri !== redirectUri) throw badRedirectUri();
  if (context.state.portals.get(grant.portalId)?.install == null) throw badHub();
  const refreshToken = longToken('na1-refresh');
  const { portalId, userId, scopes } = grant;
  return issue(context, refreshToken, { portalId, userId, scopes }, [
    { op: 'code', code, grant: null },
    { op: 'refreshToken', token: refreshToken, grant: { portalId, userId, scopes } },
  ]);
}

/** A new access token. Throws OAuthError BAD_REFRESH_TOKEN after revocation or uninstall, BAD_HUB when the account is gone. */
export function refresh(context: SimulatorContext, refreshToken: string): TokenReply {
  const grant = context.state.refreshTokens.get(refreshToken);
  if (grant === undefined) throw badRefreshToken();
  if (!context.state.portals.has(grant.portalId)) throw badHub();
  return issue(context, refreshToken, grant, []);
}

/** A token of the app itself, without portal. */
export function clientCredentials(context: SimulatorContext, scopes: readonly string[]): TokenReply {
  const token = longToken('na1-app');
  context.state.commit([
    { op: 'accessToken', token, grant: { portalId: null, userId: null, scopes, expiresAt: expiry(context) } },
  ]);
  return { access_token: token, expires_in: ACCESS_TOKEN_SECONDS, token_type: 'bearer', scopes };
}

/** Takes the app off a portal: its tokens fail at once. */
export function uninstall(context: SimulatorContext, portal: PortalState): void {
  const { portalId } = portal;
  const access = [...context.state.accessTokens].filter(([, grant]) => grant.portalId === portalId);
  const refreshing = [...context.state.refreshTokens].filter(([, grant]) => grant.portalId === portalId);
  context.state.commit(
    [
      { op: 'install', portalId, install: null },
      ...access.map(([token]): Change => ({ op: 'accessToken', token, grant: null })),
      ...refreshing.map(([token]): Change => ({ op: 'refreshToken', token, grant: null })),
    ],
    [
      {
        portalId,
        kind: 'uninstall',
        objectType: 'apps',
        objectId: String(context.options.app.appId),
        occurredAt: context.clock.now(),
        changeSource: 'CRM_UI',
      },
    ],
  );
}

/** Scopes that a token has now: what was granted, less what the portal's switch took away. */
export function effectiveScopes(
  context: SimulatorContext,
  grant: AccessToken | RefreshToken,
): readonly string[] {
  const removed =
    grant.portalId === null ? [] : (context.state.portals.get(grant.portalId)?.settings.removeScopes ?? []);
  return grant.scopes.filter((scope) => !removed.includes(scope));
}

function issue(
  context: SimulatorContext,
  refreshToken: string,
  grant: RefreshToken,
  changes: readonly Change[],
): TokenReply {
  const accessToken = longToken('na1-access');
  const { portalId, userId, scopes } = grant;
  context.state.commit([
    ...changes,
    {
      op: 'accessToken',
      token: accessToken,
      grant: { portalId, userId, scopes, expiresAt: expiry(context) },
    },
  ]);
  return {
    access_token: accessToken,
    refresh_token: refreshToken,
    expires_in: ACCESS_TOKEN_SECONDS,
    token_type: 'bearer',
    hub_id: portalId,
    user_id: userId,
    scopes: effectiveScopes(context, grant),
  };
}

function expiry(context: SimulatorContext): string {
  return new Date(context.clock.now().getTime() + ACCESS_TOKEN_SECONDS * 1000).toISOString();
}

/** HubSpot's tokens may be up to 512 characters long and grow; a column that is too short should show here. */
function longToken(prefix: string): string {
  return `${prefix}-${randomBytes(180).toString('base64url')}`;
}
