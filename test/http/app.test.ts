import { describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { ENDPOINTS } from '../../src/http/endpoints.ts';
import type { UserActor } from '../../src/usecases/ports.ts';
import { APP_ID, startApp } from './support.ts';

const post = (path: string, body: unknown) => ({ method: 'POST', path, body: JSON.stringify(body) });
const undo = (id: string, body: unknown) => post(`/api/check-ins/${id}/undo`, body);
const undone = () => Promise.resolve({ undone: true as const, draft: {} });

describe('a request without a signature', () => {
  it('is refused on every route of the card, the webhooks, and everything unknown', async () => {
    const app = await startApp({});
    const routes = Object.values(ENDPOINTS).map(({ method, path }) => ({
      method: method,
      path: path.replace(':companyId', '201').replace(':id', randomUUID()),
    }));
    const all = [
      ...routes,
      { method: 'POST', path: '/webhooks/hubspot' },
      { method: 'GET', path: '/nothing' },
    ];

    const answers = await Promise.all(
      all.map((sent) => app.plain(sent.method === 'GET' ? sent : { ...sent, body: '{}' })),
    );

    expect(answers.map(({ status }) => status)).toEqual(all.map(() => 401));
  });

  it('reaches the health pages, which say nothing more', async () => {
    const app = await startApp({}, { isReady: () => Promise.resolve(false) });

    const [alive, ready] = [await app.plain({ path: '/healthz' }), await app.plain({ path: '/readyz' })];

    expect([alive.status, alive.text]).toEqual([200, '{"status":"ok"}']);
    expect([ready.status, ready.text]).toEqual([503, '{"status":"not ready"}']);
  });
});

describe('who acts', () => {
  const actors: UserActor[] = [];
  const handlers = {
    undoCheckIn: (actor: UserActor) => {
      actors.push(actor);
      return undone();
    },
  };

  it('is what the signed query says, whatever body and headers claim', async () => {
    const app = await startApp(handlers);
    const sent = undo(randomUUID(), { submissionId: randomUUID() });

    await app.signed({ ...sent, headers: { 'x-portal-id': '8', 'x-hubspot-user-id': '2' } });

    expect(actors.pop()).toMatchObject({ type: 'user', portalId: 7, userId: 1 });
  });

  it.each([
    ['no portal', `userId=1&appId=${APP_ID}`],
    ['two portals', `portalId=7&portalId=8&userId=1&appId=${APP_ID}`],
    ['a portal as a list', `portalId[]=7&userId=1&appId=${APP_ID}`],
    ['no user', `portalId=7&appId=${APP_ID}`],
    ['a user that is no number', `portalId=7&userId=ana&appId=${APP_ID}`],
    ['another app', 'portalId=7&userId=1&appId=1'],
    ['nothing at all', ''],
  ])('is nobody with %s in the signed query', async (_what, query) => {
    const app = await startApp(handlers);

    const { status } = await app.signed({ ...undo(randomUUID(), { submissionId: randomUUID() }), query });

    expect([400, 401]).toContain(status);
    expect(actors).toEqual([]);
  });
});

describe('a body', () => {
  const words = {
    submissionId: randomUUID(),
    companyId: '201',
    asked: true,
    respondent: { contactId: null, name: 'Dana Ruiz' },
    words: 'Visit us.',
    liked: null,
    inConfidence: null,
    happenedOn: '2026-08-12',
    channel: 'phone',
    recall: null,
  };

  it.each([
    ['submissionId', { submissionId: 'seven' }],
    ['respondent.name', { respondent: { contactId: null, name: '' } }],
    ['words', { words: 7 }],
    ['happenedOn', { happenedOn: 'yesterday' }],
    ['channel', { channel: 'fax' }],
    ['companyId', { companyId: '../1' }],
    ['coachingNote.ownerId', { coachingNote: { ownerId: 'tom', text: 'Ask first.' } }],
    ['coachingNote.text', { coachingNote: { ownerId: '11', text: ['Ask first.'] } }],
  ])(
    'that is wrong in %s is refused in words for people, with that field for programs',
    async (field, change) => {
      const app = await startApp({});

      const { status, body } = await app.signed(post('/api/check-ins', { ...words, ...change }));

      expect(status).toBe(400);
      expect(body).toMatchObject({
        code: 'invalid_input',
        message: 'Something here cannot be saved as it was entered.',
        hint: 'Check what you entered, or reload the page and try again.',
        field,
      });
    },
  );

  it('with a text that is too long says so, and how long it may be', async () => {
    const app = await startApp({});

    const { body } = await app.signed(post('/api/check-ins', { ...words, words: 'a'.repeat(10_001) }));

    expect(body).toMatchObject({
      message: 'A text is too long: 10,000 characters at most.',
      hint: 'Shorten it and save again.',
      field: 'words',
    });
  });

  it('with a key of the sender’s own does not repeat that key', async () => {
    const app = await startApp({});
    const settings = { dispositionMeanings: { 'Dana said: call me': 'no meaning' } };
    const sent = { submissionId: words.submissionId, expectedVersion: 1, settings };

    const { body } = await app.signed({ ...post('/api/program', sent), method: 'PUT' });

    expect(JSON.stringify(body)).not.toContain('Dana');
  });

  it('with a key that nobody knows is refused', async () => {
    const app = await startApp({});

    const { status } = await app.signed(post('/api/check-ins', { ...words, portalId: 8 }));

    expect(status).toBe(400);
  });

  it.each([
    ['is no JSON', '{"submissionId":'],
    ['is empty', ''],
    ['is a list', '[]'],
    ['nests ten thousand deep', '['.repeat(10_000)],
  ])('that %s is refused', async (_what, body) => {
    const app = await startApp({});

    const answer = await app.signed({ method: 'POST', path: '/api/check-ins', body });

    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ code: 'invalid_input' });
  });

  it('of more than a megabyte is refused before anything is reckoned over it', async () => {
    const app = await startApp({});

    const { status, body } = await app.signed(post('/api/check-ins', { words: 'x'.repeat(1_000_001) }));

    expect(status).toBe(413);
    expect(body).toMatchObject({ code: 'payload_too_large' });
  });
});

