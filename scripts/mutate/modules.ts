/** The project's own modules that some tests load, and which of them a change to one file reaches. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';

const OF_TYPES = /^import type [^;]*;/gm;

/** What is loaded from, and how tests in it are tried. */
export type Field = {
  readonly folders: readonly string[];
  /** Returns true for a test file that is to see the mistakes. */
  isTest(path: string): boolean;
  /** Of all tests of one mutant, after which it counts as looping. */
  readonly timeoutMs: number;
  /** Every trial leaves its modules behind: a thread is let go before they fill the memory. */
  readonly trialsPerThread: number;
};

export type Modules = {
  readonly field: Field;
  /** Source texts by their path from the root. */
  readonly texts: ReadonlyMap<string, string>;
  /** Returns the modules that import a file, or one that does, and the file itself. */
  reachedFrom(path: string): ReadonlySet<string>;
};

/** Returns all modules in the field's folders. */
export function readModules(root: string, field: Field): Modules {
  const texts = new Map(field.folders.flatMap((folder) => filesIn(root, folder)));
  const imports = new Map([...texts].map(([path, text]) => [path, importsOf(path, text)]));
  return {
    field,
    texts,
    reachedFrom: (path) => {
      const reached = new Set([path]);
      // A set is walked on while it grows.
      for (const changed of reached)
        for (const [importer, imported] of imports) if (imported.includes(changed)) reached.add(importer);
      return reached;
    },
  };
}

/** Returns the field's tests that a change to the file can be seen by. */
export function testsOf(modules: Modules, path: string): string[] {
  return [...modules.reachedFrom(path)].filter((reached) => modules.field.isTest(reached));
}

function filesIn(root: string, folder: string): [string, string][] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => [join(folder, name), readFileSync(join(root, folder, name), 'utf8')]);
}

/** Without those of types alone, which load nothing. */
function importsOf(path: string, text: string): string[] {
  return ts
    .preProcessFile(text.replaceAll(OF_TYPES, ''))
    .importedFiles.filter(({ fileName }) => fileName.startsWith('.'))
    .map(({ fileName }) => join(dirname(path), fileName));
}
