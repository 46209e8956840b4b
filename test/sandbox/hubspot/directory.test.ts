import { afterEach, describe, expect, it } from '@jest/globals';
import { closeAll, startHubSpot } from './support.ts';

afterEach(closeAll);

const OWNERS = '/crm/owners/2026-03';
const TASK_PROPERTIES = '/crm/properties/2026-03/tasks';
const COMPANY_PROPERTIES = '/crm/properties/2026-03/companies';

function property(name: string, more: Record<string, unknown> = {}) {
  return {
    name,
    label: 'Label',
    groupName: 'companyinformation',
    type: 'string',
    fieldType: 'text',
    ...more,
  };
}

describe('contract line 12: owners', () => {
  it('contract line 12: the plain list holds active owners, queues among them', async () => {
    const hubSpot = await startHubSpot();

    const answer = await hubSpot.api('GET', OWNERS);

    expect(answer.body.results).toMatchObject([
      {
        id: '501',
        type: 'PERSON',
        userId: 9001,
        archived: false,
        teams: [{ id: '1', name: 'Team', primary: true }],
      },
      { id: '502', type: 'PERSON', userId: 9002 },
      { id: '504', type: 'QUEUE', userId: null },
    ]);
  });

  it('contract line 12: the archived list shows who left, with a null user id', async () => {
    const hubSpot = await startHubSpot();

    const answer = await hubSpot.api('GET', `${OWNERS}?archived=true`);

    expect(answer.body.results).toMatchObject([
      { id: '503', userId: null, userIdIncludingInactive: 9003, archived: true },
    ]);
  });

  it('pages owners, finds one by e-mail, and refuses pages over 100', async () => {
    const hubSpot = await startHubSpot();

    const first = await hubSpot.api('GET', `${OWNERS}?limit=2`);
    const second = await hubSpot.api('GET', `${OWNERS}?limit=2&after=${first.body.paging?.next.after ?? ''}`);
    const byMail = await hubSpot.api('GET', `${OWNERS}?email=TOM@example.com`);
    const tooMany = await hubSpot.api('GET', `${OWNERS}?limit=101`);

    expect(second.body.results.map((owner) => owner.id)).toEqual(['504']);
    expect(byMail.body.results.map((owner) => owner.id)).toEqual(['502']);
    expect(tooMany.status).toBe(400);
  });

  it('reads one owner by id or by user id', async () => {
    const hubSpot = await startHubSpot();

    const byId = await hubSpot.api('GET', `${OWNERS}/502`);
    const byUser = await hubSpot.api('GET', `${OWNERS}/9002?idProperty=userId`);
    const archived = await hubSpot.api('GET', `${OWNERS}/503`);

    expect([byId.body.id, byUser.body.id]).toEqual(['502', '502']);
    expect(archived.status).toBe(404);
  });
});

describe('account details', () => {
  it('tells the time zone as the account wrote it, with its offset of the day', async () => {
    const hubSpot = await startHubSpot();

    const answer = await hubSpot.api('GET', '/account-info/2026-03/details');

    expect(answer.body).toMatchObject({
      portalId: 700001,
      accountType: 'STANDARD',
      timeZone: 'US/Eastern',
      utcOffset: '-05:00',
      utcOffsetMilliseconds: -18_000_000,
      uiDomain: 'app.hubspot.com',
    });
  });
});

