import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

/** Folders that hold no documents of ours. */
const SKIPPED = new Set(['node_modules', '.git', '.tmp', '.sandbox', 'screenshots', 'coverage', 'dist']);
/** A code span that begins with one of these names a file or folder of this repository. */
const TOP_FOLDERS = [
  '.ci',
  'bench',
  'docs',
  'extension-kit',
  'extensions',
  'sandbox',
  'scripts',
  'src',
  'test',
  'tools',
];
const ROOTED = /(^|[\s`"'(=])\/(work|tmp|home|root|Users|var\/folders)\//;
const UNFINISHED = /\b(TODO|FIXME|TBD)\b/;

type Place = { readonly root: string; readonly file: string; readonly scripts: ReadonlySet<string> };

/**
 * What the Markdown files claim of the repository and is not so: paths in code spans and links that are not there, npm scripts
 * that do not exist, unfinished marks, paths of one machine. One fault a line, as `file:line: what`.
 */
export async function findDocFaults(root: string): Promise<readonly string[]> {
  const { scripts = {} } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    readonly scripts?: Readonly<Record<string, string>>;
  };
  const names = new Set(Object.keys(scripts));
  const faults = markdownFiles(root, '').flatMap((file) => faultsOf({ root, file, scripts: names }));
  return Promise.resolve(faults);
}

function markdownFiles(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    if (SKIPPED.has(entry.name)) return [];
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return markdownFiles(root, path);
    return entry.name.endsWith('.md') ? [path] : [];
  });
}

function faultsOf(place: Place): string[] {
  const lines = readFileSync(join(place.root, place.file), 'utf8').split('\n');
  let isFenced = false;
  return lines.flatMap((line, index) => {
    if (line.trimStart().startsWith('```')) isFenced = !isFenced;
    const found = [...wordFaults(place, line), ...(isFenced ? [] : pathFaults(place, line))];
    return found.map((fault) => `${place.file}:${index + 1}: ${fault}`);
  });
}

function wordFaults({ scripts }: Place, line: string): string[] {
  const missing = [...line.matchAll(/npm run (?:-s )?([\w:-]+)/g)]
    .map(([, name = '']) => name)
    .filter((name) => !scripts.has(name))
    .map((name) => `there is no script "${name}" in package.json`);
  return [
    ...missing,
    ...(UNFINISHED.test(line) ? ['an unfinished mark'] : []),
    ...(ROOTED.test(line) ? ['a path of one machine'] : []),
  ];
}

function pathFaults({ root, file }: Place, line: string): string[] {
  const spans = [...line.matchAll(/`([^`]+)`/g)].map(([, span = '']) => span);
  const cited = spans.filter(isRepositoryPath).map((path) => ({ path, at: withoutPattern(path) }));
  const links = [...line.replaceAll(/`[^`]*`/g, '').matchAll(/\]\(([^)\s]+)[^)]*\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !/^([a-z]+:|#)/i.test(target))
    .map((path) => ({ path, at: join(dirname(file), path.replace(/[#?].*$/, '')) }));
  return [...cited, ...links]
    .filter(({ at }) => !existsSync(join(root, normalize(at))))
    .map(({ path }) => `${path} is not there`);
}

function isRepositoryPath(span: string): boolean {
  const [first = ''] = span.split('/');
  return span.includes('/') && TOP_FOLDERS.includes(first) && /^[\w./@*-]+$/.test(span);
}

/** `src/store/migrations/*.ts` stands for what its folder holds. */
function withoutPattern(path: string): string {
  const segments = path.split('/');
  const first = segments.findIndex((segment) => segment.includes('*'));
  return first < 0 ? path : segments.slice(0, first).join('/');
}
