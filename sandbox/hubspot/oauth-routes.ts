import { Router } from 'express';
import type { Request, Response } from 'express';
import { API_VERSION, apiRoute, sendError } from './api-route.ts';
import type { SimulatorContext } from './context.ts';
import { HubSpotError } from './errors.ts';
import type { ExchangeLocals } from './exchange.ts';
import { createAuthorizePage } from './oauth-page.ts';
import { OAuthError, badClientId, badClientSecret, badGrantType } from './oauth-errors.ts';
import { clientCredentials, effectiveScopes, redeemCode, refresh, uninstall } from './oauth-grants.ts';
import type { TokenReply } from './oauth-grants.ts';

type Form = Readonly<Record<string, string | undefined>>;

/** The authorize page, the token endpoint with its companions, and the app's own uninstall. */
export function createOAuthRoutes(context: SimulatorContext): Router {
  const router = Router();
  router.get('/oauth/authorize', createAuthorizePage(context));
  formRoute(router, context, `/oauth/${API_VERSION}/token`, (form) => grantToken(context, form));
  formRoute(router, context, `/oauth/${API_VERSION}/token/introspect`, (form) => introspect(context, form));
  formRoute(router, context, `/oauth/${API_VERSION}/token/revoke`, (form) => revoke(context, form));
  apiRoute(
    router,
    context,
    {
      method: 'delete',
      path: `/appinstalls/${API_VERSION}/external-install`,
      limit: 'general',
      isRead: false,
    },
    (call) => {
      uninstall(context, call.portal);
      return { status: 204 };
    },
  );
  return router;
}

function formRoute(
  router: Router,
  context: SimulatorContext,
  path: string,
  answer: (form: Form) => unknown,
): void {
  router.post(path, (request, response) => {
    try {
      const form = formOf(request, response);
      checkClient(context, form);
      response.json(answer(form));
    } catch (error) {
      if (error instanceof OAuthError) response.status(400).json(error.body());
      else sendError(response, error);
    }
  });
}

function formOf(request: Request, response: Response): Form {
  if (request.is('application/x-www-form-urlencoded') === false) {
    throw new HubSpotError(415, 'Unsupported Media Type: send application/x-www-form-urlencoded');
  }
  const { parsedBody } = response.locals as ExchangeLocals;
  return 'value' in parsedBody ? ((parsedBody.value ?? {}) as Form) : {};
}

function checkClient(context: SimulatorContext, form: Form): void {
  if (form['client_id'] !== context.options.app.clientId) throw badClientId();
  if (form['client_secret'] !== context.options.app.clientSecret) throw badClientSecret();
}

function grantToken(context: SimulatorContext, form: Form): TokenReply {
  switch (form['grant_type']) {
    case 'authorization_code':
      return redeemCode(context, form['code'] ?? '', form['redirect_uri'] ?? '');
    case 'refresh_token':
      return refresh(context, form['refresh_token'] ?? '');
    case 'client_credentials':
      return clientCredentials(
        context,
        (form['scope'] ?? '').split(/[ ,]+/).filter((scope) => scope !== ''),
      );
    default:
      throw badGrantType();
  }
}

function introspect(context: SimulatorContext, form: Form): Record<string, unknown> {
  const token = form['token'] ?? '';
  const access = context.state.accessTokens.get(token);
  const grant = access ?? context.state.refreshTokens.get(token);
  const secondsLeft =
    access === undefined
      ? null
      : (new Date(access.expiresAt).getTime() - context.clock.now().getTime()) / 1000;
  const portal = grant?.portalId == null ? undefined : context.state.portals.get(grant.portalId);
  if (grant === undefined || portal === undefined || (secondsLeft !== null && secondsLeft <= 0))
    return { active: false };
  const user = portal.owners.find((owner) => owner.userId === grant.userId);
  return {
    active: true,
    token_type: access === undefined ? 'refresh_token' : 'access_token',
    client_id: context.options.app.clientId,
    app_id: context.options.app.appId,
    hub_id: portal.portalId,
    hub_domain: `${String(portal.portalId)}.example.com`,
    user_id: grant.userId,
    user: user?.email ?? '',
    scopes: effectiveScopes(context, grant),
    ...(secondsLeft === null ? {} : { expires_in: Math.floor(secondsLeft) }),
  };
}

/** Revoking a refresh token leaves access tokens alive and the app installed (OAuth tokens guide). */
function revoke(context: SimulatorContext, form: Form): Record<string, never> {
  const token = form['token'] ?? '';
  if (context.state.refreshTokens.has(token))
    context.state.commit([{ op: 'refreshToken', token, grant: null }]);
  return {};
}