describe('an id in the path', () => {
  it.each(['/api/check-ins/7/undo', '/api/check-ins/%00/undo', `/api/check-ins/${'a'.repeat(36)}/undo`])(
    'of another shape names nothing: %s',
    async (path) => {
      const app = await startApp({ undoCheckIn: undone });

      const { status, body } = await app.signed(post(path, { submissionId: randomUUID() }));

      expect(status).toBe(404);
      expect(body).toMatchObject({ code: 'not_found', message: 'There is nothing here for you to see.' });
    },
  );

  it('that cannot be decoded is the sender’s fault, not ours', async () => {
    const app = await startApp({ undoCheckIn: undone });

    const { status } = await app.signed(post('/api/check-ins/%E0%A4%A/undo', { submissionId: randomUUID() }));

    expect(status).toBe(400);
  });

  it('is handed on in small letters', async () => {
    const ids: string[] = [];
    const app = await startApp({
      undoCheckIn: (_actor, _body, { id }) => {
        ids.push(id);
        return undone();
      },
    });
    const id = randomUUID();

    const { status } = await app.signed(undo(id.toUpperCase(), { submissionId: randomUUID() }));

    expect(status).toBe(200);
    expect(ids).toEqual([id]);
  });
});

describe('every reply', () => {
  it('may not be cached and does not say what serves it', async () => {
    const app = await startApp({ undoCheckIn: undone });
    const sent = [
      app.plain({ path: '/healthz' }),
      app.signed(undo(randomUUID(), { submissionId: randomUUID() })),
    ];

    for (const { headers } of await Promise.all(sent)) {
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('etag')).toBeNull();
      expect(headers.get('x-powered-by')).toBeNull();
      expect(headers.get('x-content-type-options')).toBe('nosniff');
    }
  });
});

