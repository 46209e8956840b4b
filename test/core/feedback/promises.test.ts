import { describe, expect, it } from '@jest/globals';
import { promiseStateOn } from '../../../src/core/feedback/promises.ts';
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
