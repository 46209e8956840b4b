import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buildExtensionBundles } from '../sandbox/host/bundles.ts';
import { missesOf, type BenchResult } from './bench.ts';

/** The card is loaded on every company record. */
const MOST_CARD_BYTES = 25_000;

/** Size of each extension's production bundle, gzipped, built anew by HubSpot's own builder. */
export async function runBundleBench(): Promise<BenchResult> {
  const outDir = await mkdtemp(path.join(tmpdir(), 'sci-bundles-'));
  try {
    const projectRoot = path.resolve(import.meta.dirname, '..');
    const bundles = await buildExtensionBundles({ projectRoot, outDir });
    const extensions = Object.entries(bundles).map(([name, { gzipBytes }]) => ({ name, gzipBytes }));
    const cards = extensions.filter(({ name }) => name.toLowerCase().includes('card'));
    const bars = [
      { holds: cards.length > 0, miss: 'no card was built, so nothing was measured' },
      ...cards.map(({ name, gzipBytes }) => ({
        holds: gzipBytes <= MOST_CARD_BYTES,
        miss: `${name} has ${gzipBytes} bytes gzipped; at most ${MOST_CARD_BYTES} are allowed`,
      })),
    ];
    return { figures: { extensions }, misses: missesOf(bars) };
  } finally {
    await rm(outDir, { recursive: true, force: true });
  }
}
