import { describe, expect, it } from '@jest/globals';
import { keptOf, promiseStateOn, waitingPromises } from '../../../src/core/feedback/promises.ts';
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

describe('promises', () => {
  it('wait in the order in which they are due, overdue ones too', () => {
    const all = [promise('open', '2026-09-02'), promise('kept', '2026-08-01'), promise('open', '2026-08-20')];

    expect(waitingPromises(all).map((one) => one.dueOn)).toEqual(['2026-08-20', '2026-09-02']);
  });

  it('are counted as kept among those kept or broken', () => {
    const all = [
      promise('kept'),
      promise('broken'),
      promise('open', '2026-08-26'),
      promise('open', '2026-09-30'),
    ];

    expect(keptOf(all, '2026-08-27')).toEqual({ kept: 1, total: 3 });
  });
});
