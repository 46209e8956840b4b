import { PgBoss } from 'pg-boss';
import { asPortalId, type PortalId } from '../core/model.ts';
import type { Log, Queue } from '../usecases/ports.ts';
import type { JobName } from '../usecases/records.ts';
import { inTime } from './in-time.ts';

const QUEUE = 'portal-work';
/** With a batch of one, eight workers manage fifteen jobs a second. */
const BATCH = 50;
const POLL_S = 0.5;
/** A connection that never answers must not hold up every later wake-up, and the requests that wait for them. */
const LONGEST_INSERT_MS = 5_000;
/** Nor its polls: a statement of the queue that is not answered by then fails, and its connection is replaced. */
const CONNECTION = { keepAlive: true, keepAliveInitialDelayMillis: 10_000, query_timeout: 25_000 };
/** One polls, one sends, the others are for its own housekeeping. */
const CONNECTIONS = 4;
/** A wake-up that was heard says nothing any more. */
const KEPT_S = 3_600;

type Work = { readonly job: JobName; readonly portalId: number };

export interface BossQueue extends Queue {
  /** Creates and warms the queue before anything is sent: never inside a transaction. */
  start(): Promise<void>;
  /** Hands wake-ups on as they come. They count as heard at once: one that is lost with the process is found by a tick. */
  work(onWake: (job: JobName, portalId: PortalId) => void): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Wakes workers in other processes through Postgres. One waiting wake-up a (portal, job) is enough: more of the same are
 * dropped by their singleton key.
 */
export function createBossQueue(databaseUrl: string, log: Log): BossQueue {
  const boss = new PgBoss({
    ...CONNECTION,
    connectionString: databaseUrl,
    max: CONNECTIONS,
    schema: 'pgboss',
    schedule: false,
  });
  boss.on('error', (error) => {
    log.error({ cause: error.name }, 'the queue reports a fault');
  });
  const sender = createSender(boss, log);
  return {
    start: async () => {
      await boss.start();
      await boss.createQueue(QUEUE, {
        policy: 'short',
        retryLimit: 0,
        expireInSeconds: 3_600,
        deleteAfterSeconds: KEPT_S,
      });
      await boss.getQueue(QUEUE);
    },
    wake: (job, portalId) => sender.send({ job, portalId }),
    work: async (onWake) => {
      await boss.work<Work>(QUEUE, { batchSize: BATCH, pollingIntervalSeconds: POLL_S }, (jobs) => {
        for (const { data } of jobs) onWake(data.job, asPortalId(data.portalId));
        return Promise.resolve();
      });
    },
    stop: () => boss.stop({ graceful: true, timeout: 8_000 }),
  };
}

/** Sends one statement at a time: in a storm of webhooks the wake-ups of many requests share the next one. */
function createSender(boss: PgBoss, log: Log): { send(work: Work): Promise<void> } {
  const waiting = new Map<string, Work>();
  let last: Promise<void> = Promise.resolve();
  let next: Promise<void> | null = null;

  async function sendWaiting(): Promise<void> {
    next = null;
    // In one order for every process, so that two of them never wait for each other's keys.
    const works = [...waiting].sort(([one], [other]) => (one < other ? -1 : 1));
    waiting.clear();
    const jobs = works.map(([singletonKey, data]) => ({ data, singletonKey }));
    // A wake-up follows a commit: failing here would answer an error for something that was done. The next tick finds it.
    const insert = inTime(boss.insert(QUEUE, jobs), LONGEST_INSERT_MS, 'The queue did not answer.');
    await insert.catch((error: unknown) => {
      const cause = error instanceof Error ? error.name : typeof error;
      log.warn({ wakeUps: jobs.length, cause }, 'wake-ups were lost');
    });
  }

  return {
    send: (work) => {
      waiting.set(`${work.portalId}/${work.job}`, work);
      if (next === null) {
        next = last.then(sendWaiting);
        last = next;
      }
      return next;
    },
  };
}
