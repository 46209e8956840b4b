import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { journalScopes } from '../../../sandbox/hubspot/lifecycle-journal-contract.ts';
import { createJournalRoutes } from '../../../sandbox/hubspot/lifecycle-journal.ts';
import { createParts, portalId, serve } from './webhooks-support.ts';

const minuteMs = 60_000;
const subscriptionsPath = '/webhooks-journal/subscriptions/2026-03';
const journalPath = '/webhooks-journal/journal/2026-03';

describe('the lifecycle journal', () => {
  let parts: ReturnType<typeof createParts>;
  let server: Awaited<ReturnType<typeof serve>>;

  beforeEach(async () => {
    parts = createParts(() => null);
    server = await serve(createJournalRoutes(parts));
    const grant = (portal: number | null, scopes: readonly string[], lifeMs: number) => ({
      portalId: portal,
      userId: null,
      scopes,
      expiresAt: new Date(parts.clock.now().getTime() + lifeMs).toISOString(),
    });
    const fourDaysMs = 4 * 24 * 60 * minuteMs;
    parts.state.commit([
      { op: 'accessToken', token: 'app', grant: grant(null, Object.values(journalScopes), fourDaysMs) },
      { op: 'accessToken', token: 'narrow', grant: grant(null, [journalScopes.read], fourDaysMs) },
      { op: 'accessToken', token: 'portal', grant: grant(portalId, ['oauth'], fourDaysMs) },
      { op: 'accessToken', token: 'old', grant: grant(null, Object.values(journalScopes), 0) },
    ]);
  });

  afterEach(() => server.close());

  const as = (token: string) => ({ Authorization: `Bearer ${token}` });
  const get = (path: string, token = 'app') => server.call('GET', path, undefined, as(token));
  const subscribe = (eventTypeId: string, token = 'app') =>
    server.call(
      'POST',
      subscriptionsPath,
      { subscriptionType: 'APP_LIFECYCLE_EVENT', eventTypeId, properties: [] },
      as(token),
    );
  const subscribeToBoth = async () => {
    await subscribe('4-1909196');
    await subscribe('4-1916193');
  };
  type Link = { url: string; currentOffset: string; expiresAt: string };
  const link = async (path: string) => (await get(`${journalPath}/${path}`)).body as Link;

  it('contract line 16: answers 204 while nothing has happened', async () => {
    await subscribeToBoth();

    const statuses = await Promise.all([get(`${journalPath}/earliest`), get(`${journalPath}/latest`)]);

    expect(statuses.map((reply) => reply.status)).toEqual([204, 204]);
  });

  it('contract line 16: tells install and uninstall one after the other by offsets', async () => {
    await subscribeToBoth();
    parts.install(true);
    parts.clock.moveTo(new Date(parts.clock.now().getTime() + minuteMs));
    parts.install(false);

    const first = await link('earliest');
    const second = await link(`offset/${first.currentOffset}/next`);
    const end = await get(`${journalPath}/offset/${second.currentOffset}/next`);
    const files = [await server.call('GET', first.url), await server.call('GET', second.url)];

    expect(files.map((file) => file.body)).toEqual([
      {
        offset: first.currentOffset,
        journalEvents: [
          {
            type: 'app_lifecycle_event',
            action: 'APP_INSTALL',
            portalId,
            occurredAt: '2026-11-18T16:00:00.000Z',
          },
        ],
        publishedAt: '2026-11-18T16:00:00.000Z',
      },
      expect.objectContaining({ journalEvents: [expect.objectContaining({ action: 'APP_UNINSTALL' })] }),
    ]);
    expect(await link('latest')).toMatchObject({ currentOffset: second.currentOffset });
    expect(end.status).toBe(204);
  });

  it('contract line 16: lets an address expire after a quarter of an hour', async () => {
    await subscribeToBoth();
    parts.install(true);
    const { url } = await link('earliest');
    parts.clock.moveTo(new Date(parts.clock.now().getTime() + 15 * minuteMs - 1));
    const inTime = await server.call('GET', url);

    parts.clock.moveTo(new Date(parts.clock.now().getTime() + 1));
    const late = await server.call('GET', url);
    const forged = await server.call('GET', url.replace(/expires=\d+/, 'expires=9999999999999'));

    expect([inTime.status, late.status, forged.status]).toEqual([200, 403, 403]);
  });

  it('contract line 16: keeps files for three days', async () => {
    await subscribeToBoth();
    parts.install(true);

    parts.clock.moveTo(new Date(parts.clock.now().getTime() + 3 * 24 * 60 * minuteMs + 1));
    const reply = await get(`${journalPath}/earliest`);

    expect(reply.status).toBe(204);
  });

  it('contract line 16: tells only what was subscribed to, and refuses a second subscription', async () => {
    const created = await subscribe('4-1916193');
    const again = await subscribe('4-1916193');
    parts.install(true);

    const reply = await get(`${journalPath}/earliest`);

    expect([created.status, again.status, reply.status]).toEqual([201, 409, 204]);
    expect((await get(subscriptionsPath)).body).toMatchObject({ results: [{ eventTypeId: '4-1916193' }] });
  });

  it('contract line 16: wants a client-credentials token with the right scope', async () => {
    const replies = await Promise.all([
      get(`${journalPath}/latest`, 'unknown'),
      get(`${journalPath}/latest`, 'portal'),
      get(`${journalPath}/latest`, 'old'),
      subscribe('4-1909196', 'narrow'),
    ]);

    expect(replies.map((reply) => reply.status)).toEqual([401, 401, 401, 403]);
    expect(replies[3].body).toMatchObject({
      category: 'MISSING_SCOPES',
      errors: [{ context: { requiredGranularScopes: [journalScopes.subscriptionsWrite] } }],
    });
  });

  it('contract line 16: refuses an event type and an offset that do not exist', async () => {
    const badType = await subscribe('4-1');
    const badOffset = await get(`${journalPath}/offset/not-an-offset/next`);

    expect([badType.status, badOffset.status]).toEqual([400, 400]);
  });
});
