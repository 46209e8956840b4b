import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import * as prettier from 'prettier';
import * as contractFinding from '../../src/http/contract-finding.ts';
import * as contractMethod from '../../src/http/contract-method.ts';
import * as contractPeople from '../../src/http/contract-people.ts';
import * as contractPages from '../../src/http/contract-pages.ts';
import { LIMITS } from '../../src/http/contract-scalars.ts';
import * as contract from '../../src/http/contract.ts';
import { ENDPOINTS } from '../../src/http/endpoints.ts';
import { readAppManifest, type AppManifest } from '../../src/app-manifest.ts';
import { contractTypes } from './contract-types.ts';
import { metaFiles } from './meta-files.ts';

/** Path from the project root to the content the file must have. */
export type Outputs = ReadonlyMap<string, string>;

const KIT = 'extension-kit';
/** Of the backend's own core, where both say the same. */
const FROM_CORE = ['first-name.ts'];
const GENERATED_IN_KIT = ['base-url.ts', 'contract-types.ts', ...FROM_CORE];
const header = (what: string): string => `// ${what}, by \`npm run generate\`. Do not edit.\n`;

async function format(root: string, path: string, text: string): Promise<string> {
  const options = await prettier.resolveConfig(join(root, path));
  return prettier.format(text, { ...options, filepath: path });
}

/** The folders HubSpot builds on their own: one for each entrypoint. */
export function entrypointFolders(app: AppManifest): readonly string[] {
  const { cards, pages, settings } = app.extensions;
  const entrypoints = [...cards, pages, settings].map((extension) => extension.entrypoint);
  return [...new Set(entrypoints.map((path) => path.split('/').slice(0, -1).join('/')))].map(
    (folder) => `extensions${folder}`,
  );
}

async function kitFiles(root: string, app: AppManifest): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  const written = readdirSync(join(root, KIT)).filter((name) => /\.tsx?$/.test(name));
  for (const name of written.filter((file) => !GENERATED_IN_KIT.includes(file))) {
    files.set(name, readFileSync(join(root, KIT, name), 'utf8'));
  }
  const baseUrl = `export const BASE_URL = '${app.publicBaseUrl}';\n`;
  files.set('base-url.ts', `${header('Generated from app.json')}${baseUrl}`);
  for (const name of FROM_CORE) {
    const text = readFileSync(join(root, 'src/core', name), 'utf8');
    files.set(name, `${header(`Copied from src/core/${name}`)}${text}`);
  }
  const types = contractTypes(
    [contract, contractFinding, contractPages, contractMethod, contractPeople],
    ENDPOINTS,
    LIMITS,
  );
  files.set(
    'contract-types.ts',
    await format(
      root,
      `${KIT}/contract-types.ts`,
      `${header('Generated from src/http/contract.ts')}\n${types}\n`,
    ),
  );
  return files;
}

const importsOf = (text: string, pattern: RegExp): readonly string[] =>
  [...text.matchAll(pattern)].map((match) => match[1] ?? '');

/** The kit files an entrypoint folder needs: those its own sources import, and what these import in turn. */
function neededBy(root: string, folder: string, kit: ReadonlyMap<string, string>): readonly string[] {
  const own = readdirSync(join(root, folder)).filter((name) => /\.tsx?$/.test(name));
  const needed = new Set<string>();
  const visit = (name: string): void => {
    const text = kit.get(name);
    if (text === undefined) throw new Error(`${folder} imports ${KIT}/${name}, which is not there`);
    if (needed.has(name)) return;
    needed.add(name);
    importsOf(text, /from '\.\/([^']+)'/g).forEach(visit);
  };
  for (const name of own) {
    importsOf(readFileSync(join(root, folder, name), 'utf8'), /from '\.\/generated\/([^']+)'/g).forEach(
      visit,
    );
  }
  return [...needed].sort();
}

/**
 * Everything the generator writes: the meta files, and in every entrypoint folder the copies of what it needs of the
 * extension kit.
 * HubSpot builds each entrypoint from its own folder alone, so shared code has to be copied into it.
 * @throws Error when `app.json` is wrong, the contract cannot be written as types, or an import leads nowhere.
 */
export async function collectOutputs(root: string): Promise<Outputs> {
  const app = readAppManifest(join(root, 'app.json'));
  const outputs = new Map<string, string>();
  for (const { path, content } of metaFiles(app)) {
    outputs.set(`extensions/${path}`, await format(root, `extensions/${path}`, JSON.stringify(content)));
  }
  const kit = await kitFiles(root, app);
  for (const name of GENERATED_IN_KIT) outputs.set(`${KIT}/${name}`, kit.get(name) ?? '');
  for (const folder of entrypointFolders(app)) {
    for (const name of neededBy(root, folder, kit)) {
      const text = kit.get(name) ?? '';
      const copied = GENERATED_IN_KIT.includes(name)
        ? text
        : `${header(`Copied from ${KIT}/${name}`)}${text}`;
      outputs.set(`${folder}/generated/${name}`, copied);
    }
  }
  return outputs;
}
