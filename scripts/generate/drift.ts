import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Outputs } from './outputs.ts';

const isGenerated = (path: string): boolean => path.endsWith('-hsmeta.json') || path.includes('/generated/');

/** Generated-looking files that no declaration asks for any more, as paths from the root. */
function leftovers(root: string, outputs: Outputs): readonly string[] {
  return readdirSync(join(root, 'extensions'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('node_modules'))
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .filter((path) => isGenerated(path) && !outputs.has(path));
}

/** What differs between the files under `root` and what the generator would write; empty where all is in step. */
export function findDrift(root: string, outputs: Outputs): readonly string[] {
  const changed = [...outputs].flatMap(([path, content]) => {
    const full = join(root, path);
    if (!existsSync(full)) return [`${path} is missing`];
    return readFileSync(full, 'utf8') === content ? [] : [`${path} differs from what it is generated from`];
  });
  return [...changed, ...leftovers(root, outputs).map((path) => `${path} is generated from nothing`)];
}

/** Writes what differs and removes what is left over; returns the paths it touched. */
export function writeOutputs(root: string, outputs: Outputs): readonly string[] {
  const stale = leftovers(root, outputs);
  for (const path of stale) rmSync(join(root, path));
  const changed = [...outputs].filter(([path, content]) => {
    const full = join(root, path);
    return !existsSync(full) || readFileSync(full, 'utf8') !== content;
  });
  for (const [path, content] of changed) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  return [...stale, ...changed.map(([path]) => path)];
}
