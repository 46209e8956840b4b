import './support/restore-nock.ts';
import { afterEach, describe, expect, it } from '@jest/globals';
import nock from 'nock';
import { asCompanyId } from '../../src/core/model.ts';
import { PORTAL, START } from './support/fakes.ts';
import { API, codeOf, createHarness, onLinks, onRead, V } from './support/harness.ts';

const COMPANY = asCompanyId('901');
const WINDOW = { from: new Date('2026-05-01T00:00:00Z'), until: START };
const made = '2026-08-01T10:00:00Z';
const call = (id: string, more: Record<string, string | null> = {}) => ({
  id,
  properties: {
    hs_timestamp: '2026-08-01T09:00:00Z',
    hs_createdate: made,
    hs_lastmodifieddate: made,
    hubspot_owner_id: '55',
    hs_created_by_user_id: '71',
    hs_object_source_label: 'CRM_UI',
    hs_call_disposition: 'f240bbac-87c9-4f6e-bf70-924b57d47db7',
    hs_call_status: 'COMPLETED',
    ...more,
  },
});

/** The company 901 with contact 31, parent 900, one owner change; each test adds the activities. */
function onCompany(): void {
  onRead('companies', {
    results: [
      {
        id: '901',
        properties: { hubspot_owner_id: '56' },
        propertiesWithHistory: {
          hubspot_owner_id: [
            { value: '56', timestamp: '2026-07-01T00:00:00Z' },
            { value: '', timestamp: '2026-06-01T00:00:00Z' },
            { value: '55', timestamp: '2025-01-01T00:00:00Z' },
          ],
        },
      },
    ],
  });
  onLinks('companies', 'contacts', { 901: [31] });
  onLinks('companies', 'companies', {
    901: [
      [900, 14],
      [902, 450],
    ],
  });
  onRead('contacts', {
    results: [
      {
        id: '31',
        properties: {
          firstname: 'Dana',
          email: 'Dana@Plant.example',
          hs_additional_emails: 'd.ruiz@plant.example',
        },
      },
    ],
  });
}

function onNone(type: 'meetings' | 'emails'): void {
  onLinks('companies', type, { 901: [] });
  onLinks('contacts', type, { 31: [] });
  if (type === 'meetings') onLinks('companies', type, { 900: [] });
}

const read = () => createHarness().gateway.companyLog(PORTAL, COMPANY, WINDOW);

afterEach(() => nock.cleanAll());