describe('contract line 14: properties and groups', () => {
  it('contract line 14: creates a group and a property, which can then be written', async () => {
    const hubSpot = await startHubSpot();

    const group = await hubSpot.api('POST', `${COMPANY_PROPERTIES}/groups`, {
      name: 'sci',
      label: 'Service check-in',
    });
    const made = await hubSpot.api(
      'POST',
      COMPANY_PROPERTIES,
      property('sci_wave', { groupName: 'sci', type: 'number', fieldType: 'number' }),
    );
    const written = await hubSpot.api('PATCH', '/crm/objects/2026-03/companies/101', {
      properties: { sci_wave: 1 },
    });

    expect([group.status, made.status, written.status]).toEqual([201, 201, 200]);
    expect(written.body.properties['sci_wave']).toBe('1');
  });

  it('contract line 14: a group or property that exists is refused with 409', async () => {
    const hubSpot = await startHubSpot();
    const group = { name: 'sci', label: 'Service check-in' };
    await hubSpot.api('POST', `${COMPANY_PROPERTIES}/groups`, group);
    await hubSpot.api('POST', COMPANY_PROPERTIES, property('sci_wave'));

    const sameGroup = await hubSpot.api('POST', `${COMPANY_PROPERTIES}/groups`, group);
    const sameProperty = await hubSpot.api('POST', COMPANY_PROPERTIES, property('sci_wave'));

    expect([sameGroup.status, sameProperty.status]).toEqual([409, 409]);
    expect(sameProperty.body.category).toBe('OBJECT_ALREADY_EXISTS');
  });

  it('contract line 14: a batch makes the good properties and lists the others in a 207', async () => {
    const hubSpot = await startHubSpot();

    const answer = await hubSpot.api('POST', `${COMPANY_PROPERTIES}/batch/create`, {
      inputs: [
        property('sci_wave'),
        property('name'),
        property('sci_next_due', { type: 'date', fieldType: 'date' }),
      ],
    });

    expect(answer.status).toBe(207);
    expect(answer.body.results.map((made) => made.name)).toEqual(['sci_wave', 'sci_next_due']);
    expect(answer.body.errors).toMatchObject([
      { category: 'OBJECT_ALREADY_EXISTS', context: { name: ['name'] } },
    ]);
  });

  it.each([
    ['an unknown group', property('sci_x', { groupName: 'nowhere' })],
    ['a name in capitals', property('Sci_X')],
    ['HubSpot’s own prefix', property('hs_x')],
    ['a field type of another type', property('sci_x', { type: 'number', fieldType: 'text' })],
    ['an enumeration without options', property('sci_x', { type: 'enumeration', fieldType: 'select' })],
  ])('contract line 14: refuses %s', async (_what, input) => {
    const hubSpot = await startHubSpot();

    const answer = await hubSpot.api('POST', COMPANY_PROPERTIES, input);

    expect(answer.status).toBe(400);
  });

  it('contract line 14: the eleventh unique property of a type is refused', async () => {
    const hubSpot = await startHubSpot();
    const create = (index: number) =>
      hubSpot.api(
        'POST',
        TASK_PROPERTIES,
        property(`sci_key_${String(index)}`, { groupName: 'task', hasUniqueValue: true }),
      );
    const made: number[] = [];

    for (let index = 1; index <= 11; index += 1) made.push((await create(index)).status);

    expect(made).toEqual([...Array.from({ length: 10 }, () => 201), 400]);
  });

  it('contract line 14: company properties need their own schema scope', async () => {
    const hubSpot = await startHubSpot();
    await hubSpot.settings({ removeScopes: ['crm.schemas.companies.write'] });

    const answer = await hubSpot.api('POST', COMPANY_PROPERTIES, property('sci_wave'));

    expect(answer.status).toBe(403);
    expect(answer.body.errors[0]?.context['requiredGranularScopes']).toEqual(['crm.schemas.companies.write']);
  });

  it('lists an enumeration’s options, the account’s own dispositions among them', async () => {
    const hubSpot = await startHubSpot();
    await hubSpot.send('POST', '/_control/portals', {
      mode: 'merge',
      portal: {
        portalId: 700001,
        name: 'x',
        timeZone: 'UTC',
        callDispositions: [{ id: 'own-1', label: 'Chatted' }],
      },
    });

    const answer = await hubSpot.api('GET', '/crm/properties/2026-03/calls/hs_call_disposition');

    expect(answer.text).toContain('f240bbac-87c9-4f6e-bf70-924b57d47db7');
    expect(answer.text).toContain('own-1');
  });
});
