import './support/restore-nock.ts';
import { afterEach, describe, expect, it } from '@jest/globals';
import nock from 'nock';
import { createHubSpotClient } from '../../src/hubspot/client.ts';
import { createLimiter } from '../../src/hubspot/limiter.ts';
import { createPortalClient } from '../../src/hubspot/portal-client.ts';
import { readQuarterLog, type LogOptions } from '../../src/hubspot/quarter-log.ts';
import type { LoggedActivity } from '../../src/usecases/hubspot-port.ts';
import { ManualClock, MemoryBudget, MemoryLog, PORTAL } from './support/fakes.ts';
import { API, createHarness, V } from './support/harness.ts';
import { onEverySearch } from './support/search-route.ts';

const WINDOW = { from: new Date('2026-07-01T00:00:00Z'), until: new Date('2026-09-30T23:59:59Z') };
const ATTIME = '2026-08-01T10:00:00Z';

const activity = (id: number, more: Record<string, string> = {}) => ({
  id: String(id),
  properties: { hs_timestamp: ATTIME, hubspot_owner_id: '5', ...more },
});
const activities = (count: number, from = 1_000) =>
  Array.from({ length: count }, (_, index) => activity(from + index));

/** Links of one pair of types, by id, and how many ids each request named. */
function onEveryLinkRead(from: string, to: string, links: (id: string) => readonly number[]): number[] {
  const sizes: number[] = [];
  nock(API)
    .persist()
    .post(`/crm/associations/${V}/${from}/${to}/batch/read`)
    .reply(async (request: Request) => {
      const { inputs } = (await request.json()) as { inputs: { id: string }[] };
      sizes.push(inputs.length);
      const linked = inputs.filter(({ id }) => links(id).length > 0);
      const silent = inputs.filter(({ id }) => links(id).length === 0);
      const results = linked.map(({ id }) => ({
        from: { id },
        to: links(id).map((toObjectId) => ({ toObjectId, associationTypes: [{ typeId: 1 }] })),
      }));
      const error = {
        category: 'OBJECT_NOT_FOUND',
        subCategory: 'crm.associations.NO_ASSOCIATIONS_FOUND',
        context: { fromObjectId: silent.map(({ id }) => id) },
      };
      return [silent.length > 0 ? 207 : 200, { results, ...(silent.length > 0 ? { errors: [error] } : {}) }];
    });
  return sizes;
}

/** The reader over nock, with a body limit and a cap of hits that a test can lower. */
function readerWith(maxBodyBytes?: number) {
  const clock = new ManualClock();
  const log = new MemoryLog();
  const tokens = {
    accessToken: () => Promise.resolve('token'),
    afterRefusal: () => Promise.resolve('unclear' as const),
    forget: () => Promise.resolve(),
  };
  const client = createPortalClient({
    client: createHubSpotClient({ apiBaseUrl: API, allowLoopback: false, maxBodyBytes }),
    tokens,
    limiter: createLimiter({ budget: new MemoryBudget(clock), clock, sleep: clock.sleep }),
    clock,
    sleep: clock.sleep,
    log,
  });
  return { client, log, portalId: PORTAL };
}

async function partsOf(
  options: LogOptions,
  maxBodyBytes?: number,
): Promise<readonly (readonly LoggedActivity[])[]> {
  const parts = [];
  for await (const part of readQuarterLog(readerWith(maxBodyBytes), WINDOW, options)) parts.push(part);
  return parts;
}

const none = () => [];
const allToOne = () => [77];

afterEach(() => nock.cleanAll());

