import type { PortalId } from '../core/model.ts';
import { AppError } from '../errors.ts';
import { disconnectPortal } from '../usecases/install.ts';
import type { Deps } from '../usecases/ports.ts';
import type { JobName } from '../usecases/records.ts';
import { JOB_ORDER, JOBS, LEASE_OF } from './jobs.ts';
import { retryDelayMs } from './retry.ts';

/** A lease is held 45 s and renewed every 15 s while the job runs. */
const LEASE_MS = 45_000;
const RENEW_MS = 15_000;

type Failure = { readonly failures: number; readonly notBeforeMs: number };

export interface JobRunner {
  /** Runs one job of one portal now, under its lease. Returns false where it rests after a failure or another has the lease. */
  runOne(job: JobName, portalId: PortalId): Promise<boolean>;
  /** Runs everything that is due; returns how many jobs ran. */
  runDue(): Promise<number>;
  /** The next instant at which something becomes due, rests after failures included. */
  nextDueAt(): Promise<Date | null>;
  /** No new jobs are taken; resolves when the running ones have ended. */
  drain(): Promise<void>;
}

/** Takes due work, one (portal, job) at a time under a lease, and lets failures rest by their code. */
export function createJobRunner(deps: Deps, holder: string): JobRunner {
  const failures = new Map<string, Failure>();
  const running = new Set<Promise<unknown>>();
  const turns = new Map<string, Promise<unknown>>();
  let isDraining = false;

  /** Within one process a lease would be shared by its holder: jobs under the same lease take turns. */
  function inTurn<T>(lease: string, work: () => Promise<T>): Promise<T> {
    const turn = (turns.get(lease) ?? Promise.resolve()).then(work, work);
    turns.set(lease, turn);
    const leave = () => {
      if (turns.get(lease) === turn) turns.delete(lease);
    };
    turn.then(leave, leave);
    return turn;
  }

  const rests = (key: string) => (failures.get(key)?.notBeforeMs ?? 0) > deps.clock.now().getTime();

  async function runOne(job: JobName, portalId: PortalId): Promise<boolean> {
    const key = `${portalId}/${job}`;
    if (isDraining || rests(key)) return false;
    const work = inTurn(`${portalId}/${LEASE_OF[job]}`, () =>
      underLease(deps, holder, job, portalId, () => JOBS[job](deps, portalId)),
    );
    running.add(work);
    try {
      const ran = await work;
      failures.delete(key);
      return ran;
    } catch (error) {
      const rest = await restAfter(deps, job, portalId, error, failures.get(key)?.failures ?? 0);
      if (rest === null) failures.delete(key);
      else failures.set(key, rest);
      return true;
    } finally {
      running.delete(work);
    }
  }

  async function runDue(): Promise<number> {
    const due = await deps.store.system.dueJobs(deps.clock.now());
    const inOrder = [...due].sort((a, b) => JOB_ORDER.indexOf(a.job) - JOB_ORDER.indexOf(b.job));
    let ran = 0;
    for (const { job, portalId } of inOrder) if (await runOne(job, portalId)) ran += 1;
    return ran;
  }

  async function nextDueAt(): Promise<Date | null> {
    const now = deps.clock.now().getTime();
    const stored = await deps.store.system.nextDueAt(deps.clock.now());
    const times = [...failures.values()].map(({ notBeforeMs }) => notBeforeMs).filter((ms) => ms > now);
    if (stored !== null) times.push(stored.getTime());
    return times.length === 0 ? null : new Date(Math.min(...times));
  }

  async function drain(): Promise<void> {
    isDraining = true;
    await Promise.allSettled([...running]);
  }

  return { runOne, runDue, nextDueAt, drain };
}

/** Runs `work` while holding the lease; false where somebody else holds it. */
async function underLease(
  deps: Deps,
  holder: string,
  job: JobName,
  portalId: PortalId,
  work: () => Promise<void>,
): Promise<boolean> {
  const name = LEASE_OF[job];
  const take = () =>
    deps.store.inTenant(portalId, (scope) => deps.store.leases.take(scope, name, holder, LEASE_MS));
  if ((await take()) === null) return false;
  const renewal = setInterval(() => void take().catch(() => undefined), RENEW_MS);
  try {
    await work();
    return true;
  } finally {
    clearInterval(renewal);
    await deps.store.inTenant(portalId, (scope) => deps.store.leases.release(scope, name, holder));
  }
}

/**
 * Everything rests and is tried again, but for a refused token: that stops the portal, which is not due any more until
 * somebody reconnects, and then at once.
 */
async function restAfter(
  deps: Deps,
  job: JobName,
  portalId: PortalId,
  error: unknown,
  earlier: number,
): Promise<Failure | null> {
  const code = error instanceof AppError ? error.code : 'internal';
  const waitMs = retryDelayMs(code, earlier, error instanceof AppError ? error.retryAfterMs : undefined);
  const details = error instanceof AppError ? error.safeDetails : { cause: placeOf(error) };
  deps.log.warn({ portalId, job, code, waitMs, ...details }, 'a job rests after a failure');
  if (code === 'not_installed') {
    await disconnectPortal(deps, portalId);
    return null;
  }
  return { failures: earlier + 1, notBeforeMs: deps.clock.now().getTime() + waitMs };
}

/** Kind and place of a foreign error for the log: never its message, which may hold data. */
function placeOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return [error.name, ...frames.slice(0, 5).map((line) => line.trim())].join(' ');
}
