/** Random variables drawn from a seeded stream. Sources of the methods are named at each function. */
import type { Random } from './random.ts';

/** Standard normal deviate (Box and Muller 1958, the cosine half). */
export function drawNormal(random: Random): number {
  const radius = Math.sqrt(-2 * Math.log(1 - random.uniform()));
  return radius * Math.cos(2 * Math.PI * random.uniform());
}

/** Exponential deviate with the given mean (inverse of the distribution function). */
export function drawExponential(mean: number, random: Random): number {
  return -mean * Math.log(1 - random.uniform());
}

/** Poisson deviate (Knuth, The Art of Computer Programming 2, 3.4.1); for small means only. */
export function drawPoisson(mean: number, random: Random): number {
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = random.uniform(); product > limit; product *= random.uniform()) count += 1;
  return count;
}

/** Gamma deviate with scale 1 (Marsaglia and Tsang 2000; shapes under 1 by the power of a uniform number). */
export function drawGamma(shape: number, random: Random): number {
  if (shape < 1) return drawGamma(shape + 1, random) * Math.pow(1 - random.uniform(), 1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const normal = drawNormal(random);
    const v = Math.pow(1 + c * normal, 3);
    if (v <= 0) continue;
    if (Math.log(1 - random.uniform()) < 0.5 * normal * normal + d - d * v + d * Math.log(v)) return d * v;
  }
}

/** Beta deviate, as the share of one of two gamma deviates. */
export function drawBeta(a: number, b: number, random: Random): number {
  const first = drawGamma(a, random);
  return first / (first + drawGamma(b, random));
}
