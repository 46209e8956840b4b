import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { draw } from '../../../src/core/cadence/draw.ts';
import { asCompanyId } from '../../../src/core/model.ts';

function frameOf(sizes: Readonly<Record<string, Readonly<Record<string, number>>>>) {
  return Object.entries(sizes).flatMap(([repKey, tiers]) =>
    Object.entries(tiers).flatMap(([tier, size]) =>
      Array.from({ length: size }, (_, index) => ({
        companyId: asCompanyId(`${repKey}-${tier}-${index}`),
        repKey,
        tier,
      })),
    ),
  );
}

function drawnOfRep(strata: ReturnType<typeof draw>, repKey: string): number {
  return strata
    .filter((stratum) => stratum.repKey === repKey)
    .reduce((sum, stratum) => sum + stratum.drawn.length, 0);
}

describe('the draw', () => {
  it('takes 20 of each of seven reps with 60 customers at a capacity of 140', () => {
    const frame = frameOf(
      Object.fromEntries(Array.from({ length: 7 }, (_, rep) => [`rep ${rep}`, { a: 60 }])),
    );

    const strata = draw({ frame, size: 140, floorPerRep: 2, seed: '2026-Q4' });

    expect(strata.map((stratum) => [stratum.inFrame, stratum.drawn.length])).toEqual(
      Array.from({ length: 7 }, () => [60, 20]),
    );
  });

  it('shares by largest remainder over reps and over their tiers', () => {
    const frame = frameOf({ ana: { a: 50, b: 10 }, ben: { a: 30 }, cleo: { a: 10 } });

    const strata = draw({ frame, size: 11, floorPerRep: 0, seed: 's' });

    // 6.6, 3.3 and 1.1 become 7, 3 and 1; of the 7, 5.83 and 1.17 become 6 and 1.
    expect(strata.map((stratum) => [stratum.repKey, stratum.tier, stratum.drawn.length])).toEqual([
      ['ana', 'a', 6],
      ['ana', 'b', 1],
      ['ben', 'a', 3],
      ['cleo', 'a', 1],
    ]);
  });

  it('leaves no rep below the floor, however few accounts they have', () => {
    const frame = frameOf({ ana: { a: 500 }, ben: { a: 3 }, cleo: { a: 1 } });

    const strata = draw({ frame, size: 10, floorPerRep: 2, seed: 's' });

    expect(['ana', 'ben', 'cleo'].map((rep) => drawnOfRep(strata, rep))).toEqual([7, 2, 1]);
  });

  it('shares a size too small for all floors one by one', () => {
    const frame = frameOf({ ana: { a: 5 }, ben: { a: 5 }, cleo: { a: 5 } });

    const strata = draw({ frame, size: 4, floorPerRep: 2, seed: 's' });

    expect(['ana', 'ben', 'cleo'].map((rep) => drawnOfRep(strata, rep)).sort()).toEqual([1, 1, 2]);
  });

  it('gives every account of a stratum about the same chance', () => {
    const frame = frameOf({ ana: { a: 4 }, ben: { a: 4 } });
    const times = new Map<string, number>();

    for (let seed = 0; seed < 4_000; seed += 1) {
      for (const { drawn } of draw({ frame, size: 3, floorPerRep: 1, seed: `seed ${seed}` })) {
        drawn.forEach((companyId) => times.set(companyId, (times.get(companyId) ?? 0) + 1));
      }
    }

    // Expected 4,000 × 3/8 = 1,500 with a standard deviation of about 31.
    expect(times.size).toBe(8);
    times.forEach((count) => expect(Math.abs(count - 1_500)).toBeLessThan(160));
  });

  it('draws exactly the size, no account twice, the same in any order of the frame', () => {
    const input = fc.record({
      sizes: fc.array(fc.array(fc.integer({ min: 0, max: 12 }), { maxLength: 3 }), { maxLength: 6 }),
      size: fc.integer({ min: 0, max: 120 }),
      floorPerRep: fc.integer({ min: 0, max: 4 }),
      seed: fc.string(),
    });

    fc.assert(
      fc.property(input, ({ sizes, ...rest }) => {
        const frame = frameOf(
          Object.fromEntries(
            sizes.map((tiers, rep) => [
              `r${rep}`,
              Object.fromEntries(tiers.map((size, tier) => [`t${tier}`, size])),
            ]),
          ),
        );

        const strata = draw({ frame, ...rest });

        const drawn = strata.flatMap((stratum) => stratum.drawn);
        expect(drawn).toHaveLength(Math.min(rest.size, frame.length));
        expect(new Set(drawn).size).toBe(drawn.length);
        expect(draw({ frame: [...frame].reverse(), ...rest })).toEqual(strata);
      }),
    );
  });
});
