import { describe, expect, it } from '@jest/globals';
import { asPortalId, type UserId } from '../../src/core/model.ts';
import { beginInstall, completeInstall, disconnectPortal } from '../../src/usecases/install.ts';
import { AppError } from '../../src/errors.ts';
import type { Deps } from '../../src/usecases/ports.ts';
import { MANAGER, OTHER_REP, useWorlds, type World } from '../support/world.ts';

const worlds = useWorlds();
const STATE = 'a-state-of-this-browser';

/** HubSpot grants tokens for the world's account. */
function granting(world: World, userId: UserId = MANAGER.userId): Deps {
  const exchangeCode: Deps['oauth']['exchangeCode'] = () =>
    Promise.resolve({
      portalId: world.portalId,
      userId,
      scopes: ['oauth'],
      accessToken: 'new-access',
      refreshToken: 'new-refresh',
      expiresInS: 1_800,
    });
  return { ...world.deps, oauth: { ...world.deps.oauth, exchangeCode } };
}

async function install(deps: Deps): Promise<void> {
  await beginInstall(deps, STATE);
  await completeInstall(deps, { code: 'code', state: STATE, stateInCookie: STATE });
}

const people = (world: World, hasInstallerLeft: boolean) =>
  world.deps.fake.owners.map((owner) =>
    owner.ownerId === MANAGER.ownerId && hasInstallerLeft ? { ...owner, userId: null, active: false } : owner,
  );

async function adminOf(world: World): Promise<UserId | undefined> {
  return (await world.inside((scope) => world.store.portals.find(scope)))?.installedByUserId;
}

describe('connecting an account again', () => {
  it('has its tokens before any job may run for it', async () => {
    const world = await worlds.fresh();
    await disconnectPortal(world.deps, world.portalId);
    const statuses: (string | undefined)[] = [];
    const deps = granting(world);
    const vault: Deps['vault'] = {
      ...deps.vault,
      save: async (portalId, tokens) => {
        statuses.push((await world.inside((scope) => world.store.portals.find(scope)))?.status);
        await deps.vault.save(portalId, tokens);
      },
    };

    await install({ ...deps, vault });

    expect(statuses).toEqual(['disconnected']);
    expect(await world.inside((scope) => world.store.portals.find(scope))).toMatchObject({
      status: 'installed',
    });
    expect(await world.deps.vault.read(world.portalId)).toMatchObject({ accessToken: 'new-access' });
  });

  it.each([
    ['is its admin where the installer has left', true, OTHER_REP.userId],
    ['leaves it to an installer who is there', false, MANAGER.userId],
  ])('whoever does it %s', async (_what, hasLeft, admin) => {
    const world = await worlds.fresh();
    // As they were read before the account was disconnected, the other way round.
    await world.inside((scope) => world.store.people.replaceOwners(scope, people(world, !hasLeft)));
    world.deps.fake.owners.splice(0, Infinity, ...people(world, hasLeft));

    await install(granting(world, OTHER_REP.userId));

    expect(await adminOf(world)).toBe(admin);
  });

  it.each<[string, (world: World) => void]>([
    [
      'HubSpot does not say who is there',
      (world) => world.deps.fake.failNext('owners', 'hubspot_unavailable'),
    ],
    ['HubSpot names nobody', (world) => world.deps.fake.owners.splice(0)],
  ])('whoever does it leaves it to its installer where %s', async (_what, happens) => {
    const world = await worlds.fresh();
    await world.inside((scope) => world.store.people.replaceOwners(scope, people(world, true)));
    happens(world);

    await install(granting(world, OTHER_REP.userId));

    expect(await adminOf(world)).toBe(MANAGER.userId);
    expect(await world.inside((scope) => world.store.portals.find(scope))).toMatchObject({
      status: 'installed',
    });
  });

  it('keeps settings and start', async () => {
    const world = await worlds.fresh();
    const before = await world.inside((scope) => world.store.programs.current(scope));

    await install(granting(world));

    const [portal, program] = await world.inside(async (scope) => [
      await world.store.portals.find(scope),
      await world.store.programs.current(scope),
    ]);
    expect(program).toEqual(before);
    expect(portal?.startedAt).not.toBeNull();
  });
});

