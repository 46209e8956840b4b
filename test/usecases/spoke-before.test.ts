import { describe, expect, it } from '@jest/globals';
import type { Recall } from '../../src/usecases/records.ts';
import { callsBefore, compared, rowOf, setLog, told } from '../support/finding-story.ts';
import { FORGOT, useWorlds } from '../support/world.ts';

const worlds = useWorlds();
const HELD_TO_NOTHING = { severity: 0, rule: 'R05' };
const FIRM = { severity: 2, rule: 'R13' };

describe('somebody who says never, and was asked a quarter ago', () => {
  it.each<[string, Partial<Recall>, object]>([
    ['two contacts, and did not know when', { recency: 'DK', count: '2' }, HELD_TO_NOTHING],
    ['one contact, and was not asked when', { recency: null, count: '1' }, HELD_TO_NOTHING],
    ['a date, and no number', { recency: 'M3', count: null }, HELD_TO_NOTHING],
    ['neither a date nor a number', { recency: 'DK', count: 'DK' }, FIRM],
    ['nothing, since neither was asked', { recency: null, count: null }, FIRM],
    ['never, and none', { recency: 'NEVER', count: '0' }, FIRM],
  ])('and named %s then', async (_what, named, expected) => {
    const world = await worlds.fresh();
    await compared(world, { recall: { ...FORGOT, ...named } });
    await told(world);
    world.clock.set('2026-11-12T15:00:00Z');
    setLog(world, callsBefore('2026-11-12'));

    const again = await compared(world, { happenedOn: '2026-11-12' });

    expect((await rowOf(world, again)).result).toMatchObject(expected);
  });
});
