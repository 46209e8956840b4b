import { expect } from '@jest/globals';
import nock from 'nock';
import { playStory, type Story } from '../../../scripts/tour/play.ts';
import { STORIES } from '../../../scripts/tour/stories.ts';
import { openWorld } from '../../../scripts/tour/world.ts';

/** These stories are played over real sockets; see shared-world.ts. */
nock.restore();

/** The install. `npm run tour`, which CI runs beside the tests, plays it and all others. */
const PLAYED_HERE = ['0'];
export const PLAYED_STORIES = STORIES.filter(({ id }) => PLAYED_HERE.includes(id)).map(
  (story) => [story.title, story] as const,
);

/** Plays a story as `npm run tour` does; a failed step is shown with its detail. */
export async function holdsToItsEnd(story: Story): Promise<void> {
  const { steps } = await playStory(story, openWorld);
  expect(steps.filter(({ passed }) => !passed)).toEqual([]);
  expect(steps.length).toBeGreaterThan(4);
}
