import { expect, it } from '@jest/globals';
import { getHome } from '../../src/usecases/get-home.ts';
import { useWorlds, type World } from '../support/world.ts';

const worlds = useWorlds();

async function announcementOf(world: World): Promise<string | undefined> {
  const { admin } = await getHome(world.deps, world.manager);
  return admin?.health.find(({ label }) => label === 'Announcement')?.value;
}

it('tells the admin from when on the announced calls are made', async () => {
  const world = await worlds.fresh();

  expect(await announcementOf(world)).toBe('Made; calls from May 1');
});

it('tells the admin that nothing is announced yet', async () => {
  const world = await worlds.fresh({ announcedDaysAgo: null });

  expect(await announcementOf(world)).toBe('Not yet');
});
