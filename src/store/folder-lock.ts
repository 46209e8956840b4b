import { mkdirSync, readFileSync, renameSync, rmSync, linkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { AppError } from '../errors.ts';

/** Folders that this very process holds: its own pid in a file left by an earlier life (pid 1 of a container) is no holder. */
const heldHere = new Set<string>();

/**
 * Takes the folder for this process alone and returns how to give it back. The embedded database itself takes no lock, and two
 * writers on one folder lose acknowledged rows. A lock whose process is gone is taken over.
 * @throws AppError `unavailable` naming the process that holds it
 */
export function lockFolder(folder: string): () => void {
  mkdirSync(folder, { recursive: true });
  const file = path.resolve(folder, 'in-use.pid');
  if (heldHere.has(file)) throw inUse(folder, process.pid);
  for (let attempt = 0; !create(file); attempt += 1) {
    const holder = read(file);
    if (attempt === 10 || (holder !== null && isAlive(holder))) throw inUse(folder, holder?.pid ?? 0);
    if (holder !== null) removeStale(file, holder.text);
  }
  heldHere.add(file);
  return () => {
    if (!heldHere.delete(file)) return;
    rmSync(file, { force: true });
  };
}

type Holder = { readonly pid: number; readonly startMark: string; readonly text: string };

function create(file: string): boolean {
  try {
    writeFileSync(file, `${process.pid} ${startMark(process.pid)}\n`, { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function read(file: string): Holder | null {
  try {
    const text = readFileSync(file, 'utf8');
    const [pid = '', mark = ''] = text.trim().split(' ');
    return { pid: Number(pid), startMark: mark, text };
  } catch {
    return null;
  }
}

/** Moves the stale file aside; where another process was quicker and the moved file is its fresh lock, puts that back. */
function removeStale(file: string, staleText: string): void {
  const aside = `${file}.${process.pid}`;
  try {
    renameSync(file, aside);
    if (readFileSync(aside, 'utf8') !== staleText) linkSync(aside, file);
  } catch {
    // Gone already, or taken again: the next round sees what is there.
  } finally {
    rmSync(aside, { force: true });
  }
}

function isAlive(holder: Holder): boolean {
  if (holder.pid === process.pid || !Number.isInteger(holder.pid) || holder.pid <= 0) return false;
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  // A pid is used again after a restart of the machine: the same number started at another time is another process.
  return holder.startMark === '' || holder.startMark === startMark(holder.pid);
}

/** When the process started, as the kernel counts it; empty where the system has no /proc. */
function startMark(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    const afterName = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return `${boot}/${afterName[19] ?? ''}`;
  } catch {
    return '';
  }
}

function inUse(folder: string, pid: number): AppError {
  return new AppError('unavailable', `The data folder ${folder} is in use by process ${pid}.`, {
    hint: `Stop process ${pid}, or choose another folder. Two processes on one folder would lose answers.`,
  });
}