describe('a company’s log', () => {
  it('holds each call once, found through company, contacts or parent, with who was there', async () => {
    onCompany();
    onLinks('companies', 'calls', { 901: [1, 2] });
    onLinks('contacts', 'calls', { 31: [2, 3] });
    onLinks('companies', 'calls', { 900: [3, 4] });
    onRead('calls', {
      results: [call('4'), call('3'), call('2'), call('1', { hs_timestamp: '2026-01-01T09:00:00Z' })],
    });
    onLinks('calls', 'contacts', { 2: [31], 3: [31, 77], 4: [] });
    onNone('meetings');
    onNone('emails');

    const log = await read();

    expect(log.activities.map((one) => [one.id, one.companyLink, one.contactIds])).toEqual([
      ['2', 'direct', ['31']],
      ['3', 'direct', ['31', '77']],
      ['4', 'related', []],
    ]);
    expect(log.activities[0]).toEqual({
      objectType: 'call',
      id: '2',
      ownerId: '55',
      disposition: 'f240bbac-87c9-4f6e-bf70-924b57d47db7',
      callStatus: 'COMPLETED',
      durationMs: null,
      direction: null,
      hasRecording: false,
      outcome: null,
      startAt: null,
      endAt: null,
      occurredAt: '2026-08-01T09:00:00.000Z',
      createdAt: '2026-08-01T10:00:00.000Z',
      updatedAt: '2026-08-01T10:00:00.000Z',
      createdByUserId: '71',
      sourceLabel: 'CRM_UI',
      sourceDetail: null,
      contactIds: ['31'],
      companyId: '901',
      companyLink: 'direct',
      isFromContactThere: false,
      isBookedByContact: false,
      isCheckIn: false,
    });
    expect(log.ownership).toEqual([
      { ownerId: '55', from: new Date('2025-01-01T00:00:00Z') },
      { ownerId: null, from: new Date('2026-06-01T00:00:00Z') },
      { ownerId: '56', from: new Date('2026-07-01T00:00:00Z') },
    ]);
    expect(log.contacts.map((contact) => contact.contactId)).toEqual(['31']);
  });

  it('brings the history of what was edited, and asks for no title, body or subject', async () => {
    const asked: string[] = [];
    const edited = call('1', { hs_lastmodifieddate: '2026-10-01T10:00:00Z', hs_call_duration: '65000' });
    onCompany();
    onLinks('companies', 'calls', { 901: [1] });
    onLinks('contacts', 'calls', { 31: [] });
    onLinks('companies', 'calls', { 900: [] });
    onRead('calls', { results: [edited] });
    nock(API)
      .post(`/crm/objects/${V}/calls/batch/read`)
      .reply(async (request: Request) => {
        asked.push(await request.text());
        const histories = {
          hs_call_disposition: [
            { value: 'f240bbac-87c9-4f6e-bf70-924b57d47db7', timestamp: '2026-10-01T10:00:00Z' },
            { value: '73a0d17f-1163-4015-bdd5-ec830791da20', timestamp: made },
          ],
          hs_timestamp: [{ value: '1785574800000', timestamp: made }],
          hs_call_duration: [{ value: '65000', timestamp: '2026-10-01T10:00:00Z' }],
        };
        return [200, { results: [{ ...edited, propertiesWithHistory: histories }] }];
      });
    onLinks('calls', 'contacts', { 1: [31] });
    onNone('meetings');
    onNone('emails');

    const log = await read();

    expect(log.activities[0]?.history).toEqual([
      { since: '2026-08-01T10:00:00.000Z', values: { occurredAt: '2026-08-01T09:00:00.000Z' } },
      { since: '2026-10-01T10:00:00.000Z', values: { disposition: 'f240bbac-87c9-4f6e-bf70-924b57d47db7' } },
      { since: '2026-08-01T10:00:00.000Z', values: { disposition: '73a0d17f-1163-4015-bdd5-ec830791da20' } },
      { since: '2026-10-01T10:00:00.000Z', values: { durationMs: 65_000 } },
    ]);
    expect(asked.join()).not.toMatch(/_title|_body|_subject|_text|_html|_headers|_notes/);
  });

  it('tells meetings that the customer booked and emails that a contact there sent', async () => {
    const sent = {
      hs_timestamp: made,
      hs_createdate: made,
      hs_lastmodifieddate: made,
      hs_email_direction: 'INCOMING_EMAIL',
    };
    onCompany();
    onLinks('companies', 'calls', { 901: [] });
    onLinks('contacts', 'calls', { 31: [] });
    onLinks('companies', 'calls', { 900: [] });
    onLinks('companies', 'meetings', { 901: [5] });
    onLinks('contacts', 'meetings', { 31: [] });
    onLinks('companies', 'meetings', { 900: [] });
    onRead('meetings', {
      results: [
        {
          id: '5',
          properties: {
            hs_createdate: made,
            hs_lastmodifieddate: made,
            hs_timestamp: made,
            hs_meeting_start_time: '2026-08-03T09:00:00Z',
            hs_meeting_outcome: 'COMPLETED',
            hs_meeting_created_from_link_id: '12',
          },
        },
      ],
    });
    onLinks('meetings', 'contacts', { 5: [31] });
    onLinks('companies', 'emails', { 901: [6, 7] });
    onLinks('contacts', 'emails', { 31: [] });
    onRead('emails', {
      results: [
        { id: '6', properties: { ...sent, hs_email_from_email: 'D.Ruiz@plant.example' } },
        { id: '7', properties: { ...sent, hs_email_from_email: 'someone@else.example' } },
      ],
    });
    onLinks('emails', 'contacts', { 6: [31], 7: [] });

    const log = await read();

    expect(
      log.activities.map((one) => [
        one.objectType,
        one.occurredAt.slice(0, 10),
        one.isBookedByContact,
        one.isFromContactThere,
      ]),
    ).toEqual([
      ['meeting', '2026-08-03', true, false],
      ['email', '2026-08-01', false, true],
      ['email', '2026-08-01', false, false],
    ]);
  });

  it('does without emails where their scope was not granted', async () => {
    onCompany();
    onLinks('companies', 'calls', { 901: [] });
    onLinks('contacts', 'calls', { 31: [] });
    onLinks('companies', 'calls', { 900: [] });
    onNone('meetings');
    nock(API)
      .post(`/crm/associations/${V}/companies/emails/batch/read`)
      .reply(403, {
        category: 'MISSING_SCOPES',
        errors: [{ context: { requiredGranularScopes: ['sales-email-read'] } }],
      });

    const log = await read();

    expect(log.activities).toEqual([]);
  });

  it.each([
    [
      'the contacts’ calls cannot be read',
      (): void =>
        void nock(API).post(`/crm/associations/${V}/contacts/calls/batch/read`).times(4).reply(502, ''),
    ],
    [
      'the contacts’ calls are forbidden',
      (): void =>
        void nock(API)
          .post(`/crm/associations/${V}/contacts/calls/batch/read`)
          .reply(403, { category: 'MISSING_SCOPES' }),
    ],
  ])('is not given at all where %s', async (_name, fail) => {
    onCompany();
    onLinks('companies', 'calls', { 901: [1] });
    fail();

    const code = await codeOf(read());

    expect(['hubspot_unavailable', 'hubspot_rejected']).toContain(code);
  });

  it('is not given where the emails fail for another reason than their scope', async () => {
    onCompany();
    onLinks('companies', 'calls', { 901: [] });
    onLinks('contacts', 'calls', { 31: [] });
    onLinks('companies', 'calls', { 900: [] });
    onNone('meetings');
    nock(API).post(`/crm/associations/${V}/companies/emails/batch/read`).times(4).reply(500, {});

    const code = await codeOf(read());

    expect(code).toBe('hubspot_unavailable');
  });

  it('is not given where a linked call cannot be accounted for', async () => {
    onCompany();
    onLinks('companies', 'calls', { 901: [1] });
    onLinks('contacts', 'calls', { 31: [] });
    onLinks('companies', 'calls', { 900: [] });
    onRead('calls', { results: [] });
    nock(API).get(`/crm/objects/${V}/calls/1`).query(true).times(4).reply(500, {});

    const code = await codeOf(read());

    expect(code).toBe('hubspot_unavailable');
  });

  it('says that the company is gone', async () => {
    onRead(
      'companies',
      { results: [], errors: [{ category: 'OBJECT_NOT_FOUND', context: { ids: ['901'] } }] },
      207,
    );

    const code = await codeOf(read());

    expect(code).toBe('not_found');
  });
});