describe('a refused token', () => {
  const tokens = (name: string) => ({
    accessToken: `${name}-access`,
    refreshToken: `${name}-refresh`,
    expiresAt: new Date('2030-01-01T00:00:00Z'),
  });
  const statusOf = async (world: World) =>
    (await world.inside((scope) => world.store.portals.find(scope)))?.status;

  it('stops the account and is forgotten', async () => {
    const world = await worlds.fresh();
    await world.deps.vault.save(world.portalId, tokens('old'));

    await disconnectPortal(world.deps, world.portalId, 'old-refresh');

    expect(await statusOf(world)).toBe('disconnected');
    expect(await world.deps.vault.read(world.portalId)).toBeNull();
  });

  it.each([['old-refresh'], [null]])(
    'does not disconnect an account that was connected again since (%s)',
    async (refusedToken) => {
      const world = await worlds.fresh();
      await world.deps.vault.save(world.portalId, tokens('old'));
      await world.deps.vault.save(world.portalId, tokens('new'));

      await disconnectPortal(world.deps, world.portalId, refusedToken);

      expect(await statusOf(world)).toBe('installed');
      expect(await world.deps.vault.read(world.portalId)).toEqual(tokens('new'));
    },
  );
});

describe('a sign-in', () => {
  it.each([
    ['no state', '', ''],
    ['the state of another browser', STATE, 'another'],
    ['a state that nobody began', 'unknown', 'unknown'],
  ])('with %s installs nothing', async (_what, state, stateInCookie) => {
    const world = await worlds.fresh();
    const unknown = asPortalId(999_999);

    const completing = completeInstall(granting(world), { code: 'code', state, stateInCookie });

    await expect(completing).rejects.toMatchObject({ code: 'unauthenticated' });
    expect(await world.deps.vault.read(world.portalId)).toBeNull();
    expect(await world.store.inTenant(unknown, (scope) => world.store.portals.find(scope))).toBeNull();
  });

  it('works once', async () => {
    const world = await worlds.fresh();
    await install(granting(world));

    const again = completeInstall(granting(world), { code: 'code', state: STATE, stateInCookie: STATE });

    await expect(again).rejects.toMatchObject({ code: 'unauthenticated' });
  });
});

describe('connecting an account for the first time', () => {
  async function connected(portal: number, change: Partial<Deps['hubspot']>) {
    const world = await worlds.fresh();
    const deps = granting(world);
    const portalId = asPortalId(portal);
    const grant = await deps.oauth.exchangeCode('code');
    const exchangeCode = () => Promise.resolve({ ...grant, portalId });
    const hubspot = { ...deps.hubspot, ...change };
    await install({ ...deps, hubspot, oauth: { ...deps.oauth, exchangeCode } });
    const program = await world.store.inTenant(portalId, (scope) => world.store.programs.current(scope));
    return program?.settings;
  }

  it('begins with the holidays of the country that its time zone tells of', async () => {
    const inBerlin = { timeZone: 'Europe/Berlin', uiDomain: 'app.hubspot.com' };

    const settings = await connected(77_001, { accountDetails: () => Promise.resolve(inBerlin) });

    expect(settings).toMatchObject({ holidayCountry: 'DE', holidayRegion: null });
  });

  it('is connected with the usual holidays where HubSpot does not say which zone it has', async () => {
    const away = () => Promise.reject(new AppError('hubspot_unavailable', 'HubSpot is away.'));

    expect(await connected(77_002, { accountDetails: away })).toMatchObject({ holidayCountry: 'US' });
  });
});
