/** Mutants that no test can see, because the program with the mistake does the same as without. Each with its reason. */
import type { Mutant } from './mutants.ts';

export type Equivalent = {
  readonly file: string;
  /** The line as it stands, without its indent. */
  readonly line: string;
  readonly from: string;
  readonly to: string;
  readonly why: string;
};

export const EQUIVALENT: readonly Equivalent[] = [];

/** Returns true where a mutant is listed as equivalent. */
export function isListed(path: string, mutant: Mutant): boolean {
  return EQUIVALENT.some((listed) => isSame(listed, path, mutant));
}

/** Returns true where the entry speaks of this mutant. */
export function isSame({ file, line, from, to }: Equivalent, path: string, mutant: Mutant): boolean {
  return path.endsWith(`/${file}`) && line === mutant.code && from === mutant.from && to === mutant.to;
}
