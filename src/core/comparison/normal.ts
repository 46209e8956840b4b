/**
 * The standard normal distribution function.
 * Rational approximation 5666 of J. F. Hart et al., Computer Approximations (1968), and beyond 7.07 the continued
 * fraction of Mills' ratio (DLMF 7.9.3): correct to about 1e-14, where the method asks for 1e-7.
 */

const NUMERATOR = [
  3.52624965998911e-2, 0.700383064443688, 6.37396220353165, 33.912866078383, 112.079291497871,
  221.213596169931, 220.206867912376,
];
const DENOMINATOR = [
  8.83883476483184e-2, 1.75566716318264, 16.064177579207, 86.7807322029461, 296.564248779674,
  637.333633378831, 793.826512519948, 440.413735824752,
];
const RATIONAL_UP_TO = 7.07106781186547;
const SQRT_TWO_PI = Math.sqrt(2 * Math.PI);

/** Returns Φ(x), the chance that a standard normal variable is at most x. */
export function normalCdf(x: number): number {
  const distance = Math.abs(x);
  const tail = distance < RATIONAL_UP_TO ? nearTail(distance) : farTail(distance);
  return x > 0 ? 1 - tail : tail;
}

function nearTail(distance: number): number {
  const ratio = polynomial(NUMERATOR, distance) / polynomial(DENOMINATOR, distance);
  return Math.exp((-distance * distance) / 2) * ratio;
}

function farTail(distance: number): number {
  let fraction = distance + 0.65;
  for (let term = 4; term >= 1; term -= 1) fraction = distance + term / fraction;
  return Math.exp((-distance * distance) / 2) / (fraction * SQRT_TWO_PI);
}

function polynomial(coefficients: readonly number[], x: number): number {
  let value = 0;
  for (const coefficient of coefficients) value = value * x + coefficient;
  return value;
}
