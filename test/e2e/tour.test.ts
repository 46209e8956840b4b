import { describe, expect, it, jest } from '@jest/globals';
import { playStory } from '../../scripts/tour/play.ts';
import type { STORIES } from '../../scripts/tour/stories.ts';
import type { openWorld } from '../../scripts/tour/world.ts';
import { holdsToItsEnd, PLAYED_STORIES } from './support/play-stories.ts';
import { PATIENCE_MS } from './support/shared-world.ts';

jest.setTimeout(PATIENCE_MS);

describe('the worked stories over sockets, each from the install on', () => {
  it.each(PLAYED_STORIES)('hold: %s', (_title, story) => holdsToItsEnd(story));

  it('reports a story that breaks by its failed step, and plays nothing after it', async () => {
    const world = { close: () => Promise.resolve() } as Awaited<ReturnType<typeof openWorld>>;
    const broken = {
      id: 'x',
      title: 'Broken',
      startsAt: '2026-05-01T15:00:00Z',
      play: async (_world: unknown, step: Parameters<(typeof STORIES)[number]['play']>[1]) => {
        await step('holds', () => undefined);
        await step('breaks', () => {
          throw new Error('two instead of one');
        });
        await step('is not reached', () => undefined);
      },
    };

    const result = await playStory(broken, () => Promise.resolve(world));

    expect(result).toEqual({
      id: 'x',
      title: 'Broken',
      passed: false,
      steps: [
        { name: 'holds', passed: true, detail: '' },
        { name: 'breaks', passed: false, detail: 'two instead of one' },
      ],
    });
  });
});
