import type { Claim, EvidenceTier } from '../../../src/core/comparison/claim.ts';

/**
 * Reads the method's shorthand: ages in days; E1, live, with the respondent unless marked:
 * `o` other contact, `u` open, `^3` tier E3.
 */
export function claimsOf(shorthand: string): Claim[] {
  return shorthand
    .split(' ')
    .filter((word) => word !== '')
    .map((word) => {
      const tier = /\^(\d)/.exec(word)?.[1] ?? '1';
      return {
        ageDays: Number.parseInt(word, 10),
        outcome: word.includes('u') ? 'open' : 'live',
        tier: Number(tier) as EvidenceTier,
        contact: word.includes('o') ? 'other' : 'respondent',
      };
    });
}
