import { describe, expect, it } from '@jest/globals';
import { formatDay, formatMoment, parseInstant, sentenceCase } from '../../../../sandbox/host/page/format.ts';
import { parseRoute } from '../../../../sandbox/host/page/route.ts';
import { contextOf, viewerFrom, viewersOf } from '../../../../sandbox/host/page/viewers.ts';

const team = { id: '9', name: 'Midwest' };
const owner = (userId: number | null, firstName: string, superAdmin = false) => ({
  id: `5${userId ?? 0}`,
  email: `${firstName.toLowerCase()}@example.com`,
  firstName,
  lastName: 'Example',
  userId,
  teams: [team],
  superAdmin,
  locale: 'en-US',
});
const portal = {
  portalId: 41,
  name: 'Acme',
  timeZone: 'America/Chicago',
  uiDomain: 'app.hubspot.com',
  installed: true,
  owners: [owner(3, 'Tom'), owner(null, 'Gone'), owner(2, 'Mia'), owner(1, 'Ana', true)],
};

describe('the address of a page', () => {
  it.each([
    { path: '/', route: { page: 'portals' } },
    { path: '/companies/41', route: { page: 'companies', portalId: 41 } },
    {
      path: '/record/41/company/9007199254740993',
      route: { page: 'record', portalId: 41, companyId: '9007199254740993' },
    },
    { path: '/home/41', route: { page: 'home', portalId: 41, path: '/' } },
    { path: '/home/41/customers/7', route: { page: 'home', portalId: 41, path: '/customers/7' } },
    { path: '/settings/41', route: { page: 'settings', portalId: 41 } },
    { path: '/settings/nobody', route: { page: 'portals' } },
  ])('reads $path', ({ path, route }) => {
    expect(parseRoute(path)).toEqual(route);
  });
});

describe('the viewers of an account', () => {
  it('are its users, admins first, and an outsider; a user who left cannot look', () => {
    expect(viewersOf(portal).map((viewer) => viewer.firstName)).toEqual(['Ana', 'Mia', 'Tom', 'Olive']);
  });

  it('are chosen by the address, else the first looks', () => {
    const viewers = viewersOf(portal);

    expect(viewerFrom(viewers, '3').firstName).toBe('Tom');
    expect(viewerFrom(viewers, '999').firstName).toBe('Ana');
    expect(viewerFrom(viewers, null).firstName).toBe('Ana');
  });

  it('give an extension the context that HubSpot gives', () => {
    const [admin, rep] = viewersOf(portal);

    expect(contextOf(portal, rep!)).toMatchObject({
      user: {
        id: 2,
        email: 'mia@example.com',
        teams: [{ id: 9, name: 'Midwest', teammates: [3, 2, 1] }],
        permissions: [],
      },
      portal: { id: 41, timezone: 'America/Chicago' },
    });
    expect(contextOf(portal, admin!).user.permissions).toEqual(['integrations-management-write']);
  });
});

describe('values of a record', () => {
  it('are instants as ISO texts or as milliseconds', () => {
    expect(parseInstant('2026-11-21T16:05:00Z')?.getTime()).toBe(1795277100000);
    expect(parseInstant('1795277100000')?.getTime()).toBe(1795277100000);
    expect(parseInstant('soon')).toBeNull();
    expect(parseInstant(null)).toBeNull();
  });

  it('are shown in the time zone of the account', () => {
    expect(formatMoment(new Date('2026-11-21T04:05:00Z'), 'America/Chicago')).toBe(
      'Nov 20, 2026 at 10:05 PM',
    );
  });

  it('are days of no zone when they have no time, else days of the account', () => {
    expect(formatDay('2026-08-02', 'America/Chicago')).toBe('Aug 2, 2026');
    expect(formatDay('2026-08-02T03:00:00Z', 'America/Chicago')).toBe('Aug 1, 2026');
    expect(formatDay(null, 'America/Chicago')).toBe('');
  });

  it('lose their capitals', () => {
    expect(sentenceCase('NOT_STARTED')).toBe('Not started');
  });
});
