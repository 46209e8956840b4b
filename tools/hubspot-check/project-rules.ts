import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { z } from 'zod';
import { META_TYPES, metaFileSchema, projectFileSchema } from './meta-schemas.ts';

/**
 * What can be checked by reading the project alone. Each function takes the project's root folder and returns its
 * faults as sentences; an empty list is a pass. HubSpot's command line accepts several of these silently.
 */

type Meta = { readonly path: string; readonly folder: string; readonly content: unknown };

const srcDir = (root: string): string => join(root, 'extensions');

function filesUnder(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !path.includes('node_modules'));
}

/** Everything whose name comes near a meta file's, so that a misspelled ending is found and not skipped. */
function metaLikeFiles(root: string): readonly string[] {
  return filesUnder(srcDir(root))
    .filter((path) => /hs-?_?meta/i.test(path))
    .map((path) => relative(srcDir(root), path));
}

function readMeta(root: string): { readonly metas: readonly Meta[]; readonly faults: readonly string[] } {
  const metas: Meta[] = [];
  const faults: string[] = [];
  for (const path of metaLikeFiles(root)) {
    try {
      const content: unknown = JSON.parse(readFileSync(join(srcDir(root), path), 'utf8'));
      metas.push({ path, folder: dirname(path), content });
    } catch {
      faults.push(`${path} is not JSON`);
    }
  }
  return { metas, faults };
}

const explain = (path: string, error: z.ZodError, inside = ''): readonly string[] =>
  error.issues.map((issue) => `${path}: ${inside}${issue.path.join('.') || 'the file'}: ${issue.message}`);

/** HubSpot looks for meta files in fixed folders and skips all others without a word: here they are faults. */
export function checkPlaces(root: string): readonly string[] {
  const folders = Object.values(META_TYPES).map((type) => type.folder as string);
  const misplaced = metaLikeFiles(root).filter((path) => !folders.includes(dirname(path)));
  const misnamed = metaLikeFiles(root).filter((path) => !path.endsWith('-hsmeta.json'));
  return [
    ...misplaced.map((path) => `${path} lies where HubSpot does not look (${folders.join(', ')})`),
    ...misnamed.map((path) => `${path} does not end in -hsmeta.json, so HubSpot skips it`),
  ];
}

function checkOneMeta({ path, folder, content }: Meta): readonly string[] {
  const file = metaFileSchema.safeParse(content);
  if (!file.success) return explain(path, file.error);
  const type = META_TYPES[file.data.type];
  const config = type.config.safeParse(file.data.config);
  const placed = folder === type.folder ? [] : [`${path}: a ${file.data.type} belongs in ${type.folder}`];
  return config.success ? placed : [...placed, ...explain(path, config.error, 'config.')];
}

function twins(metas: readonly Meta[]): readonly string[] {
  const files = metas.flatMap(({ path, content }) => {
    const file = metaFileSchema.safeParse(content);
    return file.success ? [{ path, ...file.data }] : [];
  });
  const uids = files.filter((file, index) => files.findIndex((other) => other.uid === file.uid) !== index);
  const singles = Object.entries(META_TYPES).filter(
    ([name, type]) => type.single && files.filter((file) => file.type === name).length > 1,
  );
  return [
    ...uids.map((file) => `${file.path}: the uid ${file.uid} is used twice`),
    ...singles.map(([name]) => `there may be only one ${name}`),
  ];
}

/** Every key, value, uid and location of every meta file against our strict schemas. */
export function checkMetaFiles(root: string): readonly string[] {
  const { metas, faults } = readMeta(root);
  return [...faults, ...metas.flatMap(checkOneMeta), ...twins(metas)];
}

/** `hsproject.json` has its three fields and the folder it names exists. */
export function checkProjectFile(root: string): readonly string[] {
  const path = join(root, 'hsproject.json');
  if (!existsSync(path)) return ['hsproject.json is missing'];
  const file = projectFileSchema.safeParse(JSON.parse(readFileSync(path, 'utf8')));
  if (!file.success) return explain('hsproject.json', file.error);
  return existsSync(srcDir(root)) ? [] : [`${file.data.srcDir} is missing`];
}

/** The entrypoints the meta files name, as paths from the upload root, each once. */
export function entrypoints(root: string): readonly string[] {
  const withEntrypoint = z.object({ config: z.object({ entrypoint: z.string() }) });
  const named = readMeta(root).metas.flatMap(({ content }) => {
    const meta = withEntrypoint.safeParse(content);
    return meta.success ? [meta.data.config.entrypoint.slice(1)] : [];
  });
  return [...new Set(named)];
}

const packageSchema = z.object({
  dependencies: z.object({ react: z.literal('18.3.1'), '@hubspot/ui-extensions': z.literal('0.17.0') }),
});

function checkFolder(root: string, folder: string): readonly string[] {
  const needed = ['package.json', 'package-lock.json', 'tsconfig.json', 'eslint.config.js'];
  const missing = needed.filter((name) => !existsSync(join(srcDir(root), folder, name)));
  if (missing.length > 0) return missing.map((name) => `${folder}/${name} is missing`);
  const read = (name: string): unknown => JSON.parse(readFileSync(join(srcDir(root), folder, name), 'utf8'));
  const packageFile = packageSchema.safeParse(read('package.json'));
  return packageFile.success ? [] : explain(`${folder}/package.json`, packageFile.error);
}

/** Each entrypoint exists, in a folder that HubSpot can install and build on its own. */
export function checkEntrypoints(root: string): readonly string[] {
  const paths = entrypoints(root);
  const absent = paths.filter((path) => !existsSync(join(srcDir(root), path)));
  const folders = [...new Set(paths.map((path) => dirname(path)))].filter((folder) =>
    existsSync(join(srcDir(root), folder)),
  );
  return [
    ...absent.map((path) => `the entrypoint ${path} is missing`),
    ...folders.flatMap((folder) => checkFolder(root, folder)),
  ];
}

/** Names only: patterns with a slash match or not depending on the folder the command line is started in. */
export function checkIgnoreFile(root: string): readonly string[] {
  const path = join(root, '.hsignore');
  if (!existsSync(path)) return ['.hsignore is missing'];
  const lines = readFileSync(path, 'utf8').split('\n').filter(Boolean);
  const anchored = lines
    .filter((line) => line.includes('/'))
    .map((line) => `.hsignore: "${line}" has a slash`);
  const needed = ['local.json', 'dist'].filter((name) => !lines.includes(name));
  return [...anchored, ...needed.map((name) => `.hsignore does not list ${name}`)];
}
