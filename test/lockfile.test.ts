import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';

type Locked = {
  readonly resolved?: string;
  readonly integrity?: string;
  readonly link?: boolean;
  readonly hasInstallScript?: boolean;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
};

const read = (file: string): unknown =>
  JSON.parse(readFileSync(new URL(`../${file}`, import.meta.url), 'utf8'));
const manifest = read('package.json') as {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
};
const { packages } = read('package-lock.json') as { readonly packages: Readonly<Record<string, Locked>> };
const installed = Object.entries(packages).filter(([path]) => path !== '');

/** What may run a program of its own while it is installed, and why that is wanted. None of it reaches production. */
const MAY_RUN_AT_INSTALL: Readonly<Record<string, string>> = {
  '@parcel/watcher': 'part of a tool of the bundler; checks for a prebuilt file',
  '@swc/core': 'turns .tsx into JavaScript for tests; checks its prebuilt binary',
  esbuild: 'bundles the local record page; checks its prebuilt binary',
  fsevents: 'watches files on macOS',
  node: 'fetches the Node 24 that npm scripts run on',
};
/** Development tools that follow a line: each must match the runtime or its peer, which the lockfile settles. */
const MAY_BE_RANGES = ['@eslint/js', '@types/node', '@types/react', '@types/react-dom', 'node', 'typescript'];

const EXACT = /^\d+\.\d+\.\d+(-[\w.]+)?$/;

describe('the lockfile', () => {
  it('lets only listed packages run a program while they are installed', () => {
    const running = installed.filter(([, { hasInstallScript }]) => hasInstallScript === true);

    const names = new Set(running.map(([path]) => path.split('node_modules/').at(-1) ?? path));

    expect(running.length).toBeGreaterThan(0);
    expect([...names].filter((name) => !(name in MAY_RUN_AT_INSTALL))).toEqual([]);
  });

  it('lets no package of a production install run a program while it is installed', () => {
    const production = installed.filter(([, { dev }]) => dev !== true);

    const running = production.filter(([, { hasInstallScript }]) => hasInstallScript === true);

    expect(production.length).toBeGreaterThan(20);
    expect(running.map(([path]) => path)).toEqual([]);
  });

  it('holds the checksum of every package, but for binaries of other platforms', () => {
    const unchecked = installed.filter(([, { integrity = '' }]) => !integrity.startsWith('sha512-'));

    expect(unchecked.filter(([, { os, cpu }]) => os === undefined && cpu === undefined)).toEqual([]);
    expect(unchecked.filter(([, { optional }]) => optional !== true)).toEqual([]);
  });

  it('takes no package from anywhere but a registry', () => {
    const strangers = installed.filter(
      ([, { resolved = '', link }]) =>
        link === true || /^(?!https:\/\/registry\.npmjs\.org\/)./.test(resolved),
    );

    expect(strangers.map(([path]) => path)).toEqual([]);
  });
});

describe('the direct dependencies', () => {
  it('are pinned exactly in production', () => {
    const ranges = Object.entries(manifest.dependencies).filter(([, version]) => !EXACT.test(version));

    expect(ranges).toEqual([]);
  });

  it('are pinned exactly in development, but for tools that must follow a line', () => {
    const ranges = Object.entries(manifest.devDependencies).filter(([, version]) => !EXACT.test(version));

    expect(ranges.map(([name]) => name).filter((name) => !MAY_BE_RANGES.includes(name))).toEqual([]);
  });

  it('are at most twelve in production', () => {
    expect(Object.keys(manifest.dependencies).length).toBeLessThanOrEqual(12);
  });
});
