import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findDocFaults } from '../../scripts/verify/doc-references.ts';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'documents-'));
  mkdirSync(join(root, 'docs/adr'), { recursive: true });
  mkdirSync(join(root, 'src/store'), { recursive: true });
  writeFileSync(join(root, 'package.json'), '{"scripts":{"tour":"node tour.ts"}}');
  writeFileSync(join(root, 'src/store/rows.ts'), '');
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

function faultsOf(text: string, file = 'README.md'): Promise<readonly string[]> {
  writeFileSync(join(root, file), text);
  return findDocFaults(root);
}

describe('the documentation check', () => {
  it('accepts paths, folders, patterns, links and scripts that are there', async () => {
    const text =
      '`src/store/rows.ts`, `src/store`, `src/store/*.ts`, [adr](docs/adr/), [x](https://example.com), `npm run tour`';

    const faults = await faultsOf(text);

    expect(faults).toEqual([]);
  });

  it('names file and line of a cited path that is gone', async () => {
    const faults = await faultsOf('first\n\nsee `src/store/gone.ts` for more');

    expect(faults).toEqual(['README.md:3: src/store/gone.ts is not there']);
  });

  it('reads a link from the folder of its document', async () => {
    const faults = await faultsOf(
      '[in](adr/) [out](../src/store/rows.ts#top) [gone](adr/0001-gone.md)',
      'docs/a.md',
    );

    expect(faults).toEqual(['docs/a.md:1: adr/0001-gone.md is not there']);
  });

  it('finds an image that is not there', async () => {
    const faults = await faultsOf('![The card](docs/card.png)');

    expect(faults).toEqual(['README.md:1: docs/card.png is not there']);
  });

  it('finds a script that package.json does not have', async () => {
    const faults = await faultsOf('Run `npm run turn`.');

    expect(faults).toEqual(['README.md:1: there is no script "turn" in package.json']);
  });

  it('knows a script behind the switch that keeps npm’s banner away', async () => {
    const faults = await faultsOf('Pipe `npm run -s turn`.');

    expect(faults).toEqual(['README.md:1: there is no script "turn" in package.json']);
  });

  it('finds unfinished marks and paths of one machine, in code blocks too', async () => {
    const [home, mark] = [['', 'home', 'ana'].join('/'), ['TO', 'DO'].join('')];

    const faults = await faultsOf(`\`\`\`\ncd ${home}\n\`\`\`\n${mark}: more`);

    expect(faults).toEqual(['README.md:2: a path of one machine', 'README.md:4: an unfinished mark']);
  });

  it('leaves examples in code blocks and words with a slash alone', async () => {
    const faults = await faultsOf(
      '```\nsrc/example.ts\n```\n`POST /api/check-ins`, `read/write`, `application/json`',
    );

    expect(faults).toEqual([]);
  });
});
