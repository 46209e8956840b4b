import { describe, it, jest } from '@jest/globals';
import { holdsToItsEnd, STORIES_OF_MEMORY } from './support/play-stories.ts';
import { PATIENCE_MS } from './support/shared-world.ts';

jest.setTimeout(PATIENCE_MS);

describe('the worked stories of what customers remember, each from the install on', () => {
  it.each(STORIES_OF_MEMORY)('hold: %s', (_title, story) => holdsToItsEnd(story));
});
