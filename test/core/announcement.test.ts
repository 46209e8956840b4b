import { describe, expect, it } from '@jest/globals';
import { announcementText, QUESTION } from '../../src/core/wording.ts';

describe('the default announcement', () => {
  it('tells reps what will happen, and nothing that does not: there is no random draw', () => {
    const text = announcementText('Thu, Nov 19', 5);

    expect(text.split(/(?<=[.?]) /)).toEqual([
      `I will call our customers on a regular schedule and ask: ${QUESTION}`,
      'I may also ask when someone last talked with them.',
      'From Thu, Nov 19 on, once you have read this, answers may be compared with the log.',
      'Within a day you see what your customers said, the good things first.',
      'If an answer does not fit the log, you see it first and have five business days to reply.',
      'People forget, so one answer never proves anything.',
      'No call is recorded, nobody is ranked, and my own calls and promises are on the page too.',
      'The full method is on the program page.',
      'Please tell me what worries you.',
    ]);
  });

  it.each([
    [7, 'seven business days'],
    [20, '20 business days'],
  ])('promises reps the %i days that the settings give them to reply', (days, told) => {
    expect(announcementText('Thu, Nov 19', days)).toContain(`and have ${told} to reply.`);
  });
});
