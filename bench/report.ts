/**
 * Writes the record of docs/benchmarks.md from what `npm run bench -- --out FILE` measured, so that no figure is typed by hand:
 * `npx node bench/report.ts FILE...`
 */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { format, resolveConfig } from 'prettier';
import { mergedRecord, recordMarkdown, withRecord, type BenchRecord } from './report/table.ts';

const DOCS = path.resolve(import.meta.dirname, '..', 'docs');
const PAGE = path.join(DOCS, 'benchmarks.md');
const RECORD = path.join(DOCS, 'benchmarks.json');

async function main(): Promise<void> {
  const records = await Promise.all(
    process.argv.slice(2).map(async (file) => JSON.parse(await readFile(file, 'utf8')) as BenchRecord),
  );
  const record = mergedRecord(records);
  const style = (await resolveConfig(RECORD)) ?? {};
  await writeFile(RECORD, await format(JSON.stringify(record), { ...style, parser: 'json' }));
  await writeFile(PAGE, withRecord(await readFile(PAGE, 'utf8'), recordMarkdown(record)));
  process.stdout.write(`Wrote ${path.relative('.', PAGE)} and ${path.relative('.', RECORD)}.\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
