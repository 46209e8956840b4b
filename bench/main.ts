import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { buildExtensionBundles } from '../sandbox/host/bundles.ts';
import { runCompareBench } from './compare.ts';

/** Each bench returns figures that can be compared between machines only as ratios; `npm run bench -- NAME` runs one. */
const BENCHES: Readonly<Record<string, () => Promise<unknown>>> = {
  compare: runCompareBench,
  bundle: runBundleBench,
};

/** Size of each extension's production bundle, gzipped, built anew by HubSpot's own builder. */
async function runBundleBench(): Promise<{
  readonly extensions: readonly { name: string; gzipBytes: number }[];
}> {
  const outDir = await mkdtemp(path.join(tmpdir(), 'sci-bundles-'));
  try {
    const projectRoot = path.resolve(import.meta.dirname, '..');
    const bundles = await buildExtensionBundles({ projectRoot, outDir });
    return { extensions: Object.entries(bundles).map(([name, { gzipBytes }]) => ({ name, gzipBytes })) };
  } finally {
    await rm(outDir, { recursive: true, force: true });
  }
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { json: { type: 'boolean', default: false } },
  });
  const names = positionals.length > 0 ? positionals : Object.keys(BENCHES);
  const unknown = names.filter((name) => BENCHES[name] === undefined);
  if (unknown.length > 0) {
    throw new Error(
      `There is no bench ${unknown.join(', ')}. Choose from: ${Object.keys(BENCHES).join(', ')}.`,
    );
  }
  const benches: Record<string, unknown> = {};
  for (const name of names) {
    benches[name] = await BENCHES[name]?.();
    if (!values.json) process.stdout.write(`${name}: ${JSON.stringify(benches[name], null, 2)}\n`);
  }
  const machine = { cores: cpus().length, model: cpus()[0]?.model ?? 'unknown', node: process.version };
  if (values.json) process.stdout.write(`${JSON.stringify({ machine, benches }, null, 2)}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
