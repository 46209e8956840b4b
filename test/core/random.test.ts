import { describe, expect, it } from '@jest/globals';
import { drawBeta, drawExponential, drawNormal, drawPoisson } from '../../src/core/distributions.ts';
import { createRandom, sampled, shuffled } from '../../src/core/random.ts';

const momentsOf = (draw: () => number, draws = 40_000) => {
  const values = Array.from({ length: draws }, draw);
  const mean = values.reduce((sum, value) => sum + value, 0) / draws;
  return { mean, variance: values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / draws };
};

describe('the seeded generator', () => {
  it('repeats a stream from its seed, bit for bit', () => {
    const random = createRandom('2026-Q4');

    const words = Array.from({ length: 3 }, () => random.below(2 ** 32));

    // Literals from the first release: a change here would change every published draw.
    expect(words).toEqual([3982193487, 2274235262, 4268454516]);
  });

  it('gives other seeds other streams', () => {
    const firsts = new Set(Array.from({ length: 1000 }, (_, seed) => createRandom(seed).below(2 ** 32)));

    expect(firsts.size).toBe(1000);
  });

  it('draws whole numbers evenly', () => {
    const random = createRandom('even');
    const counts = Array.from({ length: 6 }, () => 0);
    for (let draw = 0; draw < 60_000; draw += 1) {
      const face = random.below(6);
      counts[face] = counts[face]! + 1;
    }

    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(400);
  });

  it.each([0, -1, 1.5, 2 ** 33])('refuses the bound %d', (bound) => {
    expect(() => createRandom(1).below(bound)).toThrow(RangeError);
  });

  it('puts every item in every place equally often, and keeps them all', () => {
    const random = createRandom('shuffle');
    const firstPlaces = Array.from({ length: 30_000 }, () => shuffled(['a', 'b', 'c'], random)[0]);

    for (const item of ['a', 'b', 'c']) {
      const share = firstPlaces.filter((first) => first === item).length / 30_000;
      expect(Math.abs(share - 1 / 3)).toBeLessThan(0.015);
    }
    expect(shuffled([1, 2, 3, 4], random).sort()).toEqual([1, 2, 3, 4]);
  });

  it('samples without repeating, and never more than there are', () => {
    const random = createRandom('sample');

    expect(new Set(sampled([1, 2, 3, 4, 5], 3, random)).size).toBe(3);
    expect(sampled([1, 2], 5, random).sort()).toEqual([1, 2]);
  });
});

describe('the random variables', () => {
  it.each([
    ['normal', drawNormal, 0, 1],
    [
      'exponential of mean 90',
      (random: ReturnType<typeof createRandom>) => drawExponential(90, random),
      90,
      8100,
    ],
    ['Poisson of mean 3', (random: ReturnType<typeof createRandom>) => drawPoisson(3, random), 3, 3],
    ['Beta(1.8, 7.2)', (random: ReturnType<typeof createRandom>) => drawBeta(1.8, 7.2, random), 0.2, 0.016],
    ['Beta(0.5, 2)', (random: ReturnType<typeof createRandom>) => drawBeta(0.5, 2, random), 0.2, 0.16 / 3.5],
  ])('%s has its mean and variance', (name, draw, mean, variance) => {
    const random = createRandom(name);

    const found = momentsOf(() => draw(random));

    expect(Math.abs(found.mean - mean)).toBeLessThan(5 * Math.sqrt(variance / 40_000));
    expect(Math.abs(found.variance / variance - 1)).toBeLessThan(0.06);
  });
});
