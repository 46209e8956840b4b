/** Loads the comparison's tests with one mutant in the place of its file, and says whether one of them fails. */
import { registerHooks, stripTypeScriptTypes } from 'node:module';
import { relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import type { Trial, Verdict } from './run.ts';
import { firstFailure } from './small-jest.ts';

const { root, texts } = workerData as { root: string; texts: ReadonlyMap<string, string> };
const SMALL_JEST = new URL('./small-jest.ts', import.meta.url).href;
const MARK = '?trial=';

const stripped = new Map<string, string>();
let trial: Trial = { id: 0, path: '', text: '', reached: new Set(), tests: [] };

/** What the mutant reaches is loaded anew for each trial; all the rest is loaded once. */
registerHooks({
  resolve: (specifier, context, next) => {
    if (specifier === '@jest/globals') return { url: SMALL_JEST, shortCircuit: true };
    const found = next(specifier, context);
    const isReached = trial.reached.has(pathOf(found.url));
    return isReached ? { ...found, url: `${found.url}${MARK}${trial.id}` } : found;
  },
  load: (url, context, next) => {
    const path = pathOf(url);
    if (!texts.has(path)) return next(url, context);
    return { format: 'module', source: sourceOf(path), shortCircuit: true };
  },
});

parentPort?.on('message', (asked: Trial) => {
  void judge(asked).then((verdict) => parentPort?.postMessage(verdict));
});

async function judge(asked: Trial): Promise<Verdict> {
  trial = asked;
  const tookMs: Record<string, number> = {};
  for (const test of asked.tests) {
    const startedAt = performance.now();
    const why = await failureOf(test);
    if (why !== null) return { killedBy: test, why, tookMs };
    tookMs[test] = performance.now() - startedAt;
  }
  return { killedBy: null, why: null, tookMs };
}

/** A file that cannot even be loaded counts as failed. */
async function failureOf(test: string): Promise<string | null> {
  try {
    await import(`${pathToFileURL(`${root}/${test}`).href}${MARK}${trial.id}`);
  } catch (error) {
    await firstFailure();
    return String(error);
  }
  return await firstFailure();
}

function pathOf(url: string): string {
  return url.startsWith('file:') ? relative(root, fileURLToPath(url.replace(/\?.*$/, ''))) : url;
}

function sourceOf(path: string): string {
  if (path === trial.path) return stripTypeScriptTypes(trial.text);
  const known = stripped.get(path) ?? stripTypeScriptTypes(texts.get(path) ?? '');
  stripped.set(path, known);
  return known;
}
