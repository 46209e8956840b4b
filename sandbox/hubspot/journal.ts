import { open, readFile, mkdir, truncate } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import type { SandboxClock } from '../clock.ts';
import { lockFolder } from './journal-lock.ts';
import type { Change } from './model.ts';
import type { SimulatorState } from './state.ts';

/** The state's history on disk. */
export interface Journal {
  /** Returns once every change so far is written and fsynced. Throws when the disk refused it. */
  readonly flushed: () => Promise<void>;
  /** Flushes, closes the file and gives the folder free. */
  close(): Promise<void>;
}

interface JournalLine {
  readonly at: string;
  readonly changes: readonly Change[];
}

/**
 * Rebuilds the state from the folder's journal, then appends every commit to it. One line is one commit, so that a line torn
 * by a crash loses a commit that nobody was told of, and nothing else. The clock goes on from the last line.
 */
export async function openJournal(
  stateDir: string | null,
  state: SimulatorState,
  clock: SandboxClock,
): Promise<Journal> {
  if (stateDir === null) return { flushed: () => Promise.resolve(), close: () => Promise.resolve() };
  await mkdir(stateDir, { recursive: true });
  const unlock = await lockFolder(stateDir);
  try {
    const path = join(stateDir, 'journal.jsonl');
    await replay(path, state, clock);
    const writer = createWriter(await open(path, 'a'));
    state.onCommit((changes, at) =>
      writer.append(JSON.stringify({ at: at.toISOString(), changes } satisfies JournalLine)),
    );
    return {
      flushed: writer.flushed,
      close: async () => {
        await writer.close();
        await unlock();
      },
    };
  } catch (error) {
    await unlock();
    throw error;
  }
}

async function replay(path: string, state: SimulatorState, clock: SandboxClock): Promise<void> {
  const bytes = await readFile(path).catch(() => Buffer.alloc(0));
  const wholeBytes = bytes.lastIndexOf(0x0a) + 1;
  if (wholeBytes < bytes.length) await truncate(path, wholeBytes);
  let last: Date | null = null;
  for (let start = 0; start < wholeBytes;) {
    const end = bytes.indexOf(0x0a, start);
    const line = JSON.parse(bytes.toString('utf8', start, end)) as JournalLine;
    last = new Date(line.at);
    state.replay(line.changes, last);
    start = end + 1;
  }
  if (last !== null && last > clock.now()) clock.moveTo(last);
}

interface Writer {
  append(line: string): void;
  readonly flushed: () => Promise<void>;
  close(): Promise<void>;
}

/** Lines that arrive while a write is under way share the next write and its fsync. */
function createWriter(file: FileHandle): Writer {
  let waiting: string[] = [];
  let running: Promise<void> | null = null;
  let failure: unknown = null;
  const drain = async () => {
    while (waiting.length > 0) {
      const lines = waiting;
      waiting = [];
      await file.appendFile(lines.map((line) => `${line}\n`).join(''));
      await file.datasync();
    }
  };
  const flushed = async () => {
    if (failure !== null)
      throw failure instanceof Error ? failure : new Error('the journal could not be written');
    if (running === null && waiting.length > 0) {
      running = drain()
        .catch((error: unknown) => {
          failure = error;
        })
        .finally(() => {
          running = null;
        });
    }
    while (running !== null) await running;
    if (waiting.length > 0) await flushed();
  };
  return {
    append: (line) => void waiting.push(line),
    flushed,
    close: async () => {
      await flushed();
      await file.close();
    },
  };
}
