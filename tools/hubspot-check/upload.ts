import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { remoteBuild } from '@hubspot/ui-extensions-dev-server/build';
import { hs, run } from './hubspot-cli.ts';
import { entrypoints } from './project-rules.ts';
import { unzip } from './unzip.ts';

/** What one step found: its faults (none is a pass) and a short fact worth printing. */
export type StepResult = { readonly faults: readonly string[]; readonly fact?: string };

/** The card must open fast: HubSpot fetches the bundle for every record page. */
const CARD_BUNDLE_LIMIT_BYTES = 25 * 1024;

const lastLines = (output: string): string => output.trim().split('\n').slice(-12).join('\n');

/** `hs project validate`: folders, JSON, keys, uids, and fields against our schemas. */
export async function validate(root: string, home: string): Promise<StepResult> {
  const { exitCode, output } = await hs(['project', 'validate'], { cwd: root, home });
  return { faults: exitCode === 0 && !/skipp/i.test(output) ? [] : [lastLines(output)] };
}

/** Makes the command line pack its real upload and unpacks that at `copy`: what HubSpot would receive, and no more. */
export async function unpackUpload(root: string, home: string, copy: string): Promise<StepResult> {
  const uploadPath = join(home, 'upload.zip');
  const command = ['project', 'upload', '--force', '--skip-npm-audit'];
  const { exitCode, output } = await hs(command, { cwd: root, home, uploadPath });
  if (exitCode !== 0 || !existsSync(uploadPath)) return { faults: [lastLines(output)] };
  const entries = unzip(readFileSync(uploadPath));
  for (const { path, bytes } of entries) {
    const target = join(copy, 'extensions', path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, bytes);
  }
  cpSync(join(root, 'hsproject.json'), join(copy, 'hsproject.json'));
  const unwanted = entries.filter(({ path }) => /local\.json$|\/dist\/|\.test\.|node_modules/.test(path));
  return {
    faults: unwanted.map(({ path }) => `${path} would be uploaded`),
    fact: `${entries.length} files`,
  };
}

/** `npm ci` in every entrypoint folder of the copy, as HubSpot's build server does it. */
export async function installEntrypoints(copy: string): Promise<StepResult> {
  const folders = [...new Set(entrypoints(copy).map((path) => dirname(path)))];
  const faults: string[] = [];
  for (const folder of folders) {
    const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
    const { exitCode, output } = await run('npm', args, { cwd: join(copy, 'extensions', folder) });
    if (exitCode !== 0) faults.push(`${folder}: ${lastLines(output)}`);
  }
  return { faults, fact: folders.join(', ') };
}

async function bundle(copy: string, path: string): Promise<number> {
  const root = join(copy, 'extensions', dirname(path));
  const entryPoint = path.slice(dirname(path).length + 1);
  await remoteBuild({ root, entryPoint, outputDir: 'dist', logLevel: 'error' });
  const built = join(root, 'dist', entryPoint.replace(/\.tsx$/, '.js'));
  return gzipSync(readFileSync(built)).length;
}

/** HubSpot's production bundle of every entrypoint, and the size of the card's. */
export async function buildEntrypoints(copy: string): Promise<StepResult> {
  const faults: string[] = [];
  const facts: string[] = [];
  for (const path of entrypoints(copy)) {
    try {
      const gzipBytes = await bundle(copy, path);
      facts.push(`${path} ${(gzipBytes / 1024).toFixed(1)} kB gzip`);
      if (path.includes('/cards/') && gzipBytes > CARD_BUNDLE_LIMIT_BYTES) {
        faults.push(`${path}: ${gzipBytes} bytes gzip, the limit is ${CARD_BUNDLE_LIMIT_BYTES}`);
      }
    } catch (error) {
      faults.push(`${path}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return { faults, fact: facts.join(', ') };
}

/** `hs project lint` with HubSpot's rules; a warning fails as an error does. */
export async function lint(copy: string, home: string): Promise<StepResult> {
  const command = ['project', 'lint', '--install-missing-deps=false'];
  const { exitCode, output } = await hs(command, { cwd: copy, home });
  const linted = output.match(/Linting passed in (\d+)/)?.[1] ?? '0';
  const clean = exitCode === 0 && !/\bwarning\b/i.test(output) && linted !== '0';
  return { faults: clean ? [] : [output.trim()], fact: `${linted} folders, no warning` };
}
