import { describe, expect, it } from '@jest/globals';
import { byRecordAge } from '../../src/core/record-age.ts';

describe('the age of records by their ids', () => {
  it('puts a shorter id before a longer one, and ids beyond exact numbers in order', () => {
    const ids = ['10', '9', '90071992547409931', '90071992547409930'];

    expect(ids.toSorted(byRecordAge)).toEqual(['9', '10', '90071992547409930', '90071992547409931']);
  });
});
