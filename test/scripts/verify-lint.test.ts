import { describe, expect, it } from '@jest/globals';
import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';
import { fileURLToPath } from 'node:url';

const project = fileURLToPath(new URL('../..', import.meta.url));
/** The project's own rules, without those that need types: the planted files are not on disk. */
const eslint = new ESLint({
  cwd: project,
  overrideConfig: [
    { languageOptions: { parserOptions: { projectService: false } } },
    tseslint.configs.disableTypeChecked,
  ],
});

async function rulesBroken(file: string, code: string): Promise<readonly (string | null)[]> {
  const [result] = await eslint.lintText(`${code}\n`, { filePath: `${project}${file}` });
  return (result?.messages ?? []).map(({ ruleId }) => ruleId);
}

describe('the house rules of lint', () => {
  it.each([
    ['core', 'export const now = () => Date.now();', 'no-restricted-properties'],
    ['core', 'export const now = () => new Date();', 'no-restricted-syntax'],
    ['core', 'export const luck = () => Math.random();', 'no-restricted-properties'],
    ['core', 'export const home = () => process.env;', 'no-restricted-globals'],
    ['core', "export const ask = () => fetch('https://example.com');", 'no-restricted-globals'],
    ['core', 'export const wait = () => setTimeout(() => undefined, 1);', 'no-restricted-globals'],
    ['usecases', 'export const now = () => new Date();', 'no-restricted-syntax'],
  ])('keep %s pure: %s', async (ring, code, rule) => {
    expect(await rulesBroken(`src/${ring}/planted.ts`, code)).toEqual([rule]);
  });

  it.each([
    "export const find = (name: string) => `SELECT * FROM people WHERE name = '${name}'`;",
    "export const find = (name: string) => 'DELETE FROM people WHERE name = ' + name;",
    'export const run = (sql: { raw(text: string): void }, name: string) => sql.raw(`SET x = ${name}`);',
  ])('find SQL made from text: %s', async (code) => {
    expect(await rulesBroken('src/store/planted.ts', code)).toEqual(['no-restricted-syntax']);
  });

  it('allow SQL whose values become parameters', async () => {
    const code =
      "import { sql } from 'kysely';\nexport const find = (n: string) => sql`SELECT 1 WHERE 'a' = ${n}`;";

    expect(await rulesBroken('src/store/planted.ts', code)).toEqual([]);
  });

  it.each(['src/http/planted.ts', 'src/hubspot/planted.ts', 'src/store/planted.ts'])(
    'keep calls and the SDK out of %s',
    async (file) => {
      const code =
        "import { Client } from '@hubspot/api-client';\nexport const go = () => [fetch('/'), Client];";

      expect(await rulesBroken(file, code)).toEqual(['no-restricted-imports', 'no-restricted-globals']);
    },
  );

  it('leave one file the SDK', async () => {
    const code = "import { Client } from '@hubspot/api-client';\nexport const go = () => Client;";

    expect(await rulesBroken('src/hubspot/client.ts', code)).toEqual([]);
  });
});
