import { availableParallelism } from 'node:os';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findBoundaryFaults } from './verify/boundaries.ts';
import { findDocFaults } from './verify/doc-references.ts';
import { runSteps, type Step } from './verify/steps.ts';
import { toolFile } from './verify/tool-file.ts';

/**
 * `npm run verify`: format, lint, types, boundaries, dead code, generated files and documentation references. Seconds, no
 * database. One line a step; what a failing step printed follows, and the exit code is 1.
 */
const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** With fewer modules than this the boundary check has not seen the project, whatever it says. */
const MINIMUM_MODULES = 400;
const CRUISED = ['src', 'sandbox', 'scripts', 'test', 'bench', 'tools', 'extension-kit'];
const EXTENSIONS = ['cards', 'pages', 'settings'];

const ESLINT_CACHE = ['--cache', '--cache-strategy', 'content', '--cache-location', '.tmp/eslint/'];
const PRETTIER_CACHE = ['--cache', '--cache-strategy', 'content', '--cache-location', '.tmp/prettier'];
const TSC_CACHE = ['--incremental', '--tsBuildInfoFile', '.tmp/types.tsbuildinfo'];
const tsc = toolFile('typescript', 'tsc');

/** The longest first, so that the short ones fill the other lanes. */
const steps: readonly Step[] = [
  // The cache spares what did not change here; a clean clone has none and lints everything.
  { name: 'lint', script: [toolFile('eslint'), '.', ...ESLINT_CACHE] },
  { name: 'types', script: [tsc, '-p', 'tsconfig.json', ...TSC_CACHE] },
  {
    name: 'format',
    script: [toolFile('prettier'), '--check', '--log-level', 'warn', ...PRETTIER_CACHE, '.'],
  },
  ...EXTENSIONS.map((name) => ({
    name: `types of extensions/app/${name}`,
    script: [tsc, '-p', `extensions/app/${name}`],
  })),
  { name: 'dead code', script: [toolFile('knip'), '--no-progress', '--no-config-hints'] },
  {
    name: 'boundaries',
    run: () =>
      findBoundaryFaults({
        root,
        folders: CRUISED,
        config: '.dependency-cruiser.cjs',
        minimumModules: MINIMUM_MODULES,
      }),
  },
  { name: 'generated files', script: ['scripts/generate.ts', '--check'] },
  { name: 'sandbox document', script: ['scripts/sandbox-docs.ts', '--check'] },
  { name: 'documentation references', run: () => findDocFaults(root) },
];

const isGreen = await runSteps(root, steps, {
  lanes: Math.min(4, availableParallelism()),
  print: (line) => {
    console.log(line);
  },
});
process.exitCode = isGreen ? 0 : 1;
