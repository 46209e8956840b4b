import { describe, expect, it } from '@jest/globals';
import { restMessage } from '../../src/core/run-wording.ts';

describe('the sentence about a run that rests', () => {
  it.each([
    ['403 MISSING_SCOPES', 'An admin can grant it again in the settings, step 5.'],
    ['403 FORBIDDEN', 'An admin can grant it again in the settings, step 5.'],
    [
      '400 VALIDATION_ERROR PROPERTY_DOESNT_EXIST sci_touch_key',
      'An admin can restore it in HubSpot’s settings',
    ],
    ['410 GONE', 'says: “410 GONE”.'],
  ])('names what can be done about %s, and how far the run is', (refusal, remedy) => {
    const message = restMessage({ why: 'refused', refusal }, 1_200, 8_800);

    expect(message).toContain(remedy);
    expect(message).toMatch(/ We try again every few minutes by ourselves\. 1200 done, 8800 to go\.$/);
  });

  it('counts the tasks in doubt', () => {
    expect(restMessage({ why: 'inDoubt', tasks: 3 }, 4, 3)).toBe(
      'HubSpot does not say what became of 3 tasks. We look for them and go on by ourselves. 4 done, 3 to go.',
    );
  });
});
