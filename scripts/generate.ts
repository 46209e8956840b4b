import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findDrift, writeOutputs } from './generate/drift.ts';
import { collectOutputs } from './generate/outputs.ts';

/**
 * `npm run generate` writes everything that follows from `app.json`, the HTTP contract and the extension kit;
 * `npm run generate -- --check` changes nothing, names each file that is out of step, and then exits 1.
 */
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const outputs = await collectOutputs(root);
if (process.argv.includes('--check')) {
  const drift = findDrift(root, outputs);
  for (const line of drift) console.error(line);
  console.log(drift.length === 0 ? `${outputs.size} generated files are in step` : 'run: npm run generate');
  process.exitCode = drift.length === 0 ? 0 : 1;
} else {
  const touched = writeOutputs(root, outputs);
  for (const path of touched) console.log(path);
  console.log(`${outputs.size} generated files, ${touched.length} changed`);
}
