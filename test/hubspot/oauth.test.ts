import './support/restore-nock.ts';
import { afterEach, describe, expect, it } from '@jest/globals';
import nock from 'nock';
import { API, CANARY, codeOf, createHarness, V } from './support/harness.ts';
import { PORTAL } from './support/fakes.ts';

const GRANT = {
  access_token: 'new-access',
  refresh_token: 'new-refresh',
  expires_in: 1800,
  token_type: 'bearer',
  hub_id: 4711,
  user_id: 88,
  scopes: ['oauth'],
};

function onToken(status: number, body: unknown, times = 1) {
  return nock(API)
    .post(`/oauth/${V}/token`)
    .times(times)
    .reply(status, body as nock.Body);
}

function onAccount(accessToken: string) {
  return nock(API)
    .get(`/account-info/${V}/details`)
    .matchHeader('authorization', `Bearer ${accessToken}`)
    .reply(200, { portalId: 4711, timeZone: 'US/Eastern', uiDomain: 'app-eu1.hubspot.com' });
}

function withExpiredToken() {
  const harness = createHarness();
  const stored = harness.vault.tokens.get(PORTAL)!;
  harness.vault.tokens.set(PORTAL, { ...stored, expiresAt: new Date(harness.clock.nowMs + 59_000) });
  return harness;
}

afterEach(() => nock.cleanAll());

describe('granting access', () => {
  it('asks for every required and optional scope, and hands over the state', () => {
    const url = new URL(createHarness().oauth.authorizeUrl('state-1'));

    expect(url.origin + url.pathname).toBe('https://app.hubspot.com/oauth/authorize');
    expect(Object.fromEntries(url.searchParams)).toEqual({
      client_id: 'client-1',
      redirect_uri: 'https://checkin.example.com/oauth/callback',
      scope: 'oauth crm.objects.companies.read',
      optional_scope: 'sales-email-read tickets',
      state: 'state-1',
    });
  });

  it('exchanges a code as a form and learns portal and user from HubSpot', async () => {
    const forms: unknown[] = [];
    nock(API)
      .post(`/oauth/${V}/token`, (body) => forms.push(body) > 0)
      .matchHeader('content-type', /x-www-form-urlencoded/)
      .reply(200, GRANT);

    const grant = await createHarness().oauth.exchangeCode('code-1');

    expect(grant).toEqual({
      portalId: 4711,
      userId: 88,
      accessToken: 'new-access',
      refreshToken: 'new-refresh',
      expiresInS: 1800,
      scopes: ['oauth'],
    });
    expect(forms).toEqual([
      {
        client_id: 'client-1',
        client_secret: CANARY.clientSecret,
        grant_type: 'authorization_code',
        code: 'code-1',
        redirect_uri: 'https://checkin.example.com/oauth/callback',
      },
    ]);
  });

  it('asks about the token where the grant leaves out who granted it', async () => {
    onToken(200, { ...GRANT, hub_id: undefined, scopes: undefined });
    nock(API)
      .post(`/oauth/${V}/token/introspect`)
      .reply(200, { active: true, hub_id: 4711, user_id: 88, scopes: ['oauth', 'tickets'] });

    const grant = await createHarness().oauth.exchangeCode('code-1');

    expect(grant).toMatchObject({ portalId: 4711, userId: 88, scopes: ['oauth', 'tickets'] });
  });

  it.each([
    [400, { error: 'invalid_grant', status: 'BAD_AUTH_CODE' }, 'invalid_input'],
    [400, { error: 'invalid_grant' }, 'invalid_input'],
    [400, { error: 'invalid_client' }, 'internal'],
    [400, { status: 'BAD_CLIENT_ID' }, 'internal'],
    [400, { status: 'BAD_CLIENT_SECRET' }, 'internal'],
    [400, { error: 'invalid_grant', status: 'BAD_REDIRECT_URI' }, 'internal'],
    [401, { message: 'no' }, 'internal'],
    [423, {}, 'hubspot_unavailable'],
    [429, { policyName: 'TEN_SECONDLY_ROLLING' }, 'hubspot_throttled'],
    [477, {}, 'hubspot_unavailable'],
    [500, 'oops', 'hubspot_unavailable'],
    [400, '<html>', 'hubspot_unavailable'],
    [200, { access_token: 5 }, 'hubspot_unavailable'],
    [302, '', 'hubspot_unavailable'],
  ])('an exchange answered %p %j is %s', async (status, body, expected) => {
    onToken(status, body);

    const code = await codeOf(createHarness().oauth.exchangeCode('code-1'));

    expect(code).toBe(expected);
    expect(nock.isDone()).toBe(true);
  });
});

