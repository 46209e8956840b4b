import { describe, expect, it } from '@jest/globals';
import { managerCard } from '../../scripts/tour/conversation.ts';
import { notesOf } from '../../scripts/tour/hubspot-view.ts';
import { ANA } from '../../scripts/tour/portal.ts';
import { submissionId } from '../../scripts/tour/setup.ts';
import { SANDBOX_APP_ID, SANDBOX_CLIENT_SECRET, sandboxApp } from '../../sandbox/app.ts';
import { signatureV3 } from '../../sandbox/hubspot/proxy-signature.ts';
import { sharedWorld } from './support/shared-world.ts';
import { BEGIN, HERO, OTHER, SPARE, startTeam } from './support/team.ts';

const PORTAL = 8400001;
const FOREIGN_PORTAL = 8400002;
const FOREIGN_COMPANY = '3999';
const FIVE_MINUTES_MS = 300_000;

const world = sharedWorld(BEGIN, async (opened) => {
  await startTeam(opened, PORTAL, 'Alpha');
  await opened.control.load({
    portalId: FOREIGN_PORTAL,
    name: 'Foreign',
    timeZone: 'America/Chicago',
    owners: [],
    objects: {
      companies: [{ id: FOREIGN_COMPANY, properties: { name: 'Foreign', lifecyclestage: 'customer' } }],
    },
  });
});

const ana = () => world().as(PORTAL, ANA.userId);

function checkIn(companyId: string, changes: Record<string, unknown> = {}) {
  return {
    submissionId: submissionId(),
    companyId,
    respondent: { contactId: null, name: 'Pat Person' },
    asked: true,
    words: 'Earlier deliveries.',
    happenedOn: '2026-05-01',
    channel: 'phone',
    recall: null,
    ...changes,
  };
}

async function nowMs(): Promise<number> {
  return Date.parse(await world().control.now());
}

async function expectNothingStored(companyId: string): Promise<void> {
  const { saved, draft, lastAnswer } = await managerCard(world(), PORTAL, companyId);
  expect({ saved, draft, lastAnswer }).toEqual({ saved: null, draft: null, lastAnswer: null });
}

describe('a request that HubSpot did not sign for this very content', () => {
  const cases: [string, () => Promise<Record<string, unknown>>][] = [
    ['is unsigned', () => Promise.resolve({ signature: null })],
    ['carries another signature', () => Promise.resolve({ signature: 'A'.repeat(43) + '=' })],
    ['is older than five minutes', async () => ({ timestampMs: (await nowMs()) - FIVE_MINUTES_MS - 5_000 })],
    ['comes from the future', async () => ({ timestampMs: (await nowMs()) + FIVE_MINUTES_MS + 5_000 })],
    ['has another body than was signed', () => Promise.resolve({ body: JSON.stringify(checkIn(SPARE[0])) })],
    ['has a parameter added after signing', () => Promise.resolve({ extraQuery: `portalId=${PORTAL}` })],
    ['has no time that is a number', () => Promise.resolve({ timestampMs: 1.5 })],
  ];

  it.each(cases)('is refused when it %s, and nothing is stored', async (_how, tamper) => {
    const answer = await ana().raw('POST', '/api/check-ins', checkIn(SPARE[0]), await tamper());

    expect(answer).toMatchObject({ status: 401, body: { code: 'unauthenticated' } });
    await expectNothingStored(SPARE[0]);
  });

  it.each(['portalId', 'userId', 'userEmail', 'appId', 'portalid', 'userId%5B%5D'])(
    'is refused when the card brings its own %s, although HubSpot signed both',
    async (name) => {
      const answer = await ana().raw('POST', `/api/check-ins?${name}=${PORTAL}`, checkIn(SPARE[0]));

      expect(answer).toMatchObject({ status: 400, body: { code: 'invalid_input' } });
      await expectNothingStored(SPARE[0]);
    },
  );
});

