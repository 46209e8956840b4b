import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { connect, createServer, type AddressInfo, type Server } from 'node:net';
import { sql } from 'kysely';
import type pg from 'pg';
import { openDatabase, type Database } from '../../src/store/database.ts';
import { createSystemStore } from '../../src/store/system.ts';
import { asSystem } from '../../src/store/transact.ts';
import { createTestDatabase, postgresMissing, stopPostgres, urlOf } from '../support/postgres.ts';

const missing = postgresMissing();
const LOGIN = 'sci_test_login';
const PATIENCE_MS = 300;

/** A way to Postgres whose open connections can fall silent: they stay open and carry nothing any more. */
async function openLine(url: string): Promise<{ url: string; fallSilent: () => void; server: Server }> {
  const target = new URL(url);
  let silence = new AbortController();
  const server = createServer((client) => {
    const { signal } = silence;
    const postgres = connect(Number(target.port), target.hostname);
    client.on('data', (bytes) => signal.aborted || postgres.write(bytes));
    postgres.on('data', (bytes) => signal.aborted || client.write(bytes));
    client.on('error', () => undefined).on('close', () => postgres.destroy());
    postgres.on('error', () => undefined).on('close', () => client.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const through = new URL(url);
  through.hostname = '127.0.0.1';
  through.port = String((server.address() as AddressInfo).port);
  return {
    url: through.href,
    server,
    fallSilent: () => {
      silence.abort();
      silence = new AbortController();
    },
  };
}

const poolOf = (database: Database): pg.Pool => (database.engine as { pool: pg.Pool }).pool;
const backendOf = (database: Database) =>
  asSystem(database, async (tx) => {
    const { rows } = await sql<{ pid: number }>`SELECT pg_backend_pid() AS pid`.execute(tx);
    return rows[0]?.pid;
  });

if (missing === null) {
  describe('a database that does not answer', () => {
    let created: Awaited<ReturnType<typeof createTestDatabase>>;
    let line: Awaited<ReturnType<typeof openLine>>;
    let database: Database;
    beforeAll(async () => {
      created = await createTestDatabase();
    }, 60_000);
    afterEach(async () => {
      await database.close();
      line.server.close();
    });
    afterAll(async () => {
      await created.close();
      await stopPostgres();
    }, 60_000);

    async function open(): Promise<void> {
      line = await openLine(await urlOf(created.name, LOGIN));
      database = await openDatabase({ url: line.url }, { longestQueryMs: PATIENCE_MS });
    }

    it('is unavailable after a while, and the next transaction gets another connection', async () => {
      await open();
      const before = await backendOf(database);
      line.fallSilent();

      await expect(backendOf(database)).rejects.toMatchObject({ code: 'unavailable' });

      const after = await backendOf(database);
      expect(after).not.toBe(before);
      expect(poolOf(database).totalCount).toBe(1);
    }, 30_000);

    it('ends a transaction in whose middle it fell silent without another wait, whatever became of the error', async () => {
      await open();
      const heard: string[] = [];
      const hear = (error: unknown) => void heard.push((error as Error).message);
      const work = asSystem(database, async (tx) => {
        line.fallSilent();
        await sql`SELECT 1`.execute(tx).catch(hear);
        await sql`SELECT 2`.execute(tx).catch(hear);
      });

      await expect(work).rejects.toMatchObject({ code: 'unavailable' });

      expect(heard).toEqual([
        'Query read timeout',
        'Connection terminated: an earlier statement was not answered.',
      ]);
      expect(poolOf(database).totalCount).toBe(0);
    }, 30_000);

    it('gives no connection to others on which a transaction could not be undone', async () => {
      await open();
      const pool = poolOf(database);
      const before = await backendOf(database);
      pool.once('acquire', (client: pg.PoolClient) => {
        const query = client.query.bind(client) as (...args: unknown[]) => Promise<unknown>;
        const breaking = (given: { text: string }) =>
          given.text === 'ROLLBACK' ? Promise.reject(new Error('no ROLLBACK')) : query(given);
        client.query = breaking as unknown as typeof client.query;
      });

      await expect(asSystem(database, () => Promise.reject(new Error('given up')))).rejects.toThrow(
        'given up',
      );

      const after = await backendOf(database);
      expect(after).not.toBe(before);
      expect(pool.totalCount).toBe(1);
    }, 30_000);

    it('is not ready within seconds, before its connection is given up', async () => {
      line = await openLine(await urlOf(created.name, LOGIN));
      database = await openDatabase({ url: line.url }, { longestQueryMs: 3_000 });
      const system = createSystemStore(database);
      const before = await system.ready();
      line.fallSilent();

      const after = await system.ready();

      const isGivenUp = poolOf(database).totalCount === 0;
      expect([before, after, isGivenUp]).toEqual([true, false, false]);
    }, 30_000);

    it('is waited for as long as it takes where that is asked for', async () => {
      line = await openLine(await urlOf(created.name, LOGIN));
      database = await openDatabase({ url: line.url }, { longestQueryMs: null });

      const { query_timeout: patienceMs } = poolOf(database).options;

      expect(patienceMs).toBe(0);
    }, 30_000);
  });
} else {
  process.stdout.write(`${missing}\n`);
  it.skip('does without a database that does not answer', () => undefined);
}
