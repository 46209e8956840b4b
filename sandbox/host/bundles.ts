import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { access, mkdir, mkdtemp, readFile, readdir, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';

/** One built extension: a classic script for a web worker. */
export interface ExtensionBundle {
  readonly path: string;
  readonly gzipBytes: number;
}

/** Keyed by the folder of the entrypoint: `cards`, `pages`, `settings`. */
export type ExtensionBundles = Readonly<Record<string, ExtensionBundle>>;

export interface BuildOptions {
  /** The folder with `hsproject.json`. */
  projectRoot: string;
  /** A git-ignored folder; unchanged extensions are taken from it. */
  outDir: string;
}

interface Entrypoint {
  readonly name: string;
  readonly root: string;
  readonly file: string;
}

/** Extension kinds that come with a script of their own; an app or a webhooks file has none. */
const SCRIPTED_TYPES: ReadonlySet<unknown> = new Set(['card', 'page', 'settings']);
const BUILDER = path.join(import.meta.dirname, 'build-extensions.ts');
const run = promisify(execFile);

/**
 * Builds every extension of a HubSpot project with HubSpot's own production builder, or takes it from the cache.
 * Rejects with the builder's output when an extension does not build.
 */
export async function buildExtensionBundles({
  projectRoot,
  outDir,
}: BuildOptions): Promise<ExtensionBundles> {
  await mkdir(outDir, { recursive: true });
  const toolHash = await hashOfTools();
  const planned = await Promise.all(
    (await findEntrypoints(projectRoot)).map(async (entry) => ({
      entry,
      target: path.join(outDir, `${entry.name}-${await hashOfFolder(entry.root, toolHash)}.js`),
    })),
  );
  const missing: typeof planned = [];
  for (const plan of planned) if (!(await exists(plan.target))) missing.push(plan);
  if (missing.length > 0) await buildMissing(missing, outDir);
  const bundles = await Promise.all(
    planned.map(async ({ entry, target }) => [entry.name, await measure(target)]),
  );
  return Object.fromEntries(bundles) as ExtensionBundles;
}

async function measure(file: string): Promise<ExtensionBundle> {
  return { path: file, gzipBytes: gzipSync(await readFile(file)).length };
}

/** HubSpot finds extensions by `*-hsmeta.json` files directly in a folder under `app`. */
async function findEntrypoints(projectRoot: string): Promise<Entrypoint[]> {
  const project = await readJson(path.join(projectRoot, 'hsproject.json'));
  const sourceRoot = path.join(projectRoot, String(project['srcDir']));
  const found = new Map<string, Entrypoint>();
  for (const folder of await readdir(path.join(sourceRoot, 'app'), { withFileTypes: true })) {
    if (!folder.isDirectory()) continue;
    for (const meta of await metaFiles(path.join(sourceRoot, 'app', folder.name))) {
      if (!SCRIPTED_TYPES.has(meta['type'])) continue;
      const entrypoint = (meta['config'] as { entrypoint: string }).entrypoint;
      const absolute = path.join(sourceRoot, entrypoint);
      found.set(folder.name, {
        name: folder.name,
        root: path.dirname(absolute),
        file: path.basename(absolute),
      });
    }
  }
  return [...found.values()];
}

async function metaFiles(folder: string): Promise<Record<string, unknown>[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('-hsmeta.json'));
  return Promise.all(names.map((name) => readJson(path.join(folder, name))));
}

async function readJson(file: string): Promise<Record<string, unknown>> {
  return JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>;
}

/** A second process may build the same at the same time: each builds apart, the rename decides, both are equal. */
async function buildMissing(missing: { entry: Entrypoint; target: string }[], outDir: string): Promise<void> {
  const workDir = await mkdtemp(path.join(outDir, 'building-'));
  const jobs = missing.map(({ entry }) => ({ ...entry, outputDir: path.join(workDir, entry.name) }));
  try {
    await run(process.execPath, [BUILDER, JSON.stringify(jobs)], {
      env: { ...process.env, NODE_ENV: 'production' },
    });
    for (const [index, { entry, target }] of missing.entries()) {
      const built = path.join(jobs[index]?.outputDir ?? '', `${path.parse(entry.file).name}.js`);
      await rename(built, target);
    }
  } catch (error) {
    const { stderr = '', stdout = '' } = error as { stderr?: string; stdout?: string };
    throw new Error(`an extension does not build:\n${stdout}${stderr}`, { cause: error });
  } finally {
    await rm(workDir, { recursive: true, force: true });
  }
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

async function hashOfTools(): Promise<string> {
  const require = createRequire(import.meta.url);
  const hash = createHash('sha256').update(await readFile(BUILDER));
  for (const name of ['@hubspot/ui-extensions', '@hubspot/ui-extensions-dev-server/build', 'react']) {
    hash.update(`${name} ${await packageVersion(require.resolve(name))}`);
  }
  return hash.digest('hex');
}

async function packageVersion(resolvedFile: string): Promise<string> {
  for (
    let folder = path.dirname(resolvedFile);
    folder !== path.dirname(folder);
    folder = path.dirname(folder)
  ) {
    const file = path.join(folder, 'package.json');
    if (await exists(file)) {
      const { version } = await readJson(file);
      if (typeof version === 'string') return version;
    }
  }
  throw new Error(`no package.json above ${resolvedFile}`);
}

async function hashOfFolder(folder: string, seed: string): Promise<string> {
  const hash = createHash('sha256').update(seed);
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => !path.relative(folder, file).split(path.sep).includes('node_modules'))
    .sort();
  for (const file of files) hash.update(path.relative(folder, file)).update(await readFile(file));
  return hash.digest('hex').slice(0, 16);
}
