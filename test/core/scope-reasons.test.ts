import { describe, expect, it } from '@jest/globals';
import { SCOPE_REASONS } from '../../src/core/wording.ts';

describe('the reason of a permission', () => {
  it('names each of the five fields that are written on a company', () => {
    const reason = SCOPE_REASONS['crm.objects.companies.write'];

    expect(reason).toBe(
      'Writes the five check-in fields on the company: last and next check-in, how many so far, open issues, last contact without an agenda.',
    );
  });
});
