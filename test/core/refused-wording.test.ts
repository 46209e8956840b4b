import { expect, it } from '@jest/globals';
import { refusedText } from '../../src/core/refused-wording.ts';

it('says what was refused, why, and that a task is to be changed by hand', () => {
  const move = { kind: 'moveTask', said: 'VALIDATION_ERROR INVALID_OWNER', isTriedAgain: false };

  expect(refusedText(2, move)).toBe(
    '2. The oldest: a change of a task. HubSpot says: “VALIDATION_ERROR INVALID_OWNER”. It is not tried again: please change the task in HubSpot. A week after the last try it leaves this list.',
  );
});

it('says that nobody knows whether it was written', () => {
  const note = { kind: 'note', said: null, isTriedAgain: false };

  expect(refusedText(1, note)).toBe(
    '1: a note about a check-in. HubSpot did not say whether it was written, and we could not find it. It is not tried again. A week after the last try it leaves this list.',
  );
});
