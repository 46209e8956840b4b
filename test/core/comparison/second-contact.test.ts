import { describe, expect, it } from '@jest/globals';
import {
  areSurelyTwoPeople,
  isErased,
  mayBeSamePerson,
} from '../../../src/core/comparison/second-contact.ts';

const dana = { respondentContactId: '301', respondentName: 'Dana Ruiz' };
const luis = { respondentContactId: '302', respondentName: 'Luis Vega' };
/** The id that HubSpot went on with after it merged two records of Dana. */
const danaMerged = { respondentContactId: '309', respondentName: ' dana  ruiz ' };
const danaTyped = { respondentContactId: null, respondentName: 'Dana Ruiz' };
const erased = { respondentContactId: null, respondentName: '' };

describe('two answers', () => {
  it.each([
    ['of one contact', dana, { ...dana, respondentName: 'Dana Ruiz-Cole' }, true, false],
    ['of two contacts', dana, luis, false, true],
    ['of a contact that was merged', dana, danaMerged, true, false],
    ['of a contact and a typed name like theirs', dana, danaTyped, true, false],
    ['of a contact and another typed name', luis, danaTyped, false, false],
    ['whose names were erased', erased, erased, false, false],
    [
      'of two contacts whose names were left out',
      { ...dana, respondentName: '' },
      { ...luis, respondentName: '' },
      false,
      false,
    ],
  ])('%s', (_what, one, other, maybeOne, surelyTwo) => {
    expect([mayBeSamePerson(one, other), areSurelyTwoPeople(one, other)]).toEqual([maybeOne, surelyTwo]);
  });
});

describe('who answered', () => {
  it.each([
    ['a contact', dana, false],
    ['a typed name', danaTyped, false],
    ['a contact whose name was left out', { ...dana, respondentName: ' ' }, false],
    ['somebody who was erased', erased, true],
  ])('is known unless both id and name are gone: %s', (_who, one, expected) => {
    expect(isErased(one)).toBe(expected);
  });
});