describe('a portal’s token', () => {
  it('is renewed a minute before it expires and stored before use', async () => {
    const { gateway, vault, clock } = withExpiredToken();
    onToken(200, GRANT);
    onAccount('new-access');

    const details = await gateway.accountDetails(PORTAL);

    expect(details).toEqual({ timeZone: 'America/New_York', uiDomain: 'app-eu1.hubspot.com' });
    expect(vault.tokens.get(PORTAL)).toEqual({
      accessToken: 'new-access',
      refreshToken: 'new-refresh',
      expiresAt: new Date(clock.nowMs + 1_800_000),
    });
  });

  it('is renewed once for twenty callers at the same time', async () => {
    const { gateway, vault } = withExpiredToken();
    onToken(200, GRANT);
    nock(API).get(`/account-info/${V}/details`).times(20).reply(200, { timeZone: 'UTC' });

    await Promise.all(Array.from({ length: 20 }, () => gateway.accountDetails(PORTAL)));

    expect(vault.refreshes).toBe(1);
    expect(nock.isDone()).toBe(true);
  });

  it('is renewed once, beside the calls that go on with the old one, in the minute before it has to be', async () => {
    const harness = createHarness();
    const stored = harness.vault.tokens.get(PORTAL)!;
    harness.vault.tokens.set(PORTAL, { ...stored, expiresAt: new Date(harness.clock.nowMs + 119_000) });
    const seen: string[] = [];
    nock(API)
      .get(`/account-info/${V}/details`)
      .times(10)
      .reply((request: Request) => {
        seen.push(request.headers.get('authorization') ?? '');
        return [200, { timeZone: 'UTC' }];
      });
    let answer: () => void = () => undefined;
    const asked = new Promise<void>((resolve) => (answer = resolve));
    nock(API)
      .post(`/oauth/${V}/token`)
      .reply(async () => {
        await asked;
        return [200, GRANT];
      });

    await Promise.all(Array.from({ length: 9 }, () => harness.gateway.accountDetails(PORTAL)));
    answer();
    while (harness.vault.tokens.get(PORTAL)?.accessToken !== 'new-access')
      await new Promise((resolve) => setImmediate(resolve));
    await harness.gateway.accountDetails(PORTAL);

    expect(harness.vault.refreshes).toBe(1);
    expect(seen).toEqual([
      ...Array.from({ length: 9 }, () => `Bearer ${CANARY.accessToken}`),
      'Bearer new-access',
    ]);
  });

  it('that could not be renewed early still serves, and is left alone for ten seconds', async () => {
    const { gateway, vault, clock, log } = createHarness();
    vault.tokens.set(PORTAL, { ...vault.tokens.get(PORTAL)!, expiresAt: new Date(clock.nowMs + 119_000) });
    nock(API).get(`/account-info/${V}/details`).times(4).reply(200, { timeZone: 'UTC' });
    onToken(503, {}, 2);
    const failures = () => log.lines.filter((line) => line.includes('could not be renewed early')).length;

    await gateway.accountDetails(PORTAL);
    while (failures() === 0) await new Promise((resolve) => setImmediate(resolve));
    await gateway.accountDetails(PORTAL);
    await gateway.accountDetails(PORTAL);
    const early = vault.refreshes;
    clock.nowMs += 10_000;
    await gateway.accountDetails(PORTAL);
    while (failures() === 1) await new Promise((resolve) => setImmediate(resolve));

    expect([early, vault.refreshes]).toEqual([1, 2]);
  });

  it('is not renewed because of a 401 while it has long to live', async () => {
    const { gateway, vault, lost } = createHarness();
    nock(API).get(`/account-info/${V}/details`).reply(401, { category: 'EXPIRED_AUTHENTICATION' });
    nock(API).post(`/oauth/${V}/token/introspect`).reply(200, { active: true });

    const code = await codeOf(gateway.accountDetails(PORTAL));

    expect([code, vault.refreshes, lost]).toEqual(['hubspot_unavailable', 0, []]);
    expect(nock.isDone()).toBe(true);
  });

  it('is renewed once after EXPIRED_AUTHENTICATION close to its end by our clock', async () => {
    const { gateway, vault, clock } = createHarness();
    clock.nowMs += 1_800_000 - 200_000;
    nock(API).get(`/account-info/${V}/details`).reply(401, { category: 'EXPIRED_AUTHENTICATION' });
    onToken(200, GRANT);
    onAccount('new-access');

    await gateway.accountDetails(PORTAL);

    expect(vault.refreshes).toBe(1);
  });

  it.each([
    {
      error: 'invalid_grant',
      status: 'BAD_REFRESH_TOKEN',
      error_description: 'missing or invalid refresh token',
    },
    { error: 'access_denied', status: 'BAD_HUB' },
  ])('that cannot be renewed because of %j ends the installation', async (body) => {
    const { gateway, lost, refused } = withExpiredToken();
    onToken(400, body);

    const code = await codeOf(gateway.accountDetails(PORTAL));

    expect([code, lost, refused]).toEqual(['not_installed', [PORTAL], [CANARY.refreshToken]]);
  });

  it.each([
    [400, { status: 'BAD_CLIENT_SECRET' }, 'internal'],
    [400, { error: 'invalid_client' }, 'internal'],
    [400, { error: 'invalid_grant', status: 'BAD_CLIENT_ID' }, 'internal'],
    [503, { status: 'BAD_REFRESH_TOKEN' }, 'hubspot_unavailable'],
    [400, { surprise: true }, 'internal'],
  ])(
    'that cannot be renewed because of %p %j leaves the installation alone (%s)',
    async (status, body, expected) => {
      const { gateway, lost, vault } = withExpiredToken();
      onToken(status, body, 4);

      const code = await codeOf(gateway.accountDetails(PORTAL));

      expect([code, lost, vault.tokens.size]).toEqual([expected, [], 1]);
    },
  );

  it('ends the installation when a refused token turns out to be revoked', async () => {
    const { gateway, lost } = createHarness();
    nock(API).get(`/account-info/${V}/details`).reply(401, { category: 'INVALID_AUTHENTICATION' });
    nock(API).post(`/oauth/${V}/token/introspect`).reply(200, { active: false });

    const code = await codeOf(gateway.accountDetails(PORTAL));

    expect([code, lost]).toEqual(['not_installed', [PORTAL]]);
  });

  it('that does not exist means not installed, without a call', async () => {
    const { gateway, vault } = createHarness();
    vault.tokens.clear();

    const code = await codeOf(gateway.owners(PORTAL));

    expect(code).toBe('not_installed');
  });
});

describe('uninstalling', () => {
  it('removes the app, revokes the token and forgets it', async () => {
    const { gateway, vault } = createHarness();
    nock(API).delete(`/appinstalls/${V}/external-install`).reply(204);
    nock(API).post(`/oauth/${V}/token/revoke`).reply(204);

    await gateway.uninstall(PORTAL);

    expect([vault.tokens.size, nock.isDone()]).toEqual([0, true]);
  });

  it('keeps the token while HubSpot does not answer, so that it can be tried again', async () => {
    const { gateway, vault } = createHarness();
    nock(API).delete(`/appinstalls/${V}/external-install`).reply(503, {});

    const code = await codeOf(gateway.uninstall(PORTAL));

    expect([code, vault.tokens.size]).toEqual(['outcome_unknown', 1]);
  });
});
