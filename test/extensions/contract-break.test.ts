import { describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { toolFile } from '../../scripts/verify/tool-file.ts';

const REPOSITORY = path.join(import.meta.dirname, '../..');
const COMPILE_TIMEOUT_MS = 120_000;
const run = promisify(execFile);

/** A copy of an entrypoint whose types are those of a contract without this field; gives back what `tsc` finds, a line a fault. */
async function faultsWithout(entrypoint: string, field: string): Promise<string[]> {
  await mkdir(path.join(REPOSITORY, '.tmp'), { recursive: true });
  const copy = await mkdtemp(path.join(REPOSITORY, '.tmp/contract-'));
  try {
    await cp(path.join(REPOSITORY, 'extensions/app', entrypoint), copy, {
      recursive: true,
      filter: (source) => !source.includes('node_modules'),
    });
    const types = path.join(copy, 'generated/contract-types.ts');
    const before = await readFile(types, 'utf8');
    const after = before.replaceAll(new RegExp(`^\\s*${field}: .*;\\n`, 'gm'), '');
    if (after === before) throw new Error(`the contract has no line for ${field}`);
    await writeFile(types, after);
    return await compile(copy);
  } finally {
    await rm(copy, { recursive: true });
  }
}

async function compile(project: string): Promise<string[]> {
  try {
    await run(process.execPath, [toolFile('typescript', 'tsc'), '-p', project]);
    return [];
  } catch (error) {
    const { stdout } = error as { stdout: string };
    return stdout.split('\n').filter((line) => line.includes('error TS'));
  }
}

describe('a field that leaves the contract', () => {
  it.each([
    ['cards', 'question', 'CheckInForm.tsx'],
    ['pages', 'dueTotal', 'ManagerHome.tsx'],
    ['settings', 'announcementDefault', 'HowOpen.tsx'],
  ])(
    'fails the types of the %s, which read %s, as `npm run verify` compiles them',
    async (entrypoint, field, reader) => {
      const faults = await faultsWithout(entrypoint, field);

      expect(faults.join('\n')).toContain(reader);
      expect(faults.filter((fault) => !fault.includes(field))).toEqual([]);
    },
    COMPILE_TIMEOUT_MS,
  );
});
