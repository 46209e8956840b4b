import { afterEach, describe, expect, it } from '@jest/globals';
import { APP, approve, authorizePath, bearer, closeAll, portalDocument, startHubSpot } from './support.ts';

afterEach(closeAll);

const client = { client_id: APP.clientId, client_secret: APP.clientSecret };
const TOKEN = '/oauth/2026-03/token';
const REDIRECT = APP.redirectUrls[0] ?? '';

describe('installing through OAuth', () => {
  it('shows one button for each active person of the account', async () => {
    const hubSpot = await startHubSpot();

    const page = await hubSpot.send('GET', authorizePath({ portalId: '700001' }));

    expect(page.status).toBe(200);
    expect(page.text.match(/class="button"/g)).toHaveLength(2);
    expect(page.text).toContain('Local preview, not HubSpot');
  });

  it('lists accounts without the app first, and says of the others that they have it', async () => {
    const hubSpot = await startHubSpot([portalDocument(), portalDocument(700002)]);
    await hubSpot.send('GET', authorizePath({ portalId: '700001', userId: '9001', approve: '1' }));

    const page = await hubSpot.send('GET', authorizePath());

    const titles = [...page.text.matchAll(/<h2>(.*?)<\/h2>/g)].map(([, title]) => title);
    expect(titles).toEqual(['Portal 700002 (700002)', 'Portal 700001 (700001), app installed']);
  });

  it('redirects back with a code and the state it was given', async () => {
    const hubSpot = await startHubSpot();

    const answer = await hubSpot.send(
      'GET',
      authorizePath({ portalId: '700001', userId: '9001', approve: '1' }),
    );

    const target = new URL(answer.headers.get('location') ?? '');
    expect(answer.status).toBe(302);
    expect(target.origin + target.pathname).toBe('https://checkin.example.com/oauth/callback');
    expect(target.searchParams.get('state')).toBe('state-1');
  });

  it('leads the public redirect URL to the backend on this machine', async () => {
    const hubSpot = await startHubSpot([portalDocument()], { backendOrigin: () => 'http://127.0.0.1:4001' });

    const answer = await hubSpot.send(
      'GET',
      authorizePath({ portalId: '700001', userId: '9001', approve: '1' }),
    );

    expect(answer.headers.get('location')).toMatch(/^http:\/\/127\.0\.0\.1:4001\/oauth\/callback\?code=/);
  });

  it.each([
    ['an unknown app', { client_id: 'other' }, 'client_id'],
    [
      'a redirect URL that the app does not declare',
      { redirect_uri: 'https://evil.example/cb' },
      'redirect_uri',
    ],
    ['a link without a required scope', { scope: 'oauth' }, 'required scopes'],
    ['a scope that the app does not declare', { optional_scope: 'automation' }, 'automation'],
    ['a user who left', { portalId: '700001', userId: '9003', approve: '1' }, 'active users'],
  ])('refuses %s', async (_what, changes, message) => {
    const hubSpot = await startHubSpot();

    const answer = await hubSpot.send('GET', authorizePath(changes));

    expect(answer.status).toBe(400);
    expect(answer.text).toContain(message);
  });

  it('answers the token request with account, user and granted scopes', async () => {
    const hubSpot = await startHubSpot();

    const tokens = await hubSpot.tokens();

    expect(tokens).toMatchObject({ expires_in: 1800, token_type: 'bearer', hub_id: 700001, user_id: 9001 });
    expect(tokens.scopes).toEqual([...APP.requiredScopes, ...APP.optionalScopes]);
    expect(tokens.access_token.length).toBeGreaterThan(200);
  });
});

