import { describe, expect, it } from '@jest/globals';
import { createFormulaClock, formulaNow, parseClockFormula } from '../../sandbox/scaled-clock.ts';

describe('a clock by formula', () => {
  it('passes simulated time faster than real time, alike for everyone who knows the formula', () => {
    const formula = parseClockFormula('2026-10-01T00:00:00Zx60', 5_000);
    let realMs = 5_000;
    const clock = createFormulaClock(formula, () => realMs);

    realMs += 2_000;

    expect(clock.now().toISOString()).toBe('2026-10-01T00:02:00.000Z');
    expect(formulaNow(formula, realMs)).toEqual(clock.now());
  });

  it('is real time by its name', () => {
    const clock = createFormulaClock(parseClockFormula('real', 77), () => 1_790_000_000_123);

    expect(clock.now().getTime()).toBe(1_790_000_000_123);
  });

  it('stands still while frozen, and a wait moves it', async () => {
    let realMs = 0;
    const clock = createFormulaClock(parseClockFormula('2026-10-01T00:00:00Zx60', 0), () => realMs);
    clock.freeze(true);

    realMs += 1_000;
    await clock.wait(5_000);

    expect(clock.now().toISOString()).toBe('2026-10-01T00:00:05.000Z');
  });

  it.each(['fast', '2026-10-01', '2026-10-01T00:00:00Zx0', 'yesterdayZx2'])('refuses "%s"', (text) => {
    expect(() => parseClockFormula(text, 0)).toThrow(/is no clock/);
  });
});
