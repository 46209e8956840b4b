import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { findDrift } from '../../scripts/generate/drift.ts';
import { collectOutputs } from '../../scripts/generate/outputs.ts';
import { run, toolFolder } from './hubspot-cli.ts';
import {
  checkEntrypoints,
  checkIgnoreFile,
  checkMetaFiles,
  checkPlaces,
  checkProjectFile,
} from './project-rules.ts';
import {
  buildEntrypoints,
  installEntrypoints,
  lint,
  unpackUpload,
  validate,
  type StepResult,
} from './upload.ts';

/**
 * `npm run hubspot:check`: HubSpot's own command line, bundler and lint rules over what HubSpot would receive.
 * Nothing is sent to HubSpot; the network is used for the npm registry alone. Exits 1 when any step fails.
 */
const root = dirname(dirname(toolFolder));

/** Installs HubSpot's command line from this folder's lockfile the first time. */
async function installCommandLine(): Promise<StepResult> {
  if (existsSync(join(toolFolder, 'node_modules/@hubspot/cli'))) return { faults: [], fact: 'already there' };
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const { exitCode, output } = await run('npm', args, { cwd: toolFolder });
  return { faults: exitCode === 0 ? [] : [output.trim()] };
}

const temporary = mkdtempSync(join(tmpdir(), 'hubspot-check-'));
const copy = join(temporary, 'copy');
const home = join(temporary, 'home');
const pure = (check: (root: string) => readonly string[]) => (): StepResult => ({ faults: check(root) });

const steps: readonly (readonly [string, () => StepResult | Promise<StepResult>])[] = [
  ['hsproject.json is right', pure(checkProjectFile)],
  ['every meta file lies where HubSpot looks', pure(checkPlaces)],
  ['every meta file keeps to the strict schemas (they are ours, not HubSpot’s)', pure(checkMetaFiles)],
  [
    'generated files are in step with app.json, the contract and the kit',
    async () => ({ faults: findDrift(root, await collectOutputs(root)) }),
  ],
  ['every entrypoint can be built on its own', pure(checkEntrypoints)],
  ['.hsignore uses bare names', pure(checkIgnoreFile)],
  ['HubSpot’s command line is installed', installCommandLine],
  ['hs project validate', () => validate(root, home)],
  ['the upload unpacks', () => unpackUpload(root, home, copy)],
  ['npm ci in every entrypoint folder of the upload', () => installEntrypoints(copy)],
  ['hs project lint', () => lint(copy, home)],
  ['HubSpot’s production bundle', () => buildEntrypoints(copy)],
];

try {
  for (const [name, step] of steps) {
    const { faults, fact } = await step();
    console.log(`${faults.length === 0 ? 'ok  ' : 'FAIL'} ${name}${fact === undefined ? '' : ` (${fact})`}`);
    for (const fault of faults) console.log(`     ${fault.replaceAll('\n', '\n     ')}`);
    if (faults.length > 0) process.exitCode = 1;
  }
} finally {
  rmSync(temporary, { recursive: true, force: true });
}
