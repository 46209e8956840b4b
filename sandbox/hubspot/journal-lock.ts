import { open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** Locks that this very process holds: after a crash in a container, a new process may get the old one's id. */
const held = new Set<string>();

/**
 * Takes a folder for this process alone and returns how to give it free. The lock of a process that no longer runs is taken
 * over. Throws an Error naming the process that holds it.
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const path = join(folder, 'lock.pid');
  for (let attempt = 0; attempt < 2; attempt += 1) {
    if (await tryLock(path)) {
      held.add(path);
      return () => unlock(path);
    }
    const holder = Number(await readFile(path, 'utf8').catch(() => ''));
    if (holder === process.pid ? held.has(path) : isRunning(holder)) {
      throw new Error(
        `The folder ${folder} is in use by another sandbox (process ${String(holder)}). ` +
          `Stop that process, or start this one on another folder.`,
      );
    }
    await rm(path, { force: true });
  }
  throw new Error(
    `The folder ${folder} could not be locked: two processes start at the same time. Try again.`,
  );
}

async function unlock(path: string): Promise<void> {
  await rm(path, { force: true });
  held.delete(path);
}

async function tryLock(path: string): Promise<boolean> {
  try {
    const file = await open(path, 'wx');
    await file.writeFile(String(process.pid));
    await file.close();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Signal 0 asks whether a process exists; EPERM means that it does and belongs to someone else. */
function isRunning(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
