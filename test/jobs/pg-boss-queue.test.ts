import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { asPortalId } from '../../src/core/model.ts';
import { createBossQueue, type BossQueue } from '../../src/jobs/pg-boss-queue.ts';
import type { Log } from '../../src/usecases/ports.ts';
import { createTestDatabase, postgresMissing, stopPostgres } from '../support/postgres.ts';

const missing = postgresMissing();
const portalId = asPortalId(7);
const silent: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** Resolves when `count` wake-ups were heard. */
function createListener() {
  const heard: string[] = [];
  const waiting: { readonly count: number; readonly go: () => void }[] = [];
  return {
    heard,
    run: (job: string, portal: number) => {
      heard.push(`${portal}/${job}`);
      for (const { count, go } of waiting) if (heard.length >= count) go();
    },
    until: (count: number) =>
      heard.length >= count
        ? Promise.resolve()
        : new Promise<void>((resolve) => waiting.push({ count, go: resolve })),
  };
}

if (missing === null) {
  describe('the queue on Postgres', () => {
    let database: Awaited<ReturnType<typeof createTestDatabase>>;
    let sender: BossQueue;
    let receiver: BossQueue;
    beforeAll(async () => {
      database = await createTestDatabase();
      sender = createBossQueue(database.ownerUrl, silent);
      receiver = createBossQueue(database.ownerUrl, silent);
      await sender.start();
      await receiver.start();
    }, 120_000);
    afterAll(async () => {
      await sender.stop();
      await receiver.stop();
      await database.close();
      await stopPostgres();
    }, 120_000);

    it('carries waiting wake-ups of a kind to another process as one, and a later one again', async () => {
      const { heard, run, until } = createListener();
      for (let count = 0; count < 5; count += 1) await sender.wake('planCycle', portalId);
      await sender.wake('planCycle', asPortalId(8));
      await sender.wake('syncTasks', portalId);

      await receiver.work(run);
      await until(3);
      const first = [...heard].sort();
      await sender.wake('planCycle', portalId);
      await until(4);

      expect(first).toEqual(['7/planCycle', '7/syncTasks', '8/planCycle']);
      expect(heard.slice(3)).toEqual(['7/planCycle']);
    }, 60_000);

    it('carries every wake-up of a storm, each account’s once', async () => {
      const { heard, run, until } = createListener();
      const accounts = Array.from({ length: 40 }, (_, index) => asPortalId(100 + index));
      const own = await createTestDatabase();
      const queue = createBossQueue(own.ownerUrl, silent);
      await queue.start();

      await Promise.all([...accounts, ...accounts].map((account) => queue.wake('processInbox', account)));
      await queue.work(run);
      await until(40);
      await queue.stop();
      await own.close();

      expect([...heard].sort()).toEqual(accounts.map((account) => `${account}/processInbox`).sort());
    }, 60_000);

    it('does not fail what was done where a wake-up cannot be sent', async () => {
      const lost: string[] = [];
      const log = { ...silent, warn: (_fields: unknown, message: string) => void lost.push(message) };
      const never = createBossQueue(database.ownerUrl, log);

      await never.wake('planCycle', portalId);

      expect(lost).toEqual(['wake-ups were lost']);
    }, 60_000);
  });
} else {
  process.stdout.write(`${missing}\n`);
  it.skip('carries wake-ups between processes on Postgres', () => undefined);
}
