import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findBoundaryFaults } from '../scripts/verify/boundaries.ts';

const project = fileURLToPath(new URL('..', import.meta.url));
const config = join(project, '.dependency-cruiser.cjs');

/** A small tree in which every rule is broken once; each file imports what its comment-free line says. */
const PLANTED: Readonly<Record<string, string>> = {
  'src/main.ts': "import './wire.ts';",
  'src/wire.ts':
    "import './http/route.ts'; import './jobs/job.ts'; import './hubspot/other.ts'; import './early.ts';",
  'src/early.ts': "import { secret } from './config.ts'; export const early = secret;",
  'src/config.ts': "export const secret = 1; import '../sandbox/stand-in.ts';",
  'src/core/rule.ts': "import { verb } from '../usecases/verb.ts'; export const rule = verb;",
  'src/core/clock.ts': "import 'node:fs'; export const clock = 1;",
  'src/usecases/verb.ts': "import { row } from '../store/row.ts'; export const verb = row;",
  'src/usecases/reader.ts': "import 'node:fs'; export const reader = 1;",
  'src/http/route.ts': "import '../store/row.ts'; import '../core/rule.ts'; import '../core/clock.ts';",
  'src/hubspot/other.ts': "import '@hubspot/api-client'; import '../http/route.ts';",
  'src/store/row.ts': "import '../jobs/job.ts'; export const row = 1;",
  'src/jobs/job.ts': "import '../store/other-row.ts'; import '../usecases/reader.ts'; import '../wire.ts';",
  'src/store/other-row.ts': 'export const other = 1;',
  'sandbox/stand-in.ts': "import '../test/helper.ts';",
  'test/helper.ts': 'export const helper = 1;',
  'scripts/forgotten.ts': 'export const forgotten = 1;',
};
const FOLDERS = ['src', 'sandbox', 'test', 'scripts'];

let root = '';
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'rings-'));
  for (const [file, text] of Object.entries(PLANTED)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), `${text}\n`);
  }
  writeFileSync(join(root, 'package.json'), '{"name":"planted","type":"module"}');
  writeFileSync(join(root, 'tsconfig.json'), '{"compilerOptions":{"module":"nodenext"}}');
  symlinkSync(join(project, 'node_modules'), join(root, 'node_modules'));
});
afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

describe('the boundary check', () => {
  let faults: readonly string[] = [];
  beforeAll(async () => {
    faults = await findBoundaryFaults({ root, folders: FOLDERS, config, minimumModules: 1 });
  }, 60_000);

  it.each([
    ['core-is-pure', 'src/core/rule.ts'],
    ['core-has-no-builtins', 'src/core/clock.ts'],
    ['usecases-know-no-shell', 'src/usecases/verb.ts'],
    ['usecases-have-no-builtins', 'src/usecases/reader.ts'],
    ['http-not-store', 'src/http/route.ts'],
    ['hubspot-not-http', 'src/hubspot/other.ts'],
    ['store-not-shell', 'src/store/row.ts'],
    ['jobs-not-shell', 'src/jobs/job.ts'],
    ['only-the-root-wires', 'src/jobs/job.ts'],
    ['one-door-to-hubspot', 'src/hubspot/other.ts'],
    ['src-never-outside', 'src/config.ts'],
    ['sandbox-not-test', 'sandbox/stand-in.ts'],
    ['no-cycles', 'src/jobs/job.ts'],
    ['no-orphans', 'scripts/forgotten.ts'],
  ])('finds what breaks %s', (rule, file) => {
    const found = faults.filter((fault) => fault.startsWith(`${rule}: ${file} `));

    expect(found).not.toEqual([]);
  });

  it('says nothing about imports that point inward', () => {
    const inward = faults.filter((fault) => fault.includes('src/http/route.ts -> src/core'));

    expect(inward).toEqual([]);
  });

  it('fails where it saw fewer modules than the project has', async () => {
    const small = await findBoundaryFaults({ root, folders: ['test'], config, minimumModules: 400 });

    expect(small).toEqual([
      'no-orphans: test/helper.ts -> test/helper.ts',
      'only 1 modules were seen; at least 400 are there',
    ]);
  }, 60_000);
});
