import { afterEach, describe, expect, it } from '@jest/globals';
import { closeAll, portalDocument, record, startHubSpot } from './support.ts';

afterEach(closeAll);

const SEARCH = '/crm/objects/2026-03/companies/search';

function filtered(...filters: Record<string, unknown>[]) {
  return { filterGroups: [{ filters }] };
}

async function found(hubSpot: Awaited<ReturnType<typeof startHubSpot>>, body: Record<string, unknown>) {
  const answer = await hubSpot.api('POST', SEARCH, body);
  return {
    status: answer.status,
    ids: answer.status === 200 ? answer.body.results.map((company) => company.id) : [],
  };
}

describe('searching', () => {
  it('finds, sorts and pages', async () => {
    const companies = Array.from({ length: 5 }, (_, index) =>
      record(String(110 + index), { name: `C${String(index)}` }),
    );
    const hubSpot = await startHubSpot([
      portalDocument(700001, { objects: { companies }, associations: [] }),
    ]);
    const sorts = [{ propertyName: 'name', direction: 'DESCENDING' }];

    const first = await hubSpot.api('POST', SEARCH, { sorts, limit: 2, properties: ['name'] });
    const second = await hubSpot.api('POST', SEARCH, {
      sorts,
      limit: 2,
      after: first.body.paging?.next.after,
    });

    expect(first.body).toMatchObject({
      total: 5,
      results: [{ id: '114', properties: { name: 'C4' } }, { id: '113' }],
    });
    expect(second.body.results.map((company) => company.id)).toEqual(['112', '111']);
  });

  it.each([
    ['EQ without regard to case', { propertyName: 'name', operator: 'EQ', value: 'NORTHWIND' }, ['101']],
    ['NEQ', { propertyName: 'hubspot_owner_id', operator: 'NEQ', value: '502' }, ['102']],
    ['HAS_PROPERTY', { propertyName: 'domain', operator: 'HAS_PROPERTY' }, ['101', '102']],
    ['NOT_HAS_PROPERTY', { propertyName: 'domain', operator: 'NOT_HAS_PROPERTY' }, []],
    ['GT on ids', { propertyName: 'hs_object_id', operator: 'GT', value: '101' }, ['102']],
    [
      'BETWEEN on instants',
      {
        propertyName: 'hs_createdate',
        operator: 'BETWEEN',
        value: '1767520000000',
        highValue: '2026-01-06T00:00:00Z',
      },
      ['101', '102'],
    ],
    [
      'CONTAINS_TOKEN with a star',
      { propertyName: 'name', operator: 'CONTAINS_TOKEN', value: 'lake*' },
      ['102'],
    ],
    ['an association', { propertyName: 'associations.contact', operator: 'EQ', value: '201' }, ['101']],
  ])('filters by %s', async (_what, filter, ids) => {
    const hubSpot = await startHubSpot();

    const answer = await found(hubSpot, filtered(filter));

    expect(answer).toEqual({ status: 200, ids });
  });

  it('joins filters of a group by and, groups by or', async () => {
    const hubSpot = await startHubSpot();
    const eq = (propertyName: string, value: string) => ({ propertyName, operator: 'EQ', value });

    const both = await found(hubSpot, filtered(eq('name', 'Northwind'), eq('lifecyclestage', 'lead')));
    const either = await found(hubSpot, {
      filterGroups: [{ filters: [eq('name', 'Northwind')] }, { filters: [eq('lifecyclestage', 'lead')] }],
    });

    expect(both.ids).toEqual([]);
    expect(either.ids).toEqual(['101', '102']);
  });

  it('contract line 10: IN on text finds lower-case values only', async () => {
    const hubSpot = await startHubSpot();
    const within = (values: string[]) =>
      found(hubSpot, filtered({ propertyName: 'name', operator: 'IN', values }));

    const lower = await within(['northwind']);
    const asWritten = await within(['Northwind']);

    expect([lower.ids, asWritten.ids]).toEqual([['101'], []]);
  });

  it('contract line 10: enumerations are compared with case', async () => {
    const hubSpot = await startHubSpot();
    const stage = (value: string) =>
      found(hubSpot, filtered({ propertyName: 'lifecyclestage', operator: 'EQ', value }));

    const exact = await stage('customer');
    const shouted = await stage('CUSTOMER');

    expect([exact.ids, shouted.ids]).toEqual([['101'], []]);
  });

  it('contract line 10: archived records are never found', async () => {
    const hubSpot = await startHubSpot();
    await hubSpot.api('DELETE', '/crm/objects/2026-03/companies/101');

    const answer = await found(hubSpot, {});

    expect(answer.ids).toEqual(['102']);
  });

  it('contract line 10: the index shows a change only after its lag', async () => {
    const hubSpot = await startHubSpot();
    await hubSpot.settings({ searchLagMs: 60_000 });
    await hubSpot.api('PATCH', '/crm/objects/2026-03/companies/101', { properties: { name: 'Renamed' } });
    await hubSpot.api('POST', '/crm/objects/2026-03/companies', { properties: { name: 'Fresh' } });
    await hubSpot.api('DELETE', '/crm/objects/2026-03/companies/102');
    const names = async () => {
      const answer = await hubSpot.api('POST', SEARCH, { properties: ['name'] });
      return answer.body.results.map((company) => company.properties['name']).toSorted();
    };

    const atOnce = await names();
    await hubSpot.advance(60_000);
    const later = await names();

    expect(atOnce).toEqual(['Lakeside', 'Northwind']);
    expect(later).toEqual(['Fresh', 'Renamed']);
  });

  const filter = { propertyName: 'name', operator: 'EQ', value: 'x' };
  const groupsOf = (groups: number, filters: number) => ({
    filterGroups: Array.from({ length: groups }, () => ({
      filters: Array.from({ length: filters }, () => filter),
    })),
  });

  it.each([
    ['a page over 200', { limit: 201 }, 400],
    ['a page of 200', { limit: 200 }, 200],
    ['results beyond 10,000', { limit: 200, after: '9900' }, 400],
    ['results up to 10,000', { limit: 200, after: '9800' }, 200],
    ['more than five groups', groupsOf(6, 1), 400],
    ['more than six filters in a group', groupsOf(1, 7), 400],
    ['more than eighteen filters', groupsOf(4, 5), 400],
    ['eighteen filters', groupsOf(3, 6), 200],
    ['two sorts', { sorts: [{ propertyName: 'name' }, { propertyName: 'domain' }] }, 400],
    ['a body over 3,000 characters', filtered({ ...filter, value: 'x'.repeat(3000) }), 400],
    ['an unknown property', filtered({ ...filter, propertyName: 'nonsense' }), 400],
    ['an unknown operator', filtered({ ...filter, operator: 'LIKE' }), 400],
    ['BETWEEN without highValue', filtered({ ...filter, operator: 'BETWEEN' }), 400],
    [
      'IN on an association',
      filtered({ propertyName: 'associations.contact', operator: 'IN', values: ['201'] }),
      400,
    ],
  ])('contract line 10: answers %s as HubSpot does', async (_what, body, status) => {
    const hubSpot = await startHubSpot();

    const answer = await found(hubSpot, body);

    expect(answer.status).toBe(status);
  });

  it('by switch accepts IN on an association', async () => {
    const hubSpot = await startHubSpot();
    await hubSpot.settings({ searchByAssociationIn: true });

    const answer = await found(
      hubSpot,
      filtered({ propertyName: 'associations.contact', operator: 'IN', values: ['201', '202'] }),
    );

    expect(answer.ids).toEqual(['101']);
  });
});
