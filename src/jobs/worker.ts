import type { PortalId } from '../core/model.ts';
import type { Log } from '../usecases/ports.ts';
import type { JobName } from '../usecases/records.ts';
import { LEASE_OF } from './jobs.ts';
import type { JobRunner, RunOptions, Turn } from './runner.ts';

export interface Worker {
  /** Runs one job soon: somebody just did what makes it due. */
  wake(job: JobName, portalId: PortalId): void;
  /** Runs one job once nothing that waits longer is left: another job's work made it due. */
  follow(job: JobName, portalId: PortalId): void;
  /** Waits until nothing is running or waiting. */
  quiet(): Promise<void>;
  /** Takes nothing new; resolves when the running jobs have ended. */
  stop(): Promise<void>;
}

export type WorkerOptions = {
  /** How often it looks for due work by itself; a lost wake-up costs that much at most. */
  readonly tickMs: number;
  /** How many (portal, job) pairs run at once. */
  readonly slots: number;
};

const keyOf = (job: JobName, portalId: PortalId): string => `${portalId}/${job}`;

/** One account's work takes half of the slots and leaves one at least, so that a large one never keeps the others waiting. */
const mostOfAPortal = (slots: number): number => Math.max(1, Math.min(slots - 1, Math.ceil(slots / 2)));

/**
 * Runs jobs of many portals side by side: what people wait for first, then what is due, the longest first, then what followed from
 * that. So many equal accounts go through a quarter's turn together, stage by stage, and a single one without a pause.
 */
export function createWorker(runner: JobRunner, log: Log, { tickMs, slots }: WorkerOptions): Worker {
  const woken = new Map<string, Turn>();
  const followUps = new Map<string, Turn>();
  let due: Turn[] = [];
  let mayHoldMore = false;
  let looking: Promise<void> | null = null;
  let isStopped = false;
  const busy = createBusy(mostOfAPortal(slots));
  const running = new Set<Promise<void>>();
  const whenQuiet: (() => void)[] = [];

  function pump(): void {
    while (!isStopped && running.size < slots) {
      const asked = take(woken);
      const found = asked === null ? takeDue() : null;
      const turn = asked ?? found ?? (isLookDue() ? null : take(followUps));
      if (turn === null) break;
      start(turn, { onlyIfStillDue: found !== null });
    }
    if (isLookDue() && running.size < slots) void look();
    if (isQuiet()) for (const tell of whenQuiet.splice(0)) tell();
  }

  /** What is known to be due only waits here, for a lease or for its account's share: others may have work. */
  const isDueUsedUp = () => !due.some((turn) => busy.hasRoomFor(turn));
  const isLookDue = () => mayHoldMore && isDueUsedUp() && !isStopped;
  const isQuiet = () =>
    running.size === 0 &&
    looking === null &&
    (isStopped || (woken.size === 0 && followUps.size === 0 && due.length === 0));

  function take(queue: Map<string, Turn>): Turn | null {
    for (const [key, turn] of queue) {
      if (!busy.hasRoomFor(turn)) continue;
      queue.delete(key);
      return turn;
    }
    return null;
  }

  function takeDue(): Turn | null {
    const index = due.findIndex((turn) => busy.hasRoomFor(turn));
    return index < 0 ? null : (due.splice(index, 1)[0] ?? null);
  }

  function start(turn: Turn, how: RunOptions): void {
    busy.addTurn(turn.portalId, 1);
    // What follows from earlier work is done with it.
    for (const job of turn.jobs) followUps.delete(keyOf(job, turn.portalId));
    const run = runTurn(turn, how).finally(() => {
      busy.addTurn(turn.portalId, -1);
      running.delete(run);
      pump();
    });
    running.add(run);
  }

  async function runTurn({ portalId, jobs }: Turn, how: RunOptions): Promise<void> {
    for (const job of jobs) {
      if (isStopped) return;
      busy.addJob(job, portalId, 1);
      await runner.runOne(job, portalId, how).catch(complain);
      busy.addJob(job, portalId, -1);
    }
  }

  /** Looks for due work, once at a time. What it finds takes the place of what was found before, but for what waits here. */
  function look(): Promise<void> {
    looking ??= runner
      .dueTurns()
      .then(
        ({ turns, isFull }) => {
          due = [...waitingBeside(turns), ...turns];
          mayHoldMore = isFull && !isDueUsedUp();
        },
        (error: unknown) => {
          mayHoldMore = false;
          complain(error);
        },
      )
      .finally(() => {
        looking = null;
        pump();
      });
    return looking;
  }

  /** Earlier finds that wait for a job of this process: a look shows no job whose lease is held. */
  function waitingBeside(turns: readonly Turn[]): readonly Turn[] {
    const found = new Set(turns.flatMap(({ portalId, jobs }) => jobs.map((job) => keyOf(job, portalId))));
    const isFound = ({ portalId, jobs }: Turn) => jobs.some((job) => found.has(keyOf(job, portalId)));
    return due.filter((turn) => !busy.hasRoomFor(turn) && !isFound(turn));
  }

  const complain = (error: unknown) => {
    log.error(
      { cause: error instanceof Error ? error.name : typeof error },
      'the worker could not look for work',
    );
  };

  const put = (queue: Map<string, Turn>, job: JobName, portalId: PortalId) => {
    const key = keyOf(job, portalId);
    if (isStopped || queue.has(key)) return;
    queue.set(key, { portalId, jobs: [job] });
    pump();
  };

  const timer = setInterval(() => {
    if (isDueUsedUp() && !isStopped) void look();
  }, tickMs);

  return {
    wake: (job, portalId) => {
      put(woken, job, portalId);
    },
    follow: (job, portalId) => {
      put(followUps, job, portalId);
    },
    quiet: () => (isQuiet() ? Promise.resolve() : new Promise((resolve) => whenQuiet.push(resolve))),
    stop: async () => {
      isStopped = true;
      clearInterval(timer);
      await Promise.all([runner.drain(), looking, ...running]);
      for (const tell of whenQuiet.splice(0)) tell();
    },
  };
}

/** Which leases are in use here, and how many turns each portal has: a turn that would only wait takes no slot. */
function createBusy(most: number) {
  const leases = new Map<string, number>();
  const portals = new Map<PortalId, number>();
  const leaseOf = (job: JobName, portalId: PortalId) => `${portalId}/${LEASE_OF[job]}`;
  return {
    hasRoomFor: ({ portalId, jobs: [first] }: Turn): boolean =>
      (portals.get(portalId) ?? 0) < most && (first === undefined || !leases.has(leaseOf(first, portalId))),
    addTurn: (portalId: PortalId, change: 1 | -1): void => {
      count(portals, portalId, change);
    },
    addJob: (job: JobName, portalId: PortalId, change: 1 | -1): void => {
      count(leases, leaseOf(job, portalId), change);
    },
  };
}

function count<Key>(counts: Map<Key, number>, key: Key, change: 1 | -1): void {
  const next = (counts.get(key) ?? 0) + change;
  if (next === 0) counts.delete(key);
  else counts.set(key, next);
}
