import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { businessDaysBetween, NO_HOLIDAYS } from '../../../src/core/cadence/business-days.ts';
import type { CallerLoad, DueSlot } from '../../../src/core/cadence/schedule.ts';
import { levelAdditions, spread } from '../../../src/core/cadence/schedule.ts';
import { asCompanyId } from '../../../src/core/model.ts';
import type { CompanyId } from '../../../src/core/model.ts';

const QUARTER = businessDaysBetween('2026-10-01', '2027-01-01', NO_HOLIDAYS);
const NO_LOAD: CallerLoad = new Map();

function companies(count: number, callerKey = 'ana', firstId = 1) {
  return Array.from({ length: count }, (_, index) => ({
    companyId: asCompanyId(String(firstId + index)),
    callerKey,
  }));
}

function perDay(slots: ReadonlyMap<CompanyId, DueSlot>, days: readonly string[]): number[] {
  const dueDays = [...slots.values()].map((slot) => slot.dueOn);
  return days.map((day) => dueDays.filter((dueOn) => dueOn === day).length);
}

describe('the spread of a cycle', () => {
  it('gives each of 420 customers one day, at most 1.15 times the mean on any', () => {
    const slots = spread({ companies: companies(420), days: QUARTER, existingLoad: NO_LOAD, seed: 's' });

    const loads = perDay(slots, QUARTER);
    expect(slots.size).toBe(420);
    expect(Math.max(...loads) / (420 / QUARTER.length)).toBeLessThanOrEqual(1.15);
  });

  it('sets few customers evenly apart, the first on the first day', () => {
    const days = QUARTER.slice(0, 10);

    const slots = spread({ companies: companies(5), days, existingLoad: NO_LOAD, seed: 's' });

    expect(perDay(slots, days)).toEqual([1, 0, 1, 0, 1, 0, 1, 0, 1, 0]);
  });

  it('leaves days alone that are full already', () => {
    const days = QUARTER.slice(0, 3);
    const existingLoad = new Map([['ana', new Map([[days[0]!, 4]])]]);

    const slots = spread({ companies: companies(5), days, existingLoad, seed: 's' });

    expect(perDay(slots, days)).toEqual([0, 3, 2]);
  });

  it('shares mornings and afternoons equally', () => {
    const slots = spread({ companies: companies(61), days: QUARTER, existingLoad: NO_LOAD, seed: 's' });

    const mornings = [...slots.values()].filter((slot) => slot.half === 'morning').length;
    expect(mornings).toBe(31);
  });

  it('plans no more than the capacity allows, what is there counted in', () => {
    const days = QUARTER.slice(0, 2);
    const existingLoad = new Map([['ana', new Map([[days[0]!, 1]])]]);

    const slots = spread({ companies: companies(9), days, existingLoad, perDayCapacity: 2, seed: 's' });

    expect(perDay(slots, days)).toEqual([1, 2]);
  });

  it('changes with the seed', () => {
    const input = { companies: companies(60), days: QUARTER, existingLoad: NO_LOAD };

    expect(spread({ ...input, seed: 'a' })).not.toEqual(spread({ ...input, seed: 'b' }));
  });

  it('refuses companies without days', () => {
    expect(() => spread({ companies: companies(1), days: [], existingLoad: NO_LOAD, seed: 's' })).toThrow(
      RangeError,
    );
    expect(spread({ companies: [], days: [], existingLoad: NO_LOAD, seed: 's' }).size).toBe(0);
  });
});

const someInput = fc
  .record({
    counts: fc.array(fc.integer({ min: 0, max: 90 }), { minLength: 1, maxLength: 4 }),
    dayCount: fc.integer({ min: 1, max: 66 }),
    seed: fc.string({ maxLength: 8 }),
    loads: fc.array(fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 66 }), { maxLength: 4 }),
  })
  .map(({ counts, dayCount, seed, loads }) => ({
    companies: counts.flatMap((count, caller) => companies(count, `caller ${caller}`, caller * 1_000 + 1)),
    days: QUARTER.slice(0, dayCount),
    existingLoad: new Map(
      loads.map((load, caller) => [
        `caller ${caller}`,
        new Map(load.slice(0, dayCount).map((touches, day) => [QUARTER[day]!, touches])),
      ]),
    ),
    seed,
  }));

describe('any spread', () => {
  it('places every company, level for each caller, from the first day on', () => {
    fc.assert(
      fc.property(someInput, (input) => {
        const slots = spread(input);

        expect(slots.size).toBe(input.companies.length);
        for (const callerKey of new Set(input.companies.map((company) => company.callerKey))) {
          const before = input.days.map((day) => input.existingLoad.get(callerKey)?.get(day) ?? 0);
          const mine = input.companies.filter((company) => company.callerKey === callerKey);
          const added = perDay(
            new Map(mine.map(({ companyId }) => [companyId, slots.get(companyId)!])),
            input.days,
          );
          const after = before.map((touches, day) => touches + added[day]!);
          const mean = after.reduce((sum, touches) => sum + touches, 0) / after.length;
          expect(after[0]).toBeGreaterThanOrEqual(1);
          after.forEach((touches, day) => {
            if (added[day]! > 0) expect(touches).toBeLessThan(mean + 1);
          });
        }
      }),
    );
  });

  it('is the same in any order of the companies, and for equal seeds', () => {
    fc.assert(
      fc.property(someInput, (input) => {
        const turned = { ...input, companies: [...input.companies].reverse() };

        expect(new Map([...spread(turned)].sort())).toEqual(new Map([...spread(input)].sort()));
      }),
    );
  });

  it('does not move one caller’s customers when another’s change', () => {
    fc.assert(
      fc.property(someInput, (input) => {
        const alone = input.companies.filter((company) => company.callerKey === 'caller 0');

        const together = spread(input);

        for (const [companyId, slot] of spread({ ...input, companies: alone })) {
          expect(together.get(companyId)).toEqual(slot);
        }
      }),
    );
  });
});

describe('leveling', () => {
  it('never lifts a day above another that took less, and never passes the capacity', () => {
    const input = fc.record({
      loads: fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 20 }),
      wanted: fc.integer({ min: 0, max: 200 }),
      capacity: fc.oneof(fc.integer({ min: 0, max: 12 }), fc.constant(Infinity)),
    });

    fc.assert(
      fc.property(input, ({ loads, wanted, capacity }) => {
        const additions = levelAdditions(loads, wanted, capacity);

        const after = loads.map((load, day) => load + additions[day]!);
        const room = loads.reduce((sum, load) => sum + Math.max(0, capacity - load), 0);
        expect(additions.reduce((sum, added) => sum + added, 0)).toBe(Math.min(wanted, room));
        const filled = after.filter((_, day) => additions[day]! > 0);
        const highest = Math.max(0, ...filled);
        expect(highest).toBeLessThanOrEqual(Math.max(capacity, 0));
        expect(Math.min(...after)).toBeGreaterThanOrEqual(filled.length === 0 ? 0 : highest - 1);
      }),
    );
  });
});
