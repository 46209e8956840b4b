import type { z } from 'zod';
import { AppError } from '../errors.ts';
import type { Clock } from '../usecases/ports.ts';
import { API_VERSION } from './api-version.ts';
import type { HubSpotClient } from './client.ts';
import type { HubSpotError } from './error-body.ts';
import { grantSchema, introspectionSchema, type Grant, type Introspection } from './oauth-schemas.ts';
import { outcomeOf, toAppError, unreadable, type CallOutcome } from './outcome.ts';

export type TokenEndpointConfig = {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly redirectUrl: string;
};

/** HubSpot's token routes. Nothing here is sent twice: a code works once, and a refresh may replace the token it used. */
export interface TokenEndpoint {
  /** Throws invalid_input for a used or old code, internal for our own misconfiguration, hubspot_unavailable, hubspot_throttled. */
  exchange(code: string): Promise<Grant>;
  /** Throws not_installed where the account took the app away, internal for our own misconfiguration, hubspot_unavailable, hubspot_throttled. */
  refresh(refreshToken: string): Promise<Grant>;
  /** Throws internal, hubspot_unavailable, hubspot_throttled. */
  introspect(token: string, kind: 'access_token' | 'refresh_token'): Promise<Introspection>;
  /** The app stays installed; access tokens live until they expire. Throws like `introspect`. */
  revoke(refreshToken: string): Promise<void>;
}

const TIMEOUT_MS = 30_000;

/** The token routes over `client`. */
export function createTokenEndpoint(
  config: TokenEndpointConfig,
  client: HubSpotClient,
  clock: Clock,
): TokenEndpoint {
  const credentials = { client_id: config.clientId, client_secret: config.clientSecret };

  async function post(suffix: string, form: Record<string, string>): Promise<CallOutcome> {
    const path = `/oauth/${API_VERSION}/token${suffix}`;
    const request = { method: 'POST', path, form: { ...credentials, ...form } } as const;
    // "read": whatever did not arrive whole counts as unavailable, since a token we never saw is of no use to anyone.
    return outcomeOf('read', await client.send(request, TIMEOUT_MS), clock.now().getTime());
  }

  return {
    async exchange(code) {
      const form = { grant_type: 'authorization_code', code, redirect_uri: config.redirectUrl };
      return grantOf(await post('', form), exchangeError);
    },
    async refresh(refreshToken) {
      const form = { grant_type: 'refresh_token', refresh_token: refreshToken };
      return grantOf(await post('', form), refreshError);
    },
    async introspect(token, kind) {
      const outcome = await post('/introspect', { token, token_type_hint: kind });
      return parsed(introspectionSchema, outcome, misconfigured);
    },
    async revoke(refreshToken) {
      const outcome = await post('/revoke', { token: refreshToken, token_type_hint: 'refresh_token' });
      if (outcome.kind !== 'ok' && outcome.kind !== 'rejected') throw toAppError(outcome, 'revoke token');
    },
  };
}

type RejectionReader = (error: HubSpotError) => AppError;

function grantOf(outcome: CallOutcome, rejection: RejectionReader): Grant {
  return parsed(grantSchema, outcome, rejection);
}

function parsed<Schema extends z.ZodType>(
  schema: Schema,
  outcome: CallOutcome,
  rejection: RejectionReader,
): z.output<Schema> {
  if (outcome.kind === 'rejected') throw rejection(outcome.error);
  // HubSpot answers wrong client credentials with 400; a 401 is treated alike.
  if (outcome.kind === 'unauthorized') throw misconfigured(null);
  if (outcome.kind !== 'ok') throw toAppError(outcome, 'token');
  const result = schema.safeParse(outcome.body);
  // The parser's message would quote the reply, which holds tokens.
  if (!result.success) throw unreadable('token', 'the reply has another shape');
  return result.data;
}

/** Words that say the code itself is at fault. Source: community reports; the guide names invalid_grant. */
function exchangeError(error: HubSpotError): AppError {
  if (error.status === 'BAD_AUTH_CODE' || (error.oauthError === 'invalid_grant' && !isOurs(error))) {
    return new AppError('invalid_input', 'This link to connect HubSpot was used already or is too old.', {
      hint: 'Start connecting again.',
    });
  }
  return misconfigured(error);
}

/** Only an explicit word ends an installation: guessing here would cut off a customer over our own mistake. */
function refreshError(error: HubSpotError): AppError {
  const isLost = error.status === 'BAD_REFRESH_TOKEN' || error.status === 'BAD_HUB';
  const isPlainInvalidGrant =
    error.oauthError === 'invalid_grant' && (error.status === '' || error.status === 'error');
  if (isLost || isPlainInvalidGrant) return toAppError({ kind: 'notInstalled' }, 'refresh token');
  return misconfigured(error);
}

function isOurs(error: HubSpotError): boolean {
  return ['BAD_CLIENT_ID', 'BAD_CLIENT_SECRET', 'BAD_REDIRECT_URI'].includes(error.status);
}

/** Never marks a portal as gone: with wrong settings of ours every portal would answer like this. */
function misconfigured(error: HubSpotError | null): AppError {
  return new AppError('internal', 'HubSpot does not accept this app’s own settings.', {
    hint: 'Compare the client id, client secret and redirect address with the app’s settings in HubSpot.',
    safeDetails: {
      what: 'token',
      reason: [error?.status, error?.oauthError].filter(Boolean).join(' ') || 'unnamed error',
    },
  });
}
