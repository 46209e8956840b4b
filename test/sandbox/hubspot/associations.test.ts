import { afterEach, describe, expect, it } from '@jest/globals';
import { closeAll, portalDocument, record, startHubSpot } from './support.ts';

afterEach(closeAll);

const path = (from: string, to: string, verb: string) =>
  `/crm/associations/2026-03/${from}/${to}/batch/${verb}`;

describe('associations', () => {
  it('contract line 11: records without any are missing from the results and listed in a 207', async () => {
    const hubSpot = await startHubSpot();

    const answer = await hubSpot.api('POST', path('contacts', 'companies', 'read'), {
      inputs: [{ id: '201' }, { id: '202' }],
    });

    expect(answer.status).toBe(207);
    expect(answer.body.results.map((result) => result.from.id)).toEqual(['201']);
    expect(answer.body.errors).toMatchObject([
      { subCategory: 'crm.associations.NO_ASSOCIATIONS_FOUND', context: { fromObjectId: ['202'] } },
    ]);
  });

  it('contract line 11: a record with many associations is paged on its own', async () => {
    const calls = Array.from({ length: 5 }, (_, index) =>
      record(String(300 + index), { hs_timestamp: '2026-10-01T10:00:00Z' }),
    );
    const hubSpot = await startHubSpot([
      portalDocument(700001, {
        objects: { companies: [record('101', { name: 'Busy' })], calls },
        associations: calls.map((call) => ({
          from: { type: 'calls', id: call.id },
          to: { type: 'companies', id: '101' },
        })),
      }),
    ]);
    await hubSpot.settings({ associationPageSize: 2 });
    const read = (after?: string) =>
      hubSpot.api('POST', path('companies', 'calls', 'read'), { inputs: [{ id: '101', after }] });
    const seen: number[] = [];

    for (let after: string | undefined, pages = 0; pages < 3; pages += 1) {
      const result = (await read(after)).body.results[0];
      seen.push(...(result?.to ?? []).map((target) => target.toObjectId));
      after = result?.paging?.next.after;
    }

    expect(seen).toEqual([300, 301, 302, 303, 304]);
  });

  it('contract line 11: a read of more than 1,000 records answers 400', async () => {
    const hubSpot = await startHubSpot();
    const inputs = Array.from({ length: 1001 }, (_, index) => ({ id: String(index + 1) }));

    const tooMany = await hubSpot.api('POST', path('companies', 'calls', 'read'), { inputs });
    const most = await hubSpot.api('POST', path('companies', 'calls', 'read'), { inputs: inputs.slice(1) });

    expect([tooMany.status, most.status]).toEqual([400, 207]);
  });

  it('contract line 11: an activity of a contact does not reach the contact’s company by itself', async () => {
    const hubSpot = await startHubSpot();

    const ofCompany = await hubSpot.api('POST', path('companies', 'calls', 'read'), {
      inputs: [{ id: '101' }],
    });
    const ofContact = await hubSpot.api('POST', path('contacts', 'calls', 'read'), {
      inputs: [{ id: '201' }],
    });

    expect(ofCompany.body.results).toEqual([]);
    expect(ofContact.body.results).toMatchObject([
      { to: [{ toObjectId: 301, associationTypes: [{ typeId: 193 }] }] },
    ]);
  });

  it('creates labeled associations, with the unlabeled one beside them', async () => {
    const hubSpot = await startHubSpot();
    const types = [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 1 }];

    const made = await hubSpot.api('POST', path('contacts', 'companies', 'create'), {
      inputs: [{ from: { id: '202' }, to: { id: '101' }, types }],
    });

    const read = await hubSpot.api('POST', path('companies', 'contacts', 'read'), {
      inputs: [{ id: '101' }],
    });
    const luis = read.body.results[0]?.to.find((target) => target.toObjectId === 202);
    expect(made.status).toBe(201);
    expect(luis?.associationTypes).toEqual([
      { category: 'HUBSPOT_DEFINED', typeId: 2, label: 'Primary' },
      { category: 'HUBSPOT_DEFINED', typeId: 280, label: null },
    ]);
  });

  it('creates default associations and lists records that do not exist', async () => {
    const hubSpot = await startHubSpot();

    const answer = await hubSpot.api('POST', path('calls', 'companies', 'associate/default'), {
      inputs: [
        { from: { id: '301' }, to: { id: '101' } },
        { from: { id: '301' }, to: { id: '999' } },
      ],
    });

    expect(answer.status).toBe(207);
    expect(answer.body.results).toMatchObject([{ associationSpec: { associationTypeId: 182 } }]);
    expect(answer.body.errors).toMatchObject([
      { category: 'OBJECT_NOT_FOUND', context: { toObjectId: ['999'] } },
    ]);
  });

  it('refuses an association type of another pair', async () => {
    const hubSpot = await startHubSpot();
    const types = [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 194 }];

    const answer = await hubSpot.api('POST', path('calls', 'companies', 'create'), {
      inputs: [{ from: { id: '301' }, to: { id: '101' }, types }],
    });

    expect(answer.status).toBe(400);
  });

  it('takes associations away and tells both sides', async () => {
    const hubSpot = await startHubSpot();
    const told: unknown[] = [];
    await hubSpot.install();
    hubSpot.simulator.state.onMutation(
      (mutation) => mutation.kind === 'associationChange' && told.push(mutation),
    );

    const gone = await hubSpot.api('POST', path('contacts', 'companies', 'archive'), {
      inputs: [{ from: { id: '201' }, to: [{ id: '101' }] }],
    });

    const read = await hubSpot.api('POST', path('companies', 'contacts', 'read'), {
      inputs: [{ id: '101' }],
    });
    expect(gone.status).toBe(204);
    expect(read.body.results).toEqual([]);
    expect(told).toMatchObject([
      { fromObjectId: '201', toObjectId: '101', associationRemoved: true },
      { fromObjectId: '101', toObjectId: '201', associationRemoved: true },
    ]);
  });
});