describe('an account’s log of a quarter', () => {
  it('holds metadata of calls, meetings and emails within the window, both ends included', async () => {
    onEverySearch('calls', () => [
      activity(1, { hs_timestamp: '2026-06-30T23:59:59Z' }),
      activity(2, {
        hs_timestamp: '2026-07-01T00:00:00Z',
        hs_call_disposition: 'busy',
        hs_object_source_label: 'CRM_UI',
      }),
      activity(3, { hs_timestamp: '2026-09-30T23:59:59Z' }),
    ]);
    onEverySearch('meetings', () => [activity(4, { hs_meeting_start_time: '2026-08-02T08:00:00Z' })]);
    onEverySearch('emails', () => [activity(5, { hs_call_disposition: 'not of an email' })]);
    for (const type of ['calls', 'meetings', 'emails'])
      onEveryLinkRead(type, 'companies', (id) => (id === '3' ? [] : [10, 11]));

    const read: LoggedActivity[] = [];
    for await (const part of createHarness().gateway.quarterLog(PORTAL, WINDOW)) read.push(...part);

    expect(read[0]).toEqual({
      activityId: '2',
      type: 'call',
      occurredAt: new Date('2026-07-01T00:00:00Z'),
      ownerId: '5',
      sourceLabel: 'CRM_UI',
      sourceDetail: null,
      disposition: 'busy',
      companyIds: ['10', '11'],
      contactIds: [],
    });
    expect(read.map((one) => [one.activityId, one.type, one.disposition, one.companyIds.length])).toEqual([
      ['2', 'call', 'busy', 2],
      ['3', 'call', null, 0],
      ['4', 'meeting', null, 2],
      ['5', 'email', null, 2],
    ]);
    expect(read[2]?.occurredAt).toEqual(new Date('2026-08-02T08:00:00Z'));
  });

  it('costs a search for 200 activities and a call for the links of 1,000', async () => {
    const calls = activities(2_400);
    const meetings = activities(200, 9_000);
    const searches = ['calls', 'meetings', 'emails'].map((type) =>
      onEverySearch(type, () => (type === 'calls' ? calls : type === 'meetings' ? meetings : [])),
    );
    const links = ['calls', 'meetings'].map((type) => onEveryLinkRead(type, 'companies', allToOne));

    const parts = await partsOf({ paths: 'companies' });

    expect(searches.map((route) => route.asked.length)).toEqual([12, 1, 1]);
    expect(links).toEqual([[1_000, 1_000, 400], [200]]);
    expect(parts.map((part) => part.length)).toEqual([1_000, 200, 1_000, 400]);
  });

  it('leaves none of many activities of the same instant out, beyond what one search may serve', async () => {
    const calls = activities(1_700);
    const route = onEverySearch('calls', () => calls);
    for (const type of ['meetings', 'emails']) onEverySearch(type, none);
    onEveryLinkRead('calls', 'companies', allToOne);

    const parts = await partsOf({ paths: 'companies', mostHits: 600 });

    expect(parts.flat().map((one) => one.activityId)).toEqual(calls.map((one) => one.id));
    expect(Math.max(...route.asked.map((one) => one.offset))).toBe(400);
    expect(route.asked).toHaveLength(9);
  });

  it('finds the company of an activity that has only contacts, if asked to', async () => {
    onEverySearch('calls', () => activities(3));
    for (const type of ['meetings', 'emails']) onEverySearch(type, none);
    onEveryLinkRead('calls', 'companies', (id) => (id === '1000' ? [77] : []));
    onEveryLinkRead('calls', 'contacts', (id) => (id === '1002' ? [] : [31]));
    const contacts = onEveryLinkRead('contacts', 'companies', () => [78, 79]);

    const [part = []] = await partsOf({ paths: 'contacts' });

    expect(part.map((one) => [one.companyIds, one.contactIds])).toEqual([
      [['77'], ['31']],
      [['78', '79'], ['31']],
      [[], []],
    ]);
    expect(contacts).toEqual([1]);
  });

  it('asks for fewer links at once where a reply is too large, and not for the same again', async () => {
    onEverySearch('calls', () => activities(400));
    for (const type of ['meetings', 'emails']) onEverySearch(type, none);
    const many = Array.from({ length: 40 }, (_, index) => 500 + index);
    const sizes = onEveryLinkRead('calls', 'companies', () => many);

    const parts = await partsOf({ paths: 'companies' }, 600_000);

    expect(parts.flat().every((one) => one.companyIds.length === 40)).toBe(true);
    expect(sizes).toEqual([400, 200, 200]);
  });

  it('leaves emails out where the account did not grant their scope', async () => {
    onEverySearch('calls', () => activities(1));
    onEverySearch('meetings', none);
    onEveryLinkRead('calls', 'companies', allToOne);
    nock(API).post(`/crm/objects/${V}/emails/search`).reply(403, { category: 'MISSING_SCOPES' });

    const parts = await partsOf({ paths: 'companies' });

    expect(parts.flat().map((one) => one.type)).toEqual(['call']);
  });

  it.each([
    ['calls are refused', { calls: 403, emails: 200 }],
    ['the second page of emails is refused', { calls: 200, emails: 403 }],
  ])('fails where %s', async (_what, statuses) => {
    for (const type of ['calls', 'meetings', 'emails']) {
      onEverySearch(
        type,
        () => activities(type === 'meetings' ? 0 : 300),
        (reply, request) => {
          const status = type === 'calls' ? statuses.calls : type === 'emails' ? statuses.emails : 200;
          const isRefused = status !== 200 && (type === 'calls' || request > 0);
          return isRefused ? [status, { category: 'MISSING_SCOPES' }] : reply;
        },
      );
      onEveryLinkRead(type, 'companies', allToOne);
    }

    await expect(partsOf({ paths: 'companies' })).rejects.toMatchObject({ code: 'hubspot_rejected' });
  });

  it('fails where the links cannot be read', async () => {
    onEverySearch('calls', () => activities(1));
    for (const type of ['meetings', 'emails']) onEverySearch(type, none);
    nock(API).post(`/crm/associations/${V}/calls/companies/batch/read`).times(4).reply(502, 'bad gateway');

    await expect(partsOf({ paths: 'companies' })).rejects.toMatchObject({ code: 'hubspot_unavailable' });
  });
});