describe('a body that does not fit its schema', () => {
  const faults: [string, Record<string, unknown>][] = [
    ['words', { words: '   ' }],
    ['asked', { asked: false }],
    ['happenedOn', { happenedOn: '2026-02-30' }],
    ['respondent.name', { respondent: { contactId: null } }],
    ['recall.recency', { recall: { recency: 'YESTERDAY' } }],
    ['submissionId', { submissionId: '7' }],
    ['body', { portalId: FOREIGN_PORTAL }],
  ];

  it.each(faults)('is refused naming %s and the remedy, and nothing is stored', async (field, changes) => {
    const refusal = await ana().refused('recordCheckIn', { body: checkIn(SPARE[0], changes) });

    expect([refusal.status, refusal.code]).toEqual([400, 'invalid_input']);
    expect(refusal.field).toBe(field);
    expect(refusal.message).not.toContain(field);
    expect(refusal.hint).toMatch(/./);
    await expectNothingStored(SPARE[0]);
  });

  it.each(['2026-04-16', '2026-05-02'])('is refused for a conversation on %s', async (happenedOn) => {
    const refusal = await ana().refused('recordCheckIn', { body: checkIn(SPARE[0], { happenedOn }) });

    expect([refusal.status, refusal.field]).toEqual([400, 'happenedOn']);
    expect(refusal.hint).toBe('Choose a day from Apr 17 to May 1.');
  });
});

describe('a company that is not there', () => {
  it('is answered alike whether it is unknown, another account’s, or no id at all', async () => {
    const answers = await Promise.all(
      ['3998', FOREIGN_COMPANY, '0', 'abc', '99999999999999999999'].map((id) =>
        ana().raw('GET', `/api/companies/${id}`),
      ),
    );

    const told = answers.map(({ status, body, headers }) => {
      const { requestId, ...rest } = body as { requestId: string };
      return {
        status,
        body: JSON.stringify(rest),
        length: headers['content-length'],
        idBytes: requestId.length,
      };
    });
    expect(new Set(told.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(told[0]?.status).toBe(404);
  });
});

describe('a save that comes again', () => {
  it('is refused when its id comes with another body', async () => {
    const body = checkIn(SPARE[1]);
    await ana().ask('recordCheckIn', { body });

    const refusal = await ana().refused('recordCheckIn', { body: { ...body, words: 'Something else.' } });

    expect([refusal.status, refusal.code]).toEqual([409, 'conflict']);
    expect((await managerCard(world(), PORTAL, SPARE[1])).saved?.words).toBe('Earlier deliveries.');
  });

  it('is one check-in and 50 equal replies when it is sent 50 times at once', async () => {
    const body = JSON.stringify(checkIn(OTHER));
    const timestampMs = await nowMs();

    const replies = await Promise.all(Array.from({ length: 50 }, () => sendSigned(body, timestampMs)));

    expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([200]));
    expect(new Set(replies.map(({ text }) => text)).size).toBe(1);
    const { saved, earlierAnswers } = await managerCard(world(), PORTAL, OTHER);
    expect([saved?.words, earlierAnswers]).toEqual(['Earlier deliveries.', []]);
    await world().control.advance(16 * 60_000);
    expect(await notesOf(world(), PORTAL, OTHER)).toHaveLength(1);
  });

  it('keeps the words of a draft that was saved beside it for another company', async () => {
    const draft = { words: 'Half a sentence' };

    await ana().ask('saveDraft', { companyId: HERO, body: { draft } });

    expect((await managerCard(world(), PORTAL, HERO)).draft).toEqual(draft);
  });
});

/** Straight to the backend, signed as HubSpot signs: the proxy lets 20 through at once. */
async function sendSigned(body: string, timestampMs: number) {
  const target = `/api/check-ins?userId=${ANA.userId}&portalId=${PORTAL}&userEmail=ana%40seller.example.com&appId=${SANDBOX_APP_ID}`;
  const uri = `${sandboxApp('').publicBaseUrl}${target}`;
  const signature = signatureV3({ secret: SANDBOX_CLIENT_SECRET, method: 'POST', uri, body, timestampMs });
  const headers = {
    'content-type': 'application/json',
    'x-hubspot-request-timestamp': String(timestampMs),
    'x-hubspot-signature-v3': signature,
  };
  const response = await fetch(`${world().backendUrl}${target}`, { method: 'POST', headers, body });
  return { status: response.status, text: await response.text() };
}
