import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import nock from 'nock';
import { asCompanyId, asPortalId, asUserId } from '../../src/core/model.ts';
import { openDatabase } from '../../src/store/database.ts';
import { createStore, type WholeStore } from '../../src/store/store.ts';
import { createTestDatabase, postgresMissing, stopPostgres } from '../support/postgres.ts';

nock.restore();
jest.setTimeout(120_000);

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
const missing = postgresMissing();
const portalId = asPortalId(77);
const masterKey = randomBytes(32).toString('base64');
const now = new Date();

/** A HubSpot that takes a create and never answers. */
function startSilentHubSpot() {
  const creates: string[] = [];
  let heard: () => void = () => undefined;
  const firstCreate = new Promise<void>((resolve) => (heard = resolve));
  const server = createServer((request) => {
    request.resume();
    if (request.url?.includes('/batch/create') !== true) return;
    creates.push(request.url);
    heard();
  });
  return new Promise<{ server: Server; url: string; creates: string[]; firstCreate: Promise<void> }>(
    (resolve) => {
      server.listen(0, '127.0.0.1', () => {
        const { port } = server.address() as AddressInfo;
        resolve({ server, url: `http://127.0.0.1:${port}`, creates, firstCreate });
      });
    },
  );
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => {
        resolve(port);
      });
    });
  });
}

/** An account whose quarter is planned: 2,000 touches that are due. */
async function prepareAccount(store: WholeStore): Promise<void> {
  await store.inTenant(portalId, async (scope) => {
    await store.portals.install(scope, { userId: asUserId(5), scopes: ['oauth'], at: now });
    await store.portals.update(scope, {
      startedAt: now,
      companiesReadAt: now,
      plannedAt: now,
      reconciledAt: now,
      taskKeyMode: 'unique',
    });
    const ids = Array.from({ length: 2_000 }, (_, index) => asCompanyId(String(1_000 + index)));
    for (const slice of [ids.slice(0, 1_000), ids.slice(1_000)]) {
      const companies = slice.map((companyId) => ({
        companyId,
        name: 'Acme',
        ownerId: null,
        timeZone: null,
        lifecycleStage: 'customer',
        parentCompanyId: null,
      }));
      await store.companies.upsertRead(scope, companies, now);
      await store.touches.plan(
        scope,
        slice.map((companyId) => ({
          touchId: randomUUID(),
          companyId,
          cycle: '2026-Q4',
          kind: 'checkIn' as const,
          key: randomUUID().replaceAll('-', '').slice(0, 26),
          callerUserId: asUserId(5),
          callerOwnerId: null,
          contactId: null,
          dueOn: '2026-11-23',
          dueHalf: 'morning' as const,
          releaseAt: now,
          programVersion: 1,
        })),
      );
    }
  });
  const expiresAt = new Date(Date.now() + 3_600_000);
  await store.vault.save(portalId, { accessToken: 'access', refreshToken: 'refresh', expiresAt });
}

function startBackend(databaseUrl: string, hubspotUrl: string, port: number): ChildProcess {
  return spawn(process.execPath, ['--disable-proto=delete', '--no-warnings', MAIN], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env['PATH'],
      NODE_ENV: 'development',
      PORT: String(port),
      PUBLIC_BASE_URL: 'https://checkin.example.com',
      HUBSPOT_APP_ID: '1',
      HUBSPOT_CLIENT_ID: 'client',
      HUBSPOT_CLIENT_SECRET: 'a secret for this test alone',
      MASTER_KEY: masterKey,
      DATABASE_URL: databaseUrl,
      MIGRATION_DATABASE_URL: databaseUrl,
      HUBSPOT_API_URL: hubspotUrl,
    },
  });
}

/** A request whose body is held back: it is being answered until `finish`. Resolves with the reply's first line. */
async function beginRequest(port: number): Promise<{ finish(): Promise<string> }> {
  const socket = connect(port, '127.0.0.1');
  let reply = '';
  socket.on('data', (part: Buffer) => (reply += part.toString()));
  const ended = new Promise<void>((resolve) => socket.once('close', resolve));
  await new Promise<void>((resolve) => socket.once('connect', resolve));
  socket.write('POST /webhooks/hubspot HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n[');
  return {
    finish: async () => {
      socket.write(']');
      await ended;
      return reply.split('\r\n')[0] ?? '';
    },
  };
}

if (missing === null) {
  describe('a process that is asked to end while HubSpot is silent', () => {
    let database: Awaited<ReturnType<typeof createTestDatabase>>;
    let store: WholeStore;
    let hubspot: Awaited<ReturnType<typeof startSilentHubSpot>>;
    let child: ChildProcess | null = null;
    beforeAll(async () => {
      database = await createTestDatabase();
      store = createStore(await openDatabase({ url: database.ownerUrl }), { masterKey });
      await prepareAccount(store);
      hubspot = await startSilentHubSpot();
    });
    afterAll(async () => {
      child?.kill('SIGKILL');
      hubspot.server.closeAllConnections();
      hubspot.server.close();
      await store.close();
      await database.close();
      await stopPostgres();
    });

    it('claims nothing more, answers the request it has, gives its leases back and leaves what it sent to be looked for', async () => {
      const port = await freePort();
      child = startBackend(database.ownerUrl, hubspot.url, port);
      const exit = new Promise<number | null>((resolve) => child?.once('exit', resolve));
      let output = '';
      child.stdout?.on('data', (part: Buffer) => (output += part.toString()));
      child.stderr?.on('data', (part: Buffer) => (output += part.toString()));
      await hubspot.firstCreate;
      const request = await beginRequest(port);
      const before = await countByState(store);

      child.kill('SIGTERM');
      await new Promise((resolve) => setTimeout(resolve, 500));
      const answer = await request.finish();
      const code = await exit;
      const after = await countByState(store);
      const { leasesHeld } = await store.system.figures(new Date());

      expect(output).not.toContain('an error that nobody expected');
      expect(answer).toMatch(/^HTTP\/1\.1 401/);
      expect(code).toBe(0);
      expect(leasesHeld).toBe(0);
      expect(before.sending).toBeGreaterThan(0);
      expect(after).toMatchObject({ created: 0, parked: 0, sending: hubspot.creates.length * 100 });
      expect(after.planned + after.sending).toBe(2_000);
      expect(after.planned).toBeGreaterThan(0);
    });
  });
} else {
  process.stdout.write(`${missing}\n`);
  it.skip('ends in order on Postgres', () => undefined);
}

function countByState(store: WholeStore) {
  return store.inTenant(portalId, (scope) => store.touches.countByState(scope, '2026-Q4'));
}