describe('webhooks', () => {
  const event = {
    subscriptionType: 'company.propertyChange',
    portalId: 7,
    occurredAt: 1_786_546_800_000,
    objectId: 201,
    propertyName: 'hubspot_owner_id',
    propertyValue: '12',
    somethingNew: true,
  };
  const hook = (body: unknown) => ({ ...post('/webhooks/hubspot', body), query: '' });

  it('are kept before they are acknowledged', async () => {
    const app = await startApp({});

    const { status } = await app.signed(
      hook([event, { ...event, subscriptionType: 'object.deletion', objectTypeId: '0-27' }]),
    );

    expect(status).toBe(200);
    expect(app.received).toMatchObject([
      { portalId: 7, objectType: 'company', objectId: '201', propertyValue: '12' },
      { objectType: 'task' },
    ]);
  });

  it('are not acknowledged where they could not be kept', async () => {
    const app = await startApp({}, { receiveWebhooks: () => Promise.reject(new Error('disk full')) });

    expect((await app.signed(hook([event]))).status).toBe(500);
  });

  it('have the same key when delivered again, and another for another change', async () => {
    const app = await startApp({});
    await app.signed(hook([event]));
    await app.signed(hook([{ ...event, attemptNumber: 1 }]));
    await app.signed(hook([{ ...event, occurredAt: event.occurredAt + 1 }]));

    const [first, again, other] = app.received as { readonly dedupeKey: string }[];

    expect(again?.dedupeKey).toBe(first?.dedupeKey);
    expect(other?.dedupeKey).not.toBe(first?.dedupeKey);
  });

  it.each([
    ['without a portal', { ...event, portalId: undefined }],
    ['that is no event', null],
    ['of a day that no calendar has', { ...event, occurredAt: Number.MAX_SAFE_INTEGER }],
    ['with a text that cannot be stored', { ...event, propertyValue: 'a\u0000b' }],
    ['with a name that no index holds', { ...event, propertyName: 'x'.repeat(10_000) }],
  ])('are kept but for one %s, which is left out and logged', async (_what, bad) => {
    const app = await startApp({});

    const { status, body } = await app.signed(hook([event, bad, { ...event, objectId: 202 }]));

    expect([status, body]).toEqual([200, { received: 2 }]);
    expect(app.received).toMatchObject([{ objectId: '201' }, { objectId: '202' }]);
    expect(app.lines).toMatchObject([{ fields: { leftOut: 1, of: 3 } }]);
  });

  it.each([
    ['is no JSON', '[{'],
    ['is empty', ''],
    ['is a text', '"hello"'],
  ])('whose body %s are acknowledged, since they were signed, and logged', async (_what, body) => {
    const app = await startApp({});

    const { status } = await app.signed({ ...hook([]), body });

    expect(status).toBe(200);
    expect(app.received).toEqual([]);
    expect(app.lines).toHaveLength(1);
  });

  it('are kept however many come at once', async () => {
    const app = await startApp({});
    const many = Array.from({ length: 500 }, (_, objectId) => ({ ...event, objectId }));

    const { status } = await app.signed(hook(many));

    expect(status).toBe(200);
    expect(app.received).toHaveLength(500);
  });
});

describe('installing', () => {
  const oauth = {
    begin: (state: string) =>
      Promise.resolve({ authorizeUrl: `https://app.hubspot.com/oauth?state=${state}` }),
    complete: () => Promise.resolve({ portalId: 7 }),
  };

  it('sends the browser to HubSpot with a fresh state that only this browser holds', async () => {
    const app = await startApp({}, { oauth });

    const [first, second] = [
      await app.plain({ path: '/oauth/install' }),
      await app.plain({ path: '/oauth/install' }),
    ];

    const cookie = first.headers.get('set-cookie') ?? '';
    const state = new URL(first.headers.get('location') ?? '').searchParams.get('state') ?? '';
    expect(first.status).toBe(302);
    expect(Buffer.from(state, 'base64url')).toHaveLength(32);
    expect(cookie).toContain(`__Host-sci_state=${state};`);
    expect(cookie).toMatch(/Secure; HttpOnly; SameSite=Lax/);
    expect(second.headers.get('location')).not.toBe(first.headers.get('location'));
  });

  it.each([
    ['without our state', '/oauth/callback?code=1'],
    ['without our cookie', '/oauth/callback?code=1&state=2'],
    ['with two codes', '/oauth/callback?code=1&code=2&state=3'],
  ])('begins again on a return %s', async (_what, path) => {
    const app = await startApp(
      {},
      { oauth: { ...oauth, complete: () => Promise.reject(new Error('not this way')) } },
    );

    const { status, headers } = await app.plain({ path });

    expect(status).toBe(302);
    expect(headers.get('location')).toContain('https://app.hubspot.com/oauth?state=');
  });

  it('ends on a page that says what comes next, and takes the state back', async () => {
    const app = await startApp({}, { oauth });

    const { status, text, headers } = await app.plain({
      path: '/oauth/callback?code=1&state=2',
      headers: { cookie: 'other=1; __Host-sci_state=2' },
    });

    expect(status).toBe(200);
    expect(text).toContain('Account 7');
    expect(headers.get('set-cookie')).toContain('Max-Age=0');
  });
});
