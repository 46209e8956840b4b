import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { sql } from 'kysely';
import { asContactId, asPortalId, asUserId } from '../../src/core/model.ts';
import { openDatabase } from '../../src/store/database.ts';
import { migrate, MIGRATIONS } from '../../src/store/migrate.ts';
import { createStore } from '../../src/store/store.ts';
import { txOf } from '../../src/store/transact.ts';
import { assertTenancy } from '../../src/store/tenancy-check.ts';
import { createTestDatabase, postgresMissing, stopPostgres, urlOf } from '../support/postgres.ts';
import { openTestStore } from '../support/stores.ts';
import { checkIn, company, touch } from './contract/harness.ts';

const missing = postgresMissing();
/** Time enough for another connection to lock what it can. */
const TIME_TO_LOCK_MS = 200;
const clock = { now: () => new Date('2026-11-02T15:00:00Z') };

async function asOwner(ownerUrl: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  await client.query(statement);
  await client.end();
}

if (missing === null) {
  describe('what only Postgres can show', () => {
    afterAll(stopPostgres, 60_000);

    it('starts no worker as a superuser', async () => {
      const { name, close } = await createTestDatabase();
      const database = await openDatabase({ url: await urlOf(name, null) });

      await expect(assertTenancy(database)).rejects.toThrow(/is a superuser/);

      await database.close();
      await close();
    }, 60_000);

    it.each([
      ['ALTER TABLE touches DISABLE ROW LEVEL SECURITY', /touches has row-level security switched off/],
      ['ALTER TABLE touches NO FORCE ROW LEVEL SECURITY', /touches does not force/],
      ['DROP POLICY tenant ON check_ins', /check_ins has no policy on sci.portal_id/],
      ['CREATE POLICY open ON drafts USING (true)', /drafts has a policy of unknown purpose: open/],
      ['CREATE TABLE notes (id text)', /notes has no portal_id/],
      ['ALTER TABLE leases OWNER TO sci_test_login', /owns tables/],
    ])(
      'refuses a database after: %s',
      async (statement, fault) => {
        const { name, ownerUrl, close } = await createTestDatabase();
        await asOwner(ownerUrl, statement);
        const database = await openDatabase({ url: await urlOf(name, 'sci_test_login') }, { clock });

        await expect(assertTenancy(database)).rejects.toThrow(fault);

        await database.close();
        await close();
      },
      60_000,
    );

    it('closes a cycle in the order in which all others lock touches, so that none of them is in a deadlock', async () => {
      const store = await openTestStore('postgres', { clock });
      const portalId = asPortalId(83);
      const inside = <T>(work: Parameters<typeof store.inTenant<T>>[1]) => store.inTenant(portalId, work);
      await inside(async (scope) => {
        await store.portals.install(scope, { userId: asUserId(1), scopes: [], at: clock.now() });
        // As they lie in the table, they are met the other way round.
        await store.touches.plan(scope, [touch('2'), touch('1')]);
      });

      let hold: () => void = () => undefined;
      const held = new Promise<void>((resolve) => (hold = resolve));
      const syncing = inside(async (scope) => {
        await store.touches.findForUpdate(scope, 'touch-1');
        hold();
        await sleep(TIME_TO_LOCK_MS);
        await store.touches.findForUpdate(scope, 'touch-2');
      });
      await held;
      const closing = inside((scope) => store.touches.missOpen(scope, '2026-Q4', clock.now(), 10));
      await syncing;

      expect(await closing).toHaveLength(2);
      await store.close();
    }, 60_000);

    it('erases a contact also from an answer that is being saved at that moment', async () => {
      const store = await openTestStore('postgres', { clock });
      const portalId = asPortalId(84);
      const inside = <T>(work: Parameters<typeof store.inTenant<T>>[1]) => store.inTenant(portalId, work);
      await inside(async (scope) => {
        await store.portals.install(scope, { userId: asUserId(1), scopes: [], at: clock.now() });
        await store.companies.upsertRead(scope, [company('1')], clock.now());
      });

      let hold: () => void = () => undefined;
      const held = new Promise<void>((resolve) => (hold = resolve));
      const saving = inside(async (scope) => {
        const now = await store.companies.contactsNow(scope, ['500']);
        hold();
        await sleep(TIME_TO_LOCK_MS);
        await store.checkIns.add(scope, checkIn('1'));
        return now.size;
      });
      await held;
      const erasing = inside((scope) => store.companies.eraseContact(scope, asContactId('500'), clock.now()));

      expect(await saving).toBe(0);
      expect(await erasing).toMatchObject({ checkInIds: ['check-in-1'] });
      const saved = await inside((scope) => store.checkIns.find(scope, 'check-in-1'));
      expect(saved).toMatchObject({ respondentContactId: null, respondentName: '' });
      await store.close();
    }, 60_000);

    it.each([
      ['attempts_contact', `DELETE FROM attempts WHERE portal_id = 1 AND contact_id = '1'`],
      ['touches_contact', `DELETE FROM touches WHERE portal_id = 1 AND contact_id = '1'`],
      ['findings_second_contact', `DELETE FROM findings WHERE portal_id = 1 AND second_contact_id = '1'`],
      ['outbox_subject', `DELETE FROM outbox WHERE portal_id = 1 AND kind = 'note' AND subject = '1'`],
      [
        'outbox_subject',
        `DELETE FROM outbox WHERE portal_id = 1 AND kind = 'describeTask' AND subject = '1'`,
      ],
      [
        'webhook_inbox_merged',
        `DELETE FROM webhook_inbox WHERE portal_id = 1 AND merged_into IS NOT NULL AND object_id = '1'`,
      ],
      ['webhook_inbox_merged_into', `DELETE FROM webhook_inbox WHERE portal_id = 1 AND merged_into = '1'`],
    ])(
      'finds by %s what names a contact, or what was written about something',
      async (index, statement) => {
        const { ownerUrl, close } = await createTestDatabase();
        const client = new pg.Client({ connectionString: ownerUrl });
        await client.connect();
        await client.query('SET enable_seqscan = off');

        const plan = await client.query(`EXPLAIN ${statement}`);

        expect(JSON.stringify(plan.rows)).toMatch(new RegExp(`on ${index}\\b|using ${index} `));
        await client.end();
        await close();
      },
      60_000,
    );

    it('lets the key mode change only where what is begun by the old one can be seen', async () => {
      const store = await openTestStore('postgres', { clock });
      const portalId = asPortalId(85);
      const inside = <T>(work: Parameters<typeof store.inTenant<T>>[1]) => store.inTenant(portalId, work);
      await inside(async (scope) => {
        await store.portals.install(scope, { userId: asUserId(1), scopes: [], at: clock.now() });
        await store.touches.plan(scope, [touch('1')]);
      });

      let hold: () => void = () => undefined;
      const held = new Promise<void>((resolve) => (hold = resolve));
      const claiming = inside(async (scope) => {
        await store.portals.holdKeyMode(scope);
        hold();
        await sleep(TIME_TO_LOCK_MS);
        return store.touches.claimForSending(scope, clock.now(), 10);
      });
      await held;
      const changing = inside(async (scope) => {
        await store.portals.lockKeyMode(scope);
        return store.touches.inState(scope, 'sending', null, 10);
      });

      expect(await claiming).toHaveLength(1);
      expect(await changing).toHaveLength(1);
      await store.close();
    }, 60_000);

    it('keeps nothing of a transaction in which a failed statement was swallowed, and says so', async () => {
      const store = await openTestStore('postgres', { clock });
      const portalId = asPortalId(81);
      const install = store.inTenant(portalId, async (scope) => {
        await store.portals.install(scope, { userId: asUserId(1), scopes: [], at: clock.now() });
        await sql`SELECT 1 / 0`.execute(txOf(scope)).catch(() => undefined);
      });

      await expect(install).rejects.toThrow('A transaction with a failed statement');

      const found = await store.inTenant(portalId, (scope) => store.portals.find(scope));
      expect(found).toBeNull();
      await store.close();
    }, 60_000);

    it('refuses a database whose clock can be set, where no clock is injected', async () => {
      const { name, close } = await createTestDatabase();
      const database = await openDatabase({ url: await urlOf(name, 'sci_test_login') });

      await expect(assertTenancy(database)).rejects.toThrow(/app_now\(\) can be set/);

      await database.close();
      await close();
    });

    it('follows no injected clock in a database migrated for production', async () => {
      const { name, ownerUrl, close } = await createTestDatabase();
      const owner = await openDatabase({ url: ownerUrl });
      await migrate(owner);
      const database = await openDatabase({ url: await urlOf(name, 'sci_test_login') }, { clock });
      const now = await database.kysely.transaction().execute(async (tx) => {
        await sql`SELECT set_config('sci.now', '2001-01-01T00:00:00Z', true)`.execute(tx);
        return sql<{ now: Date }>`SELECT app_now() AS now`.execute(tx);
      });

      expect(now.rows[0]?.now.getUTCFullYear()).toBeGreaterThan(2025);

      await Promise.all([owner.close(), database.close()]);
      await close();
    });

    it('runs each migration once where two processes start together', async () => {
      const { name, ownerUrl, close } = await createTestDatabase();
      await asOwner(ownerUrl, 'DROP SCHEMA public CASCADE; CREATE SCHEMA public');
      const databases = await Promise.all([openDatabase({ url: ownerUrl }), openDatabase({ url: ownerUrl })]);

      const applied = await Promise.all(databases.map((database) => migrate(database)));

      expect(applied.flat()).toEqual(MIGRATIONS.map((migration) => migration.name));
      await asOwner(ownerUrl, 'GRANT USAGE ON SCHEMA public TO PUBLIC');
      const runtime = await openDatabase({ url: await urlOf(name, 'sci_test_login') });
      await expect(assertTenancy(runtime)).resolves.toBeUndefined();
      await Promise.all([...databases, runtime].map((database) => database.close()));
      await close();
    });

    it('reports a connection cut off by the server as unavailable, and goes on with a new one', async () => {
      const store = await openTestStore('postgres', { clock });
      const portalId = asPortalId(7);
      const install = () =>
        store.inTenant(portalId, (scope) =>
          store.portals.install(scope, { userId: asUserId(1), scopes: [], at: clock.now() }),
        );
      const cut = store.inTenant(portalId, async () => {
        const { pool } = store.database.engine as { pool: pg.Pool };
        const admin = new pg.Client({ connectionString: await urlOf('postgres', null) });
        await admin.connect();
        await admin.query(
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'sci_test_login'`,
        );
        await admin.end();
        return pool.totalCount;
      });

      await expect(cut).rejects.toMatchObject({ code: 'unavailable' });
      await expect(install()).resolves.toBeUndefined();
      await store.close();
    });

    it('refreshes a token once for two processes', async () => {
      const first = await openTestStore('postgres', { clock });
      const secondDatabase = await openDatabase(
        {
          url:
            first.database.engine.kind === 'postgres'
              ? (first.database.engine.pool.options.connectionString ?? '')
              : '',
        },
        { clock },
      );
      const second = createStore(secondDatabase, { masterKey: first.masterKey });
      const portalId = asPortalId(7);
      const tokens = (accessToken: string) => ({ accessToken, refreshToken: 'r', expiresAt: clock.now() });
      await first.vault.save(portalId, tokens('old'));
      let refreshes = 0;
      const refresh = (store: typeof second) =>
        store.vault.refreshOnce(
          portalId,
          (stored) => stored.accessToken === 'new',
          async () => {
            refreshes += 1;
            await new Promise((resolve) => setTimeout(resolve, 50));
            return tokens('new');
          },
        );

      const given = await Promise.all([refresh(first), refresh(second), refresh(first), refresh(second)]);

      expect(refreshes).toBe(1);
      expect(given.map((each) => each?.accessToken)).toEqual(['new', 'new', 'new', 'new']);
      await second.close();
      await first.close();
    });
  });
} else {
  process.stdout.write(`${missing}\n`);
  it.skip('shows what only Postgres can show', () => undefined);
}
