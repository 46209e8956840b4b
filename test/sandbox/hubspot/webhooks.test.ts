import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { WebhookEvent } from '../../../sandbox/hubspot/webhooks-events.ts';
import { createWebhookSender, type Delivery } from '../../../sandbox/hubspot/webhooks-sender.ts';
import { createWebhookRoutes } from '../../../sandbox/hubspot/webhooks.ts';
import {
  answer,
  createParts,
  portalId,
  serve,
  startBackend,
  startAt,
  type Backend,
} from './webhooks-support.ts';

const hourMs = 3_600_000;

describe('webhooks', () => {
  let backend: Backend;
  let parts: ReturnType<typeof createParts>;
  let control: Awaited<ReturnType<typeof serve>>;

  beforeEach(async () => {
    backend = await startBackend();
    parts = createParts(() => backend.origin);
    control = await serve(createWebhookRoutes(parts));
    parts.install(true);
  });

  afterEach(async () => {
    await control.close();
    await backend.close();
  });

  const posted = () => backend.received.map((request) => JSON.parse(request.body) as WebhookEvent[]);
  const post = (body: object) => control.call('POST', '/_control/webhooks', { portalId, ...body });
  const view = async () => {
    const reply = await control.call('GET', `/_control/webhooks?portalId=${String(portalId)}`);
    return reply.body as { deliveries: Delivery[]; waiting: WebhookEvent[] };
  };

  it('contract line 15: posts an array of events in the documented shape, one second after the change', async () => {
    parts.changeOwner('501', '88');

    await parts.advance(999);
    expect(posted()).toEqual([]);
    await parts.advance(1);

    expect(posted()).toEqual([
      [
        {
          eventId: expect.any(Number),
          subscriptionId: expect.any(Number),
          portalId,
          appId: 99,
          occurredAt: startAt.getTime(),
          subscriptionType: 'object.propertyChange',
          attemptNumber: 0,
          objectId: 501,
          objectTypeId: '0-2',
          changeSource: 'CRM_UI',
          propertyName: 'hubspot_owner_id',
          propertyValue: '88',
        },
      ],
    ]);
    expect(backend.received[0]).toMatchObject({ method: 'POST', target: '/webhooks/hubspot' });
  });

  it('contract line 15: tells a merge with primary, merged and new id', async () => {
    parts.change({
      kind: 'merge',
      objectId: '501',
      primaryObjectId: '501',
      mergedObjectIds: ['502'],
      newObjectId: '501',
    });

    await parts.advance(1_000);

    expect(posted()[0]?.[0]).toMatchObject({
      subscriptionType: 'object.merge',
      primaryObjectId: 501,
      mergedObjectIds: [502],
      newObjectId: 501,
    });
  });

  it('contract line 15: tells a privacy deletion of a contact', async () => {
    parts.change({ kind: 'privacyDeletion', objectType: 'contacts', objectId: '9' });

    await parts.advance(1_000);

    expect(posted()[0]?.[0]).toMatchObject({ subscriptionType: 'contact.privacyDeletion', objectId: 9 });
  });

  it('contract line 15: is silent about what the app has not subscribed to', async () => {
    parts.change({ propertyName: 'name', propertyValue: 'New name' });
    parts.change({ kind: 'creation' });
    parts.change({ kind: 'deletion', objectType: 'contacts' });
    parts.change({ objectType: 'contacts', propertyName: 'hubspot_owner_id', propertyValue: '1' });

    await parts.advance(hourMs);

    expect(backend.received).toEqual([]);
  });

  it('contract line 15: posts at most 100 events at once', async () => {
    for (let index = 0; index < 230; index += 1) parts.changeOwner(String(1_000 + index));

    await parts.advance(1_000);

    expect(posted().map((events) => events.length)).toEqual([100, 100, 30]);
    expect(
      new Set(
        posted()
          .flat()
          .map((event) => event.objectId),
      ).size,
    ).toBe(230);
  });

  it('contract line 15: signs every try by version 3 over the public target URL', async () => {
    parts.changeOwner('501');

    await parts.advance(1_000);

    const { headers, body } = backend.received[0]!;
    const timestamp = headers['x-hubspot-request-timestamp'];
    const text = `POSThttps://app.example.com/webhooks/hubspot${body}${String(timestamp)}`;
    expect(Number(timestamp)).toBe(startAt.getTime() + 1_000);
    expect(headers['x-hubspot-signature-v3']).toBe(
      createHmac('sha256', 'test-secret').update(text).digest('base64'),
    );
  });

  it.each([400, 401, 404, 429, 500, 503])(
    'contract line 15: repeats ten times within 24 hours while the app answers %i',
    async (status) => {
      backend.respondWith(answer(status));
      parts.changeOwner('501');

      await parts.advance(25 * hourMs);

      const { deliveries } = await view();
      const times = deliveries[0]!.attempts.map((attempt) => Date.parse(attempt.at));
      expect(posted().map((events) => events[0]?.attemptNumber)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
      expect(times.at(-1)! - times[0]!).toBeLessThanOrEqual(24 * hourMs);
      expect(deliveries[0]).toMatchObject({ state: 'gaveUp' });
      expect(deliveries[0]!.attempts[0]).toMatchObject({ status });
    },
  );

  it('contract line 15: repeats with the same event after a broken connection and stops once accepted', async () => {
    backend.respondWith((_request, response) => response.destroy());
    parts.changeOwner('501');
    await parts.advance(1_000);
    backend.respondWith(answer(200));

    await parts.advance(hourMs);

    const [first, second] = posted();
    expect(posted()).toHaveLength(2);
    expect(second).toEqual(first!.map((event) => ({ ...event, attemptNumber: 1 })));
    expect((await view()).deliveries[0]).toMatchObject({
      state: 'delivered',
      attempts: [{ status: null }, { status: 200 }],
    });
  });

  it('contract line 15: repeats when the app takes too long to answer', async () => {
    const impatient = createParts(() => backend.origin);
    const sender = createWebhookSender(impatient, { replyTimeoutMs: 50 });
    impatient.install(true);
    backend.respondWith(() => undefined);
    impatient.changeOwner('501');

    await impatient.advance(1_000);

    expect(sender.view(portalId).deliveries[0]).toMatchObject({
      state: 'retrying',
      attempts: [{ status: null, error: 'no reply in time' }],
    });
  });

  it('contract line 15: waits as long as a 429 asks for', async () => {
    backend.respondWith(answer(429, {}, { 'Retry-After': '7200' }));
    parts.changeOwner('501');

    await parts.advance(1_000 + 7_199_000);
    expect(posted()).toHaveLength(1);
    await parts.advance(1_000);

    expect(posted()).toHaveLength(2);
  });

  it('contract line 15: never tries again after a stop status where the portal is switched so', async () => {
    parts.set({ webhookStopStatuses: [401] });
    backend.respondWith(answer(401));
    parts.changeOwner('501');

    await parts.advance(25 * hourMs);

    expect(posted()).toHaveLength(1);
    expect((await view()).deliveries[0]).toMatchObject({ state: 'stopped' });
  });

  it('contract line 15: sends duplicates on demand', async () => {
    await post({ emit: [{ subscriptionType: 'object.merge', objectId: '501' }], duplicate: 2 });

    await parts.advance(1_000);

    const events = posted().flat();
    expect(events).toHaveLength(3);
    expect(new Set(events.map((event) => `${String(event.occurredAt)}/${String(event.objectId)}`)).size).toBe(
      1,
    );
  });

  it('contract line 15: sends what was delivered last once more when nothing waits', async () => {
    parts.changeOwner('501');
    await parts.advance(1_000);

    await post({ duplicate: 1 });
    await parts.advance(1_000);

    expect(posted()[1]).toEqual(posted()[0]);
  });

  it('contract line 15: sends events in another order on demand', async () => {
    await post({ hold: true });
    const ids = [1, 2, 3, 4, 5];
    for (const id of ids) parts.changeOwner(String(id));

    await post({ reorder: true, release: true });
    await parts.advance(1_000);

    const sent = posted()
      .flat()
      .map((event) => event.objectId);
    expect(sent).not.toEqual(ids);
    expect(sent.toSorted()).toEqual(ids);
  });

  it('contract line 15: holds events until they are released', async () => {
    await post({ hold: true });
    parts.changeOwner('501');
    await parts.advance(hourMs);
    const whileHeld = backend.received.length;

    await post({ release: true });
    await parts.advance(0);

    expect(whileHeld).toBe(0);
    expect(posted()).toHaveLength(1);
  });

  it('sends nothing before the install and nothing after the uninstall, waiting events included', async () => {
    parts.changeOwner('501');
    parts.install(false);
    parts.changeOwner('502');

    await parts.advance(hourMs);

    expect(backend.received).toEqual([]);
    expect((await view()).deliveries.map((delivery) => delivery.state)).toEqual(['dropped']);
  });

  it('sends after a restart what the app had not accepted before', async () => {
    backend.respondWith(answer(503));
    parts.changeOwner('501');
    await parts.advance(1_000);
    parts.changeOwner('502');
    backend.respondWith(answer(200));
    const restarted = createParts(() => backend.origin);
    for (const [key, value] of parts.state.extras) restarted.state.putExtra(key, value);
    restarted.install(true);
    const again = await serve(createWebhookRoutes(restarted));
    backend.received.length = 0;

    await restarted.advance(hourMs);
    await again.close();

    const sent = posted().flat();
    expect(sent.map((event) => [event.objectId, event.attemptNumber])).toEqual([
      [502, 0],
      [501, 1],
    ]);
  });

  it('names the field and the remedy of a bad control request', async () => {
    const reply = await post({ duplicate: 'twice' });

    expect(reply.status).toBe(400);
    expect(reply.body).toMatchObject({ field: 'duplicate', remedy: expect.any(String) });
  });
});
