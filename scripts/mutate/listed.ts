/** How mutants that change nothing are listed, and found in the list. */
import type { Mutant } from './mutants.ts';

/** What stands there, what the mutant has in its place, and which of several such places in the line is meant (1 is the first). */
type Change = readonly [from: string, to: string, occurrence?: number];

/** Changes of one line that are all harmless for the same reason. */
export type Equivalent = {
  readonly file: string;
  /** The line as it stands, without its indent. */
  readonly line: string;
  readonly changes: readonly Change[];
  readonly why: string;
};

/** Returns true where a mutant is in the list. */
export function isListed(list: readonly Equivalent[], path: string, mutant: Mutant): boolean {
  return list.some((listed) => listed.changes.some((change) => isSame(listed, change, path, mutant)));
}

/** Returns the changes of the list that do not speak of exactly one mutant: their line was changed since. */
export function unclearOf(
  list: readonly Equivalent[],
  all: readonly { readonly path: string; readonly mutant: Mutant }[],
): string[] {
  return list.flatMap((listed) =>
    listed.changes
      .filter((change) => all.filter(({ path, mutant }) => isSame(listed, change, path, mutant)).length !== 1)
      .map(([from, to]) => `${listed.file}: ${from} -> ${to} in ${listed.line}`),
  );
}

function isSame({ file, line }: Equivalent, [from, to, occurrence]: Change, path: string, mutant: Mutant) {
  const isPlace = path.endsWith(`/${file}`) && line === mutant.code;
  const isChange = from === mutant.from && to === mutant.to;
  return isPlace && isChange && (occurrence === undefined || occurrence === mutant.occurrence);
}