describe('contract line 1: tokens', () => {
  it('contract line 1: an access token works for 1800 simulated seconds and then answers EXPIRED_AUTHENTICATION', async () => {
    const hubSpot = await startHubSpot();
    const token = await hubSpot.install();

    await hubSpot.advance(1_799_000);
    const before = await hubSpot.send('GET', '/account-info/2026-03/details', undefined, bearer(token));
    await hubSpot.advance(1_000);
    const after = await hubSpot.send('GET', '/account-info/2026-03/details', undefined, bearer(token));

    expect(before.status).toBe(200);
    expect(after.status).toBe(401);
    expect(after.body).toMatchObject({ status: 'error', category: 'EXPIRED_AUTHENTICATION' });
  });

  it('contract line 1: a missing or unknown token answers INVALID_AUTHENTICATION', async () => {
    const hubSpot = await startHubSpot();

    const missing = await hubSpot.send('GET', '/account-info/2026-03/details');
    const unknown = await hubSpot.send('GET', '/account-info/2026-03/details', undefined, bearer('nonsense'));

    expect([missing.status, unknown.status]).toEqual([401, 401]);
    expect(missing.body.category).toBe('INVALID_AUTHENTICATION');
    expect(unknown.body.category).toBe('INVALID_AUTHENTICATION');
  });

  it('contract line 1: a refresh token gives new access tokens, the older ones living on', async () => {
    const hubSpot = await startHubSpot();
    const tokens = await hubSpot.tokens();

    const refreshed = await hubSpot.form(TOKEN, {
      ...client,
      grant_type: 'refresh_token',
      refresh_token: tokens.refresh_token,
    });

    const older = await hubSpot.send(
      'GET',
      '/account-info/2026-03/details',
      undefined,
      bearer(tokens.access_token),
    );
    expect(refreshed.status).toBe(200);
    expect(refreshed.body.access_token).not.toBe(tokens.access_token);
    expect(refreshed.body.refresh_token).toBe(tokens.refresh_token);
    expect(older.status).toBe(200);
  });

  it('contract line 1: a code works once, for its own redirect URL, for ten minutes', async () => {
    const hubSpot = await startHubSpot();
    const redeem = (code: string, redirectUri: string) =>
      hubSpot.form(TOKEN, { ...client, grant_type: 'authorization_code', code, redirect_uri: redirectUri });
    const code = await approve(hubSpot.url, 700001);
    const late = await approve(hubSpot.url, 700001);

    const elsewhere = await redeem(code, 'http://localhost:3000/oauth/callback');
    const first = await redeem(code, REDIRECT);
    const second = await redeem(code, REDIRECT);
    await hubSpot.advance(600_000);
    const expired = await redeem(late, REDIRECT);

    expect(elsewhere.body).toMatchObject({ status: 'BAD_REDIRECT_URI' });
    expect(first.status).toBe(200);
    expect(second.status).toBe(400);
    expect(second.body).toMatchObject({ error: 'invalid_grant', status: 'BAD_AUTH_CODE' });
    expect(expired.body).toMatchObject({ error: 'invalid_grant', status: 'BAD_AUTH_CODE' });
  });

  it.each([
    ['BAD_CLIENT_ID', 'invalid_client', { client_id: 'x' }],
    ['BAD_CLIENT_SECRET', 'invalid_client', { client_secret: 'x' }],
    ['BAD_REFRESH_TOKEN', 'invalid_grant', {}],
    ['BAD_GRANT_TYPE', 'unsupported_grant_type', { grant_type: 'password' }],
  ])('contract line 1: the token endpoint answers %s', async (status, error, changes) => {
    const hubSpot = await startHubSpot();

    const answer = await hubSpot.form(TOKEN, {
      ...client,
      grant_type: 'refresh_token',
      refresh_token: 'x',
      ...changes,
    });

    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ error, status });
    expect(typeof answer.body.message).toBe('string');
  });

  it('contract line 1: a JSON body is refused by the token endpoint', async () => {
    const hubSpot = await startHubSpot();

    const answer = await hubSpot.send('POST', TOKEN, {
      ...client,
      grant_type: 'refresh_token',
      refresh_token: 'x',
    });

    expect(answer.status).toBe(415);
  });

  it('contract line 1: introspection tells an active token from a revoked one', async () => {
    const hubSpot = await startHubSpot();
    const tokens = await hubSpot.tokens();
    const ask = (token: string) =>
      hubSpot.form(`${TOKEN}/introspect`, { ...client, token, token_type_hint: 'refresh_token' });

    const before = await ask(tokens.refresh_token);
    const access = await ask(tokens.access_token);
    await hubSpot.form(`${TOKEN}/revoke`, { ...client, token: tokens.refresh_token });
    const after = await ask(tokens.refresh_token);

    expect(before.body).toMatchObject({
      active: true,
      hub_id: 700001,
      user_id: 9001,
      user: 'ana@example.com',
      app_id: APP.appId,
    });
    expect(access.body).toMatchObject({ active: true, expires_in: 1800 });
    expect(after.body).toEqual({ active: false });
  });

  it('contract line 1: revoking a refresh token leaves access tokens alive and the app installed', async () => {
    const hubSpot = await startHubSpot();
    const tokens = await hubSpot.tokens();

    await hubSpot.form(`${TOKEN}/revoke`, { ...client, token: tokens.refresh_token });

    const call = await hubSpot.send(
      'GET',
      '/account-info/2026-03/details',
      undefined,
      bearer(tokens.access_token),
    );
    const refreshed = await hubSpot.form(TOKEN, {
      ...client,
      grant_type: 'refresh_token',
      refresh_token: tokens.refresh_token,
    });
    expect(call.status).toBe(200);
    expect(hubSpot.simulator.state.portals.get(700001)?.install).not.toBeNull();
    expect(refreshed.body).toMatchObject({ status: 'BAD_REFRESH_TOKEN' });
  });

  it('contract line 1: a refresh for an account that is gone answers BAD_HUB', async () => {
    const hubSpot = await startHubSpot();
    const tokens = await hubSpot.tokens();
    await hubSpot.send('DELETE', '/_control/portals/700001');

    const refreshed = await hubSpot.form(TOKEN, {
      ...client,
      grant_type: 'refresh_token',
      refresh_token: tokens.refresh_token,
    });

    const call = await hubSpot.send(
      'GET',
      '/account-info/2026-03/details',
      undefined,
      bearer(tokens.access_token),
    );
    expect(refreshed.status).toBe(400);
    expect(refreshed.body).toMatchObject({ error: 'access_denied', status: 'BAD_HUB' });
    expect(call.status).toBe(401);
  });

  it('contract line 1: client credentials give a token of the app without account', async () => {
    const hubSpot = await startHubSpot();

    const answer = await hubSpot.form(TOKEN, {
      ...client,
      grant_type: 'client_credentials',
      scope: 'developer.webhooks_journal.read',
    });

    const call = await hubSpot.send(
      'GET',
      '/account-info/2026-03/details',
      undefined,
      bearer(answer.body.access_token),
    );
    expect(answer.body).toMatchObject({ expires_in: 1800, scopes: ['developer.webhooks_journal.read'] });
    expect(answer.body).not.toHaveProperty('hub_id');
    expect(call.status).toBe(401);
  });
});

describe('contract line 17: the app uninstalls itself', () => {
  it('contract line 17: external-install answers 204, then access and refresh tokens fail', async () => {
    const hubSpot = await startHubSpot();
    const tokens = await hubSpot.tokens();
    const kinds: string[] = [];
    hubSpot.simulator.state.onMutation((mutation) => kinds.push(mutation.kind));

    const gone = await hubSpot.send(
      'DELETE',
      '/appinstalls/2026-03/external-install',
      undefined,
      bearer(tokens.access_token),
    );

    const call = await hubSpot.send(
      'GET',
      '/account-info/2026-03/details',
      undefined,
      bearer(tokens.access_token),
    );
    const refreshed = await hubSpot.form(TOKEN, {
      ...client,
      grant_type: 'refresh_token',
      refresh_token: tokens.refresh_token,
    });
    expect(gone.status).toBe(204);
    expect(call.body.category).toBe('INVALID_AUTHENTICATION');
    expect(refreshed.body).toMatchObject({ error: 'invalid_grant', status: 'BAD_REFRESH_TOKEN' });
    expect(kinds).toEqual(['uninstall']);
    expect(hubSpot.simulator.state.portals.get(700001)?.install).toBeNull();
  });
});
