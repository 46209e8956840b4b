import { afterAll, beforeAll, jest } from '@jest/globals';
import nock from 'nock';
import { openWorld, type World } from '../../../scripts/tour/world.ts';

/** Generous, for machines that do other work beside the tests. */
export const PATIENCE_MS = 300_000;

/**
 * One sandbox for all tests of a file. These tests speak over real sockets on this machine; nock's patched sockets break
 * connections that end abruptly.
 * @param prepare loads and installs what the tests share
 */
export function sharedWorld(startsAt: string, prepare: (world: World) => Promise<void>): () => World {
  nock.restore();
  jest.setTimeout(PATIENCE_MS);
  let world: World | null = null;
  beforeAll(async () => {
    world = await openWorld(startsAt);
    await prepare(world);
  }, PATIENCE_MS);
  afterAll(async () => {
    await world?.close();
  }, PATIENCE_MS);
  return () => {
    if (world === null) throw new Error('The sandbox did not start.');
    return world;
  };
}
