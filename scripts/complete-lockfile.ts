import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * Completes package-lock.json after `npm install` on a registry that serves the binaries of one platform only. npm leaves
 * the other platforms' optional packages out then, and `npm ci` refuses such a lock. They are written back with the version
 * that their parent names and the platform that their name says; npm skips them wherever they do not fit.
 */

type LockEntry = {
  readonly version?: string;
  readonly dev?: boolean;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
};
type Lock = { packages: Record<string, LockEntry | Record<string, unknown>> };

const SYSTEMS = [
  'android',
  'darwin',
  'freebsd',
  'linux',
  'openbsd',
  'openharmony',
  'netbsd',
  'win32',
  'sunos',
  'aix',
];
const PROCESSORS: readonly (readonly [pattern: string, cpu: string])[] = [
  ['arm64', 'arm64'],
  ['arm-', 'arm'],
  ['x64', 'x64'],
  ['ia32', 'ia32'],
  ['ppc64', 'ppc64'],
  ['s390x', 's390x'],
  ['riscv64', 'riscv64'],
  ['loong64', 'loong64'],
];

/** Adds what is missing and returns the names added. */
export function completeLock(lock: Lock): string[] {
  const added: string[] = [];
  for (const [place, entry] of Object.entries(lock.packages)) {
    for (const [name, version] of Object.entries((entry as LockEntry).optionalDependencies ?? {})) {
      const platform = platformOf(name);
      if (platform === null || isLocked(lock, place, name) || !/^\d/.test(version)) continue;
      const dev = (entry as LockEntry).dev === true ? { dev: true } : {};
      lock.packages[placeFor(lock, place, name)] = { version, ...platform, ...dev, optional: true };
      added.push(`${name}@${version}`);
    }
  }
  lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)));
  return added;
}

function platformOf(name: string): { os: string[]; cpu: string[]; libc?: string[] } | null {
  const os = SYSTEMS.find((system) => name.includes(system));
  const cpu = PROCESSORS.find(([pattern]) => name.includes(pattern))?.[1];
  if (os === undefined || cpu === undefined) return null;
  const libc = name.endsWith('musl') ? ['musl'] : name.endsWith('gnu') && os === 'linux' ? ['glibc'] : null;
  return { os: [os], cpu: [cpu], ...(libc === null ? {} : { libc }) };
}

/** npm looks for a package beside its parent, then in each folder above. */
function isLocked(lock: Lock, place: string, name: string): boolean {
  for (let at = place; ; at = parentOf(at)) {
    if (lock.packages[at === '' ? `node_modules/${name}` : `${at}/node_modules/${name}`] !== undefined)
      return true;
    if (at === '') return false;
  }
}

function parentOf(place: string): string {
  const end = place.lastIndexOf('/node_modules/');
  return end === -1 ? '' : place.slice(0, end);
}

/** Beside the parent's siblings, where every parent of the same version finds it; nested where the top has another version. */
function placeFor(lock: Lock, place: string, name: string): string {
  const folder = parentOf(place);
  const beside = folder === '' ? `node_modules/${name}` : `${folder}/node_modules/${name}`;
  return lock.packages[beside] === undefined ? beside : `${place}/node_modules/${name}`;
}

if (import.meta.main) {
  for (const file of process.argv.slice(2).length > 0 ? process.argv.slice(2) : ['package-lock.json']) {
    const lock = JSON.parse(readFileSync(file, 'utf8')) as Lock;
    const added = completeLock(lock);
    writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
    process.stdout.write(`${path.basename(file)}: ${added.length} packages of other platforms added\n`);
  }
}
