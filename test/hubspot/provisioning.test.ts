import './support/restore-nock.ts';
import { afterEach, describe, expect, it } from '@jest/globals';
import nock from 'nock';
import { asCompanyId } from '../../src/core/model.ts';
import { PORTAL, START } from './support/fakes.ts';
import { API, codeOf, createHarness, onLinks, onRead, V } from './support/harness.ts';

const company = (id: string, more: Record<string, string | null> = {}) => ({
  id,
  properties: { name: `Company ${id}`, ...more },
});

afterEach(() => nock.cleanAll());

describe('provisioning', () => {
  const five = [
    'sci_last_check_in',
    'sci_next_due',
    'sci_wave',
    'sci_open_issues',
    'sci_last_no_agenda_touch',
  ];
  const onList = (type: string, names: readonly string[]) =>
    nock(API)
      .get(`/crm/properties/${V}/${type}`)
      .reply(200, { results: names.map((name) => ({ name })) });

  it('creates only what is absent, in our own group', async () => {
    const seen: { inputs: { name: string; groupName: string }[] }[] = [];
    onList('companies', ['name', 'sci_wave']);
    nock(API).post(`/crm/properties/${V}/companies/groups`).reply(409, { category: 'CONFLICT' });
    nock(API)
      .post(`/crm/properties/${V}/companies/batch/create`, (json: unknown) => seen.push(json as never) > 0)
      .reply(201, { results: [] });
    onList('companies', five);

    await createHarness().gateway.provisionProperties(PORTAL);

    expect(seen[0]?.inputs.map((input) => [input.name, input.groupName])).toEqual(
      five.filter((name) => name !== 'sci_wave').map((name) => [name, 'service_check_in']),
    );
  });

  it('writes nothing when all is there', async () => {
    onList('companies', five);

    await createHarness().gateway.provisionProperties(PORTAL);

    expect(nock.isDone()).toBe(true);
  });

  it('is content when a lost reply turns out to have worked', async () => {
    onList('companies', []);
    nock(API).post(`/crm/properties/${V}/companies/groups`).reply(201, { name: 'service_check_in' });
    nock(API).post(`/crm/properties/${V}/companies/batch/create`).reply(504, '');
    onList('companies', five);

    const code = await codeOf(createHarness().gateway.provisionProperties(PORTAL));

    expect(code).toBe('none');
  });

  describe('the key mode', () => {
    const onProperty = (hasUniqueValue: boolean) => {
      onList('tasks', ['sci_touch_key']);
      nock(API)
        .get(`/crm/properties/${V}/tasks/sci_touch_key`)
        .reply(200, { name: 'sci_touch_key', hasUniqueValue });
    };
    const path = `/crm/objects/${V}/tasks/batch`;
    const onProbe = (id: string) =>
      nock(API)
        .post(`${path}/create`)
        .reply(async (request: Request) => {
          const { inputs } = (await request.json()) as { inputs: { properties: Record<string, string> }[] };
          return [201, { results: [{ id, properties: inputs[0]?.properties }] }];
        });
    const onArchive = (ids: readonly string[]) =>
      nock(API)
        .post(`${path}/archive`, { inputs: ids.map((id) => ({ id })) })
        .reply(204);
    const onFind = (times: number) =>
      nock(API)
        .post(`${path}/read`)
        .times(times)
        .reply(async (request: Request) => {
          const { inputs } = (await request.json()) as { inputs: { id: string }[] };
          return [200, { results: [{ id: '701', properties: { sci_touch_key: inputs[0]?.id } }] }];
        });

    it.each([
      [409, { category: 'CONFLICT' }],
      [400, { category: 'VALIDATION_ERROR', errors: [{ code: 'CONFLICTING_UNIQUE_VALUE' }] }],
    ])(
      'is unique where the second task with one key is refused with %p, and the probe is removed',
      async (status, body) => {
        onProperty(true);
        onProbe('701');
        nock(API).post(`${path}/create`).reply(status, body);
        onFind(2);
        onArchive(['701']);

        const mode = await createHarness().gateway.probeTaskKeyMode(PORTAL);

        expect([mode, nock.isDone()]).toEqual(['unique', true]);
      },
    );

    it('is ledger where the second task with one key is created, and both probes are removed', async () => {
      onProperty(true);
      onProbe('701');
      onProbe('702');
      onArchive(['701', '702']);

      const mode = await createHarness().gateway.probeTaskKeyMode(PORTAL);

      expect([mode, nock.isDone()]).toEqual(['ledger', true]);
    });

    it('says that a probe may be there also where the rest fails', async () => {
      onProperty(true);
      nock(API).post(`${path}/create`).reply(400, { category: 'VALIDATION_ERROR' });
      const told: string[] = [];
      const { gateway } = createHarness();
      const refused = await gateway.probeTaskKeyMode(PORTAL, () => told.push('refused'));
      onProperty(true);
      onProbe('701');
      nock(API).post(`${path}/create`).reply(201, { results: [] });
      nock(API).post(`${path}/read`).query(true).reply(400, {});
      onArchive(['701']);

      const probing = gateway.probeTaskKeyMode(PORTAL, () => told.push('made'));

      await expect(probing).rejects.toBeInstanceOf(Error);
      expect([refused, told[0]]).toEqual(['ledger', 'made']);
    });

    it('is ledger where the property cannot be created', async () => {
      onList('tasks', []);
      nock(API).post(`/crm/properties/${V}/tasks/groups`).reply(201, {});
      nock(API).post(`/crm/properties/${V}/tasks/batch/create`).reply(403, { category: 'MISSING_SCOPES' });

      const mode = await createHarness().gateway.probeTaskKeyMode(PORTAL);

      expect(mode).toBe('ledger');
    });

    it('is ledger where the property exists without unique values', async () => {
      onProperty(false);

      const mode = await createHarness().gateway.probeTaskKeyMode(PORTAL);

      expect(mode).toBe('ledger');
    });
  });
});

