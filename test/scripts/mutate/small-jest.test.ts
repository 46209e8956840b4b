import { describe, expect, it } from '@jest/globals';
import * as small from '../../../scripts/mutate/small-jest.ts';

/** A file of two tests and their hooks, and what of it was run. */
function aFile(seen: string[], firstTest: () => void): void {
  const note = (step: string) => () => void seen.push(step);
  small.afterAll(note('after'));
  small.describe('a group', () => {
    small.it('is first', () => {
      seen.push('first');
      firstTest();
    });
    small.it.each([[1, 2]])('is second', (one: number, two: number) => void seen.push(`second ${one + two}`));
  });
  small.beforeAll(note('before'));
}

describe('the tests of a trial', () => {
  it('run between what is done before and after them', async () => {
    const seen: string[] = [];
    aFile(seen, () => undefined);

    expect(await small.firstFailure()).toBeNull();
    expect(seen).toEqual(['before', 'first', 'second 3', 'after']);
  });

  it('end at the first that fails, and are cleaned up all the same', async () => {
    const seen: string[] = [];
    aFile(seen, () => {
      throw new Error('No.');
    });

    expect(await small.firstFailure()).toBe('Error: No.');
    expect(seen).toEqual(['before', 'first', 'after']);
  });

  it('leave nothing behind for the next trial', async () => {
    expect(await small.firstFailure()).toBeNull();
  });
});
