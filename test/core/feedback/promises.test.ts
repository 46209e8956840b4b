import { describe, expect, it } from '@jest/globals';
import { promiseChoices, promiseStateOn } from '../../../src/core/feedback/promises.ts';
import type { PromiseState } from '../../../src/core/model.ts';

const promise = (state: PromiseState, dueOn = '2026-08-26') => ({ state, dueOn });

describe('a promise', () => {
  it('is open to the end of its day and broken the day after', () => {
    expect(promiseStateOn(promise('open'), '2026-08-26')).toBe('open');
    expect(promiseStateOn(promise('open'), '2026-08-27')).toBe('broken');
  });

  it('that was settled stays as it was settled', () => {
    expect(promiseStateOn(promise('kept'), '2027-01-01')).toBe('kept');
    expect(promiseStateOn(promise('broken'), '2026-08-01')).toBe('broken');
  });
});

describe('what may be said of a promise', () => {
  const choices = (state: PromiseState, issueIsOpen: boolean, settledByReader: boolean) =>
    promiseChoices({ state, issueIsOpen, settledByReader });

  it('is how it ended while it is open', () => {
    expect(choices('open', true, false)).toEqual(['kept', 'broken']);
  });

  it('is that a broken one was kept after all, or that its issue is closed, while that is open', () => {
    expect(choices('broken', true, false)).toEqual(['kept', 'closeIssue']);
    expect(choices('broken', false, false)).toEqual([]);
  });

  it('is that it was a mistake for whoever said it', () => {
    expect(choices('broken', true, true)).toEqual(['kept', 'closeIssue', 'open']);
    expect(choices('broken', false, true)).toEqual(['open']);
    expect(choices('kept', false, true)).toEqual(['open']);
    expect(choices('kept', false, false)).toEqual([]);
  });
});
