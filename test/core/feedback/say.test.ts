import { describe, expect, it } from '@jest/globals';
import { splitPraise } from '../../../src/core/feedback/say.ts';

describe('the words for the rep', () => {
  it('stand whole where nothing was marked as praise', () => {
    expect(splitPraise(' Deliveries come late. ', null)).toEqual({
      liked: null,
      said: 'Deliveries come late.',
    });
    expect(splitPraise('Deliveries come late.', '  ')).toEqual({
      liked: null,
      said: 'Deliveries come late.',
    });
  });

  it.each([
    ['Tom is great. Deliveries come late.', 'Tom is great.', 'Deliveries come late.'],
    ['Deliveries come late. Tom is great.', 'Tom is great.', 'Deliveries come late.'],
    ['Late again. Tom is great. Call first.', 'Tom is great.', 'Late again. Call first.'],
    ['Tom is great.', 'Tom is great.', ''],
  ])('of %j give the praise %j first and say the rest once', (words, liked, said) => {
    expect(splitPraise(words, liked)).toEqual({ liked, said });
  });

  it('stand whole beside praise that is not in them word for word', () => {
    expect(splitPraise('Tom is really great.', 'Tom is great.')).toEqual({
      liked: 'Tom is great.',
      said: 'Tom is really great.',
    });
  });
});