describe('notes and company properties', () => {
  it('finds a note again by the reference at its end', async () => {
    const seen: { inputs: { properties: { hs_note_body: string } }[] }[] = [];
    nock(API)
      .post(`/crm/objects/${V}/notes/batch/create`, (json: unknown) => seen.push(json as never) > 0)
      .reply(201, {
        results: [{ id: '61', properties: { hs_note_body: '<p>Asked.</p><p>Reference: notekey-01</p>' } }],
      });
    onLinks('companies', 'notes', { 901: [61, 62] });
    onRead('notes', {
      results: [
        { id: '62', properties: { hs_note_body: 'notekey-01' } },
        { id: '61', properties: { hs_note_body: '<p>Asked.</p><p>Reference: notekey-01</p>' } },
      ],
    });
    const { gateway } = createHarness();

    const note = { key: 'notekey-01', companyId: asCompanyId('901') };
    const created = await gateway.createNotes(PORTAL, [{ ...note, bodyHtml: '<p>Asked.</p>', at: START }]);
    const found = await gateway.findNotesByKey(PORTAL, [note]);

    expect(created).toEqual([{ result: 'created', id: '61' }]);
    expect(seen[0]?.inputs[0]?.properties.hs_note_body).toBe('<p>Asked.</p><p>Reference: notekey-01</p>');
    expect(found).toEqual(new Map([['notekey-01', ['61']]]));
  });

  it('writes days and numbers as text and clears with an empty value', async () => {
    const seen: unknown[] = [];
    nock(API)
      .post(`/crm/objects/${V}/companies/batch/update`, (json) => seen.push(json) > 0)
      .reply(200, { results: [company('901')] });

    const properties = { sci_next_due: '2027-02-11', sci_wave: 2, sci_last_no_agenda_touch: null };
    await createHarness().gateway.updateCompanies(PORTAL, [{ companyId: asCompanyId('901'), properties }]);

    expect(seen).toEqual([
      {
        inputs: [
          {
            id: '901',
            objectWriteTraceId: '901',
            properties: { sci_next_due: '2027-02-11', sci_wave: '2', sci_last_no_agenda_touch: '' },
          },
        ],
      },
    ]);
  });

  it.each([
    [404, { category: 'OBJECT_NOT_FOUND' }, 'missing'],
    [400, { category: 'VALIDATION_ERROR' }, 'rejected'],
    [429, {}, 'notSent'],
    [500, {}, 'unknown'],
    [200, { results: [] }, 'unknown'],
  ])('a company update answered %p %j is %s', async (status, body, expected) => {
    nock(API).post(`/crm/objects/${V}/companies/batch/update`).reply(status, body);

    const update = { companyId: asCompanyId('901'), properties: { sci_wave: 2 } };
    const outcomes = await createHarness().gateway.updateCompanies(PORTAL, [update]);

    expect(outcomes).toMatchObject([{ result: expected }]);
  });
});
