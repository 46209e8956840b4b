/** Runs the comparison's tests against a mutant, in a copy of the tree: the real files are never touched. */
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const TIMEOUT_MS = 120_000;
/** Few cases of each property: a mutant that needs more to be seen is looked at by hand. */
const PROPERTY_RUNS = '300';
const JEST = 'node_modules/jest/bin/jest.js';
const COPIED = ['src/core', 'test/core/comparison', 'package.json'];

export type Copy = {
  /** Puts a text in place of a file's own, and returns true where some test then fails. */
  kills(path: string, text: string): Promise<boolean>;
  close(): void;
};

/** Copies what the comparison's tests need beside the project's own modules. */
export function openCopy(root: string, originals: ReadonlyMap<string, string>): Copy {
  const folder = mkdtempSync(join(tmpdir(), 'mutate-'));
  for (const path of COPIED) cpSync(join(root, path), join(folder, path), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  writeFileSync(join(folder, 'jest.config.js'), jestConfig());
  return {
    kills: async (path, text) => {
      writeFileSync(join(folder, path), text);
      try {
        return !(await passes(folder, path));
      } finally {
        writeFileSync(join(folder, path), originals.get(path) ?? '');
      }
    },
    close: () => {
      rmSync(folder, { recursive: true });
    },
  };
}

function jestConfig(): string {
  return `export default { testEnvironment: 'node', extensionsToTreatAsEsm: ['.ts', '.tsx'], bail: 1,
  moduleFileExtensions: ['ts', 'js', 'mjs', 'json', 'node'], transform: { '^.+\\\\.tsx$': '@swc/jest' },
  testMatch: ['<rootDir>/test/**/*.test.ts'], haste: { enableSymlinks: false } };\n`;
}

/** A run that does not end in time counts as failed: the mutant made a loop. */
function passes(folder: string, path: string): Promise<boolean> {
  const options = [
    '--experimental-vm-modules',
    '--no-warnings',
    JEST,
    '--runInBand',
    '--silent',
    '--reporters=default',
  ];
  const args = [...options, '--passWithNoTests', '--findRelatedTests', path];
  const child = spawn(process.execPath, args, {
    cwd: folder,
    env: { ...process.env, PROPERTY_RUNS, SEED: '1' },
    stdio: 'ignore',
  });
  return new Promise((resolve) => {
    const timer = setTimeout(() => child.kill('SIGKILL'), TIMEOUT_MS);
    child.once('close', (code) => {
      clearTimeout(timer);
      resolve(code === 0);
    });
  });
}
