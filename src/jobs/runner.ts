import { performance } from 'node:perf_hooks';
import type { PortalId } from '../core/model.ts';
import { AppError, placeOf, type ErrorCode } from '../errors.ts';
import { disconnectPortal } from '../usecases/install.ts';
import type { Deps } from '../usecases/ports.ts';
import type { DueJob, JobName, TenantScope } from '../usecases/records.ts';
import { DUE_AT_MOST } from '../usecases/store-port.ts';
import { JOB_ORDER, JOBS, LEASE_OF } from './jobs.ts';
import { underLease } from './lease.ts';
import { retryDelayMs } from './retry.ts';

type Failure = { readonly failures: number; readonly notBeforeMs: number };

/** What is due in one portal, in the order in which it is done. */
export type Turn = { readonly portalId: PortalId; readonly jobs: readonly JobName[] };
/** One look at what is due. `isFull`: there may be more than was shown. */
export type DueTurns = { readonly turns: readonly Turn[]; readonly isFull: boolean };
export type RunFact = { readonly job: JobName; readonly code: ErrorCode | 'ok'; readonly ms: number };

export type RunOptions = {
  /** True for what was found due a while ago: another worker may have done it meanwhile, and then nothing is done. */
  readonly onlyIfStillDue?: boolean;
};

export interface JobRunner {
  /** Runs one job of one portal now, under its lease. Returns false where it rests after a failure or another has the lease. */
  runOne(job: JobName, portalId: PortalId, options?: RunOptions): Promise<boolean>;
  /** What is due and neither rests nor is held by anyone, the portals that wait longest first. */
  dueTurns(): Promise<DueTurns>;
  /** Runs everything that is due, one after another; returns how many jobs ran. */
  runDue(): Promise<number>;
  /** The next instant at which something becomes due, rests after failures included. */
  nextDueAt(): Promise<Date | null>;
  /** No new jobs are taken; resolves when the running ones have ended. */
  drain(): Promise<void>;
}

export type RunnerOptions = {
  /** Told of each job that ran. */
  readonly onRun?: (fact: RunFact) => void;
};

/** Takes due work, each (portal, job) under a lease, and lets failures rest by their code. */
export function createJobRunner(deps: Deps, holder: string, options: RunnerOptions = {}): JobRunner {
  const failures = new Map<string, Failure>();
  const running = new Set<Promise<unknown>>();
  const turns = new Map<string, Promise<unknown>>();
  // Workers that look at the same moment begin at different places.
  const seed = Number.parseInt(deps.ids.sha256(holder).slice(0, 8), 16);
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

  /** Under the lease, with a sign to come to rest where that is lost. */
  const run = (job: JobName, portalId: PortalId, { onlyIfStillDue = false }: RunOptions) => {
    const isWanted = (scope: TenantScope) => deps.store.system.isDue(scope, job, deps.clock.now());
    const lease = { portalId, name: LEASE_OF[job], holder, ...(onlyIfStillDue ? { isWanted } : {}) };
    return underLease(deps, lease, (isLost) => JOBS[job](withinLease(deps, isLost), portalId));
  };

  async function runOne(job: JobName, portalId: PortalId, how: RunOptions = {}): Promise<boolean> {
    const key = `${portalId}/${job}`;
    if (isDraining || rests(key)) return false;
    const sinceMs = performance.now();
    const work = inTurn(`${portalId}/${LEASE_OF[job]}`, () => run(job, portalId, how));
    running.add(work);
    try {
      const ran = await work;
      failures.delete(key);
      if (ran) options.onRun?.({ job, code: 'ok', ms: performance.now() - sinceMs });
      return ran;
    } catch (error) {
      options.onRun?.({ job, code: codeOf(error), ms: performance.now() - sinceMs });
      const rest = await restAfter(deps, job, portalId, error, failures.get(key)?.failures ?? 0);
      if (rest === null) failures.delete(key);
      else failures.set(key, rest);
      return true;
    } finally {
      running.delete(work);
    }
  }

  async function dueTurns(): Promise<DueTurns> {
    const resting = [...failures.keys()].filter(rests);
    const due = await deps.store.system.dueJobs(deps.clock.now(), {
      leaseOf: LEASE_OF,
      seed,
      except: resting,
    });
    return { turns: turnsOf(due), isFull: due.length >= DUE_AT_MOST };
  }

  async function runDue(): Promise<number> {
    const { turns: due } = await dueTurns();
    let ran = 0;
    for (const { portalId, jobs } of due) for (const job of jobs) if (await runOne(job, portalId)) ran += 1;
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

  return { runOne, dueTurns, runDue, nextDueAt, drain };
}

/** Once its lease is lost a job comes to rest, and a create of its that still waits for its turn does not leave any more. */
function withinLease(deps: Deps, isLost: () => boolean): Deps {
  const { hubspot } = deps;
  const isHeld = () => !isLost();
  return {
    ...deps,
    isStopping: () => deps.isStopping() || isLost(),
    hubspot: {
      ...hubspot,
      createTasks: (portalId, mode, drafts) => hubspot.createTasks(portalId, mode, drafts, isHeld),
      createNotes: (portalId, drafts) => hubspot.createNotes(portalId, drafts, isHeld),
    },
  };
}

/** One turn a portal, in the order of who waits longest; its jobs in the order of JOB_ORDER. */
function turnsOf(due: readonly DueJob[]): Turn[] {
  const byPortal = new Map<PortalId, JobName[]>();
  for (const { portalId, job } of due) {
    const jobs = byPortal.get(portalId);
    if (jobs === undefined) byPortal.set(portalId, [job]);
    else jobs.push(job);
  }
  return [...byPortal].map(([portalId, jobs]) => ({
    portalId,
    jobs: jobs.sort((a, b) => JOB_ORDER.indexOf(a) - JOB_ORDER.indexOf(b)),
  }));
}

function codeOf(error: unknown): ErrorCode {
  return error instanceof AppError ? error.code : 'internal';
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
  const code = codeOf(error);
  // Connected anew meanwhile: the old token's refusal says nothing of the new one.
  const resting = code === 'not_installed' ? 'unavailable' : code;
  const waitMs = retryDelayMs(resting, earlier, error instanceof AppError ? error.retryAfterMs : undefined);
  const details = error instanceof AppError ? error.safeDetails : { cause: placeOf(error) };
  deps.log.warn({ portalId, job, code, waitMs, ...details }, 'a job rests after a failure');
  if (code === 'not_installed' && (await disconnectPortal(deps, portalId))) return null;
  return { failures: earlier + 1, notBeforeMs: deps.clock.now().getTime() + waitMs };
}
