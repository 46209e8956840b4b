import { randomUUID } from 'node:crypto';

/** A refusal of the token endpoint, with the fields of RFC 6749 and HubSpot's own status word. */
export class OAuthError extends Error {
  readonly error: string;
  readonly statusWord: string;
  constructor(error: string, statusWord: string, message: string) {
    super(message);
    this.name = 'OAuthError';
    this.error = error;
    this.statusWord = statusWord;
  }

  body(): Record<string, unknown> {
    return {
      error: this.error,
      error_description: this.message,
      status: this.statusWord,
      message: this.message,
      correlationId: randomUUID(),
    };
  }
}

export const badRefreshToken = () =>
  new OAuthError('invalid_grant', 'BAD_REFRESH_TOKEN', 'missing or invalid refresh token');
export const badHub = () =>
  new OAuthError('access_denied', 'BAD_HUB', 'the account is gone or may not use this app');
export const badAuthCode = () =>
  new OAuthError('invalid_grant', 'BAD_AUTH_CODE', 'missing or unknown auth code');
export const badClientId = () =>
  new OAuthError('invalid_client', 'BAD_CLIENT_ID', 'missing or invalid client id');
export const badClientSecret = () =>
  new OAuthError('invalid_client', 'BAD_CLIENT_SECRET', 'missing or invalid client secret');
export const badRedirectUri = () =>
  new OAuthError('invalid_request', 'BAD_REDIRECT_URI', 'missing or invalid redirect uri');
export const badGrantType = () =>
  new OAuthError('unsupported_grant_type', 'BAD_GRANT_TYPE', 'missing or unknown grant type');
