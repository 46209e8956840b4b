import { describe, expect, it } from '@jest/globals';
import { byTaskAge } from '../../src/core/task-age.ts';

describe('the age of tasks by their ids', () => {
  it('puts a shorter id before a longer one, and ids beyond exact numbers in order', () => {
    const ids = ['10', '9', '90071992547409931', '90071992547409930'];

    expect(ids.toSorted(byTaskAge)).toEqual(['9', '10', '90071992547409930', '90071992547409931']);
  });
});
