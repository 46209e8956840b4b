import { describe, expect, it } from '@jest/globals';
import { adviceFault, adviceLines } from '../../../src/core/feedback/coaching-note.ts';

const line = (characters: number, character = 'a') => character.repeat(characters);

describe('advice for a rep', () => {
  it('is read line by line, without blank lines and the spaces around them', () => {
    const lines = adviceLines('  Ask first. \r\n\r\n\t\nThen listen.\u2028Then call.\n');

    expect(lines).toEqual(['Ask first.', 'Then listen.', 'Then call.']);
  });

  it('has three lines at most', () => {
    const faults = [3, 4].map((count) => adviceFault(Array.from({ length: count }, () => 'Ask.')));

    expect(faults).toEqual([null, 'tooManyLines']);
  });

  it('has lines of 200 characters at most, as people count them', () => {
    const faults = [line(200), line(201), line(200, '🙂'), line(201, '🙂')].map((text) =>
      adviceFault([text]),
    );

    expect(faults).toEqual([null, 'lineTooLong', null, 'lineTooLong']);
  });
});
