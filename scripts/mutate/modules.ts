/** The project's own modules that the comparison's tests load, and which of them a change to one file reaches. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';

const FOLDERS = ['src/core', 'test/core'];
const TESTS = 'test/core/';

export type Modules = {
  /** Source texts by their path from the root. */
  readonly texts: ReadonlyMap<string, string>;
  /** Returns the modules that import a file, or one that does, and the file itself. */
  reachedFrom(path: string): ReadonlySet<string>;
};

/** Returns all modules under src/core and test/core. */
export function readModules(root: string): Modules {
  const texts = new Map(FOLDERS.flatMap((folder) => filesIn(root, folder)));
  const imports = new Map([...texts].map(([path, text]) => [path, importsOf(path, text)]));
  return {
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

/** Returns the test files among modules. */
export function testsAmong(paths: Iterable<string>): string[] {
  return [...paths].filter((path) => path.startsWith(TESTS) && path.endsWith('.test.ts'));
}

function filesIn(root: string, folder: string): [string, string][] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => [join(folder, name), readFileSync(join(root, folder, name), 'utf8')]);
}

function importsOf(path: string, text: string): string[] {
  return ts
    .preProcessFile(text)
    .importedFiles.filter(({ fileName }) => fileName.startsWith('.'))
    .map(({ fileName }) => join(dirname(path), fileName));
}
