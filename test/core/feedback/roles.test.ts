import { describe, expect, it } from '@jest/globals';
import { managerOf, roleOnCompany, rolesFor } from '../../../src/core/feedback/roles.ts';
import { asOwnerId, asUserId } from '../../../src/core/model.ts';
import type { Role } from '../../../src/core/model.ts';

const INSTALLER = asUserId(1);
const MANAGER = asUserId(2);
const TOM = asOwnerId('30');

describe('the roles of a person', () => {
  it.each([
    ['the installer', 1, null, false, ['admin', 'manager']],
    ['the installer who owns companies', 1, '10', true, ['admin', 'manager', 'rep']],
    ['a manager named in settings', 2, '20', false, ['manager']],
    ['an owner of companies', 3, '30', true, ['rep']],
    ['an owner of nothing', 3, '30', false, ['viewer']],
    ['someone HubSpot does not know as an owner', 4, null, true, ['viewer']],
  ])('%s has the roles of it', (_who, userId, ownerId, ownsCompanies, roles) => {
    const found = rolesFor({
      userId: asUserId(userId),
      installedByUserId: INSTALLER,
      ownerId: ownerId === null ? null : asOwnerId(ownerId),
      ownsCompanies,
      settingsManagers: [{ managerUserId: 2, repOwnerIds: [] }],
    });

    expect([...found].sort()).toEqual(roles);
  });
});

describe('the manager of a rep', () => {
  const owner = (ownerId: string, userId: number | null, primaryTeamId: string | null, active = true) => ({
    ownerId: asOwnerId(ownerId),
    userId: userId === null ? null : asUserId(userId),
    primaryTeamId,
    active,
  });
  const owners = [
    owner('10', 1, 'east'),
    owner('20', 2, 'west'),
    owner('30', 3, 'west'),
    owner('40', 4, null),
  ];
  const base = { owners, settings: { managers: [] }, installedByUserId: INSTALLER };
  const named = { managers: [{ managerUserId: 2, repOwnerIds: [] }] };

  it('is the installer where nothing else is known', () => {
    expect(managerOf(TOM, base)).toBe(INSTALLER);
    expect(managerOf(asOwnerId('99'), base)).toBe(INSTALLER);
    expect(managerOf(null, { ...base, settings: named })).toBe(INSTALLER);
  });

  it('is the manager who shares the rep’s primary team', () => {
    expect(managerOf(TOM, { ...base, settings: named })).toBe(MANAGER);
  });

  it('is the one whom the settings name, whatever the team', () => {
    const settings = { managers: [...named.managers, { managerUserId: 5, repOwnerIds: ['30'] }] };

    expect(managerOf(TOM, { ...base, settings })).toBe(5);
  });

  it('is the installer for a rep without team, though another manager has none either', () => {
    const settings = { managers: [{ managerUserId: 6, repOwnerIds: [] }] };
    const withManager = { ...base, owners: [...owners, owner('60', 6, null)], settings };

    expect(managerOf(asOwnerId('40'), withManager)).toBe(INSTALLER);
  });

  it('is not someone who left', () => {
    const gone = owners.map((one) => (one.userId === MANAGER ? { ...one, active: false } : one));

    expect(managerOf(TOM, { ...base, owners: gone, settings: named })).toBe(INSTALLER);
  });

  it('is nobody’s self by team', () => {
    expect(managerOf(asOwnerId('20'), { ...base, settings: named })).toBe(INSTALLER);
  });

  it('is the first in the settings where two share the team', () => {
    const both = [...owners, owner('70', 7, 'west')];
    const settings = { managers: [{ managerUserId: 7, repOwnerIds: [] }, ...named.managers] };

    expect(managerOf(TOM, { ...base, owners: both, settings })).toBe(7);
  });
});

describe('the view of a company', () => {
  const roles = (...names: Role[]) => new Set(names);
  const tom = { userId: asUserId(3), ownerId: TOM, roles: roles('rep') };
  const company = { callerUserId: MANAGER, companyOwnerId: TOM };

  it('is the manager’s for who calls', () => {
    const viewer = { userId: MANAGER, ownerId: asOwnerId('20'), roles: roles('manager') };

    expect(roleOnCompany({ ...company, ...viewer })).toBe('manager');
  });

  it('is the manager’s for the installer', () => {
    const viewer = { userId: INSTALLER, ownerId: null, roles: roles('admin', 'manager') };

    expect(roleOnCompany({ ...company, ...viewer })).toBe('manager');
  });

  it('is the rep’s for the owner', () => {
    expect(roleOnCompany({ ...company, ...tom })).toBe('rep');
  });

  it('hides the log from an owner who calls', () => {
    expect(roleOnCompany({ ...company, ...tom, callerUserId: tom.userId })).toBe('manager');
  });

  it('is a viewer’s for another rep, another manager and an admin alone', () => {
    const others = [
      { userId: asUserId(4), ownerId: asOwnerId('40'), roles: roles('rep') },
      { userId: asUserId(5), ownerId: asOwnerId('50'), roles: roles('manager') },
      { userId: asUserId(6), ownerId: null, roles: roles('admin') },
    ];

    expect(others.map((viewer) => roleOnCompany({ ...company, ...viewer }))).toEqual([
      'viewer',
      'viewer',
      'viewer',
    ]);
  });

  it('does not take a person without owner id for the owner of an unowned company', () => {
    const viewer = { userId: asUserId(6), ownerId: null, roles: roles('viewer') };

    expect(roleOnCompany({ ...viewer, callerUserId: null, companyOwnerId: null })).toBe('viewer');
  });
});
