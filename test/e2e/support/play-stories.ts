import { expect } from '@jest/globals';
import nock from 'nock';
import { playStory, type Story } from '../../../scripts/tour/play.ts';
import { STORIES } from '../../../scripts/tour/stories.ts';
import { openWorld } from '../../../scripts/tour/world.ts';

/** These stories are played over real sockets; see shared-world.ts. */
nock.restore();

/** The tour's stories in two test files, which jest plays side by side. */
const HALF = 3;
const titled = STORIES.map((story) => [story.title, story] as const);
export const FIRST_STORIES = titled.slice(0, HALF);
export const STORIES_OF_MEMORY = titled.slice(HALF);

/** Plays a story as `npm run tour` does; a failed step is shown with its detail. */
export async function holdsToItsEnd(story: Story): Promise<void> {
  const { steps } = await playStory(story, openWorld);
  expect(steps.filter(({ passed }) => !passed)).toEqual([]);
  expect(steps.length).toBeGreaterThan(4);
}
