import { describe, expect, it } from '@jest/globals';
import { percent, plannerPanel, recallPanel } from '../../src/core/method-wording.ts';

const SEVEN_REPS = { reps: 7, customers: 420, capacity: 140, firmShare: 0 };
const valuesOf = (panel: { facts: readonly { label: string; value: string }[] }) =>
  Object.fromEntries(panel.facts.map(({ label, value }) => [label, value]));

describe('the planner’s panel', () => {
  it('says what a census and the chosen pace take', () => {
    const facts = valuesOf(plannerPanel(SEVEN_REPS));

    expect(facts['Everyone once a quarter']).toBe('420 calls, about 42 hours');
    expect(facts['Room at your pace']).toBe('140 calls, about 14 hours');
  });

  it('gives the chance to reach one of the accounts that hear from nobody', () => {
    const facts = valuesOf(plannerPanel({ ...SEVEN_REPS, capacity: 7 * 25 }));

    expect(facts['3 of a rep’s 60 accounts hear from nobody']).toBe(
      '25 check-ins a quarter reach at least one of them with a chance of 81%.',
    );
  });

  it('leaves nothing to chance where every account is asked', () => {
    const facts = valuesOf(plannerPanel({ ...SEVEN_REPS, capacity: 780 }));

    expect(facts['A rep’s 60 accounts']).toMatch(/^All of them are asked/);
    expect(Object.keys(facts).filter((label) => label.includes('60 accounts hear'))).toEqual([]);
  });

  it('says that thinly spread calls cannot be found, with the numbers', () => {
    const panel = plannerPanel(SEVEN_REPS);

    expect(panel.note).toMatch(/cannot be found by asking customers/);
    expect(panel.facts.at(-1)).toEqual({
      label: 'If 20% of single calls did not take place',
      value:
        'An account misses all of them: with 1 call in the log, 20%; with 3 calls in the log, 0.8%; with 6 calls in the log, 0.006%. This cannot be found.',
    });
  });

  it('finds less where correct logs differ more often', () => {
    const label = 'Over four quarters, if 10% of a rep’s accounts hear from nobody';

    const usual = valuesOf(plannerPanel(SEVEN_REPS))[label];
    const noisy = valuesOf(plannerPanel({ ...SEVEN_REPS, firmShare: 0.05 }))[label];

    expect(usual).not.toBe(noisy);
  });

  it('waits until customers and owners are known', () => {
    const panel = plannerPanel({ ...SEVEN_REPS, reps: 0 });

    expect(panel.facts).toEqual([]);
  });
});

describe('the panel on recall', () => {
  it('says when no number of contacts is enough', () => {
    const measured = {
      settings: { q: 0.99, rho: 0.9, sigma: 0.55, alpha: 0.015, floor: 3 },
      missStatements: 60,
      missed: 60,
      dateStatements: 0,
      severalStatements: 0,
      honest: { soft: 0.05, firm: 0 },
      simulatedDraws: 10_000,
    };

    const facts = valuesOf(recallPanel(measured));

    expect(facts['Contacts in three months before two answers can differ from the log']).toMatch(
      /^No number/,
    );
    expect(facts['A correct log gets “Two answers differ from the log”']).toBe(
      'Fewer than 1 in 2600, simulated',
    );
    expect(facts['A correct log gets “Worth a look”']).toBe('Fewer than 1 in 18, simulated');
  });
});

describe('a percentage', () => {
  it.each([
    [0, '0%'],
    [1, '100%'],
    [0.325, '33%'],
    [0.0125, '1.3%'],
    [0.00006, '0.006%'],
  ])('reads %p as %p', (share, text) => {
    expect(percent(share)).toBe(text);
  });
});
