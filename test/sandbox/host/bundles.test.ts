import { cp, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildExtensionBundles } from '../../../sandbox/host/bundles.ts';

/** The copy lies inside the repository, so that its imports find node_modules. */
const REPOSITORY = path.join(import.meta.dirname, '../../..');
const FIXTURE = path.join(REPOSITORY, 'test/browser/fixtures/extension');
const SETTINGS = 'src/app/settings/Settings.tsx';
const BUILD_TIMEOUT_MS = 60_000;

describe('building the extension bundles', () => {
  let projectRoot = '';
  let outDir = '';

  beforeAll(async () => {
    await mkdir(path.join(REPOSITORY, '.tmp'), { recursive: true });
    projectRoot = await mkdtemp(path.join(REPOSITORY, '.tmp/extension-'));
    outDir = await mkdtemp(path.join(os.tmpdir(), 'bundles-'));
    await cp(FIXTURE, projectRoot, { recursive: true });
  });

  afterAll(async () => {
    await rm(projectRoot, { recursive: true, force: true });
    await rm(outDir, { recursive: true, force: true });
  });

  it(
    'builds one classic script per entrypoint folder, with its size in a browser’s download',
    async () => {
      const bundles = await buildExtensionBundles({ projectRoot, outDir });

      const cards = await readFile(bundles['cards']?.path ?? '');
      expect(Object.keys(bundles).sort()).toEqual(['cards', 'pages', 'settings']);
      expect(cards.toString()).toMatch(/^\(function\(/);
      expect(cards.toString()).not.toMatch(/^(import|export) /m);
      expect(bundles['cards']?.gzipBytes).toBe(gzipSync(cards).length);
    },
    BUILD_TIMEOUT_MS,
  );

  it(
    'takes an unchanged extension from the cache and builds a changed one anew',
    async () => {
      const first = await buildExtensionBundles({ projectRoot, outDir });
      const firstCards = await stat(first['cards']?.path ?? '');
      const source = path.join(projectRoot, SETTINGS);
      await writeFile(source, (await readFile(source, 'utf8')).replace('permissions', 'rights'));

      const second = await buildExtensionBundles({ projectRoot, outDir });

      const secondCards = await stat(second['cards']?.path ?? '');
      expect(second['cards']).toEqual(first['cards']);
      expect(secondCards.mtimeMs).toBe(firstCards.mtimeMs);
      expect(second['settings']?.path).not.toBe(first['settings']?.path);
      expect(await readFile(second['settings']?.path ?? '', 'utf8')).toContain('rights');
    },
    BUILD_TIMEOUT_MS,
  );

  it(
    'rejects with what the builder says when an extension does not build',
    async () => {
      const source = path.join(projectRoot, SETTINGS);
      const good = await readFile(source, 'utf8');
      await writeFile(source, 'import { nothing } from "./absent.tsx"; nothing();');

      const build = buildExtensionBundles({ projectRoot, outDir });

      await expect(build).rejects.toThrow(/does not build:[^]*absent\.tsx/);
      await writeFile(source, good);
    },
    BUILD_TIMEOUT_MS,
  );
});
