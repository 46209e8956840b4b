import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createSandboxClock } from '../../../sandbox/clock.ts';
import { createSimulator, type Simulator } from '../../../sandbox/hubspot/simulator.ts';
import type { WebhookEvent } from '../../../sandbox/hubspot/webhooks-events.ts';
import { resolvePortalReference } from '../../../sandbox/portals/portal-reference.ts';
import { seedOwner, seedOwnerPortalId } from '../../../sandbox/portals/seed-owner.ts';
import { answer, startAt, startBackend, testApp, type Backend } from './webhooks-support.ts';

const reference = { seed: 'seed-owner', now: startAt.toISOString() };
const { document, truth } = seedOwner({ now: startAt });
const companyId = truth.accounts[0]!.companyId;

describe('the whole simulator over sockets', () => {
  let backend: Backend;
  let simulator: Simulator;
  let url: string;

  beforeEach(async () => {
    const clock = createSandboxClock(startAt, () => 0);
    clock.freeze(true);
    backend = await startBackend();
    simulator = await createSimulator({
      clock,
      stateDir: null,
      app: testApp,
      backendOrigin: () => backend.origin,
      resolveReference: resolvePortalReference,
    });
    await simulator.loadPortal(document, { reference });
    ({ url } = await simulator.listen(0));
    const query = new URLSearchParams({
      client_id: testApp.clientId,
      redirect_uri: testApp.redirectUrls[0]!,
      scope: 'oauth',
      portalId: String(seedOwnerPortalId),
      userId: String(truth.installerUserId),
      approve: '1',
    });
    await fetch(`${url}/oauth/authorize?${query.toString()}`, { redirect: 'manual' });
  });

  afterEach(async () => {
    await simulator.close();
    await backend.close();
  });

  const post = async (path: string, body: object) => {
    const response = await fetch(url + path, { method: 'POST', body: JSON.stringify(body) });
    return (await response.json()) as Record<string, unknown>;
  };

  it('contract line 15: tells the app when a person gives a company to another owner', async () => {
    const properties = { hubspot_owner_id: '' };
    await post(`/_control/objects/${String(seedOwnerPortalId)}/companies/${companyId}`, { properties });

    await post('/_control/clock', { advanceMs: 1_000 });

    const events = backend.received.flatMap((request) => JSON.parse(request.body) as WebhookEvent[]);
    expect(events).toEqual([
      expect.objectContaining({
        subscriptionType: 'object.propertyChange',
        portalId: seedOwnerPortalId,
        objectId: Number(companyId),
        propertyName: 'hubspot_owner_id',
        propertyValue: '',
      }),
    ]);
  });

  it('contract line 17: sends no webhook after the app was removed', async () => {
    await post('/_control/uninstall', { portalId: seedOwnerPortalId });
    const properties = { hubspot_owner_id: '' };
    await post(`/_control/objects/${String(seedOwnerPortalId)}/companies/${companyId}`, { properties });

    await post('/_control/clock', { advanceMs: 86_400_000 });

    expect(backend.received).toEqual([]);
  });

  it('contract line 16: gives the journal to a client-credentials token', async () => {
    const scope = 'developer.webhooks_journal.read';
    const form = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: testApp.clientId,
      client_secret: testApp.clientSecret,
      scope,
    });
    const granted = await fetch(`${url}/oauth/2026-03/token`, { method: 'POST', body: form });
    const { access_token: token } = (await granted.json()) as { access_token: string };

    const reply = await fetch(`${url}/webhooks-journal/journal/2026-03/earliest`, {
      headers: { Authorization: `Bearer ${token}` },
    });

    expect(reply.status).toBe(204);
  });

  it('contract line 18: signs a card call for the user who looks at the card', async () => {
    backend.respondWith(answer(200, { ok: true }));
    const { installerUserId: userId } = truth;

    const reply = await post('/_control/fetch', { portalId: seedOwnerPortalId, userId, path: '/api/home' });

    expect(reply).toMatchObject({ status: 200, body: { ok: true }, attempts: 1 });
    expect(backend.received[0]!.target).toContain('userEmail=june.mercer%40mercer-labels.example.com');
  });
});
