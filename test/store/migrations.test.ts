import { afterAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { asContactId, asPortalId } from '../../src/core/model.ts';
import { openDatabase, type Database } from '../../src/store/database.ts';
import { migrate, MIGRATIONS } from '../../src/store/migrate.ts';
import { createStore } from '../../src/store/store.ts';
import { assertTenancy } from '../../src/store/tenancy-check.ts';
import {
  createTestDatabase,
  postgresMissing,
  stopPostgres,
  urlOf,
  useTableOwner,
} from '../support/postgres.ts';
import { blankDump } from '../support/stores.ts';

const clock = { now: () => new Date('2026-11-02T15:00:00Z') };

/** A database of its own: `admin` sees all rows whatever their security, `owner` owns the tables and sees them as they let it. */
type Opened = {
  readonly admin: Database;
  readonly owner: Database;
  readonly runtime: () => Promise<Database>;
  readonly close: () => Promise<void>;
};

async function onPglite(): Promise<Opened> {
  const database = await openDatabase({ memory: true, dump: await blankDump() }, { clock });
  return {
    admin: database,
    owner: database,
    runtime: () => Promise.resolve(database),
    close: () => database.close(),
  };
}

async function onPostgres(): Promise<Opened> {
  const { name, ownerUrl, close } = await createTestDatabase();
  const login = await useTableOwner(name);
  const admin = await openDatabase({ url: ownerUrl }, { clock });
  const owner = await openDatabase({ url: await urlOf(name, login) }, { clock });
  const opened = [admin, owner];
  return {
    admin,
    owner,
    runtime: async () => {
      const runtime = await openDatabase({ url: await urlOf(name, 'sci_test_login') }, { clock });
      opened.push(runtime);
      return runtime;
    },
    close: async () => {
      for (const database of opened) await database.close();
      await close();
    },
  };
}

const before = (name: string) =>
  MIGRATIONS.slice(
    0,
    MIGRATIONS.findIndex((migration) => migration.name === name),
  );

async function run(database: Database, statements: readonly string[]): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(database.kysely);
}

const touch = (
  id: string,
) => `INSERT INTO touches (portal_id, touch_id, company_id, cycle, kind, key, caller_user_id,
  caller_owner_id, due_on, due_half, release_at, program_version)
  VALUES (7, '${id}', '${id}', '2026-Q4', 'checkIn', 'KEY${id}', 8, '80', '2026-11-05', 'morning', '2026-11-01', 1)`;
const followed = (seq: number, touchId: string, outcome: string, action = 'touchFollowsTask') =>
  `INSERT INTO audit_log (portal_id, seq, at, actor, action, subject, outcome, hash)
   VALUES (7, ${seq}, '2026-10-0${seq}', 'system:syncTasks', '${action}', '${touchId}', '${outcome}', '-')`;
const moved = (touchId: string, on: string, payload: string) =>
  `INSERT INTO outbox (portal_id, outbox_id, kind, subject, key, payload, state, not_before)
   VALUES (7, '${touchId}-${on}', 'moveTask', '${touchId}', '-', '${payload}', 'done', '${on}')`;

function migrationBattery(open: () => Promise<Opened>): void {
  it('marks the calls that a person had given to somebody before there was a mark', async () => {
    const { admin, owner, runtime, close } = await open();
    await migrate(owner, before('017-given-by-person'));
    const ids = ['given', 'moved', 'taken', 'marked', 'postponed', 'other'];
    await run(admin, [
      ...ids.map(touch),
      followed(1, 'given', 'callerOwnerId callerUserId dueOn movedByPerson'),
      followed(2, 'moved', 'dueOn movedByPerson'),
      followed(3, 'taken', 'callerOwnerId callerUserId'),
      followed(4, 'marked', 'assignedByPerson callerOwnerId callerUserId'),
      followed(5, 'postponed', 'callerOwnerId callerUserId'),
      followed(6, 'other', 'callerOwnerId callerUserId', 'skipTouch'),
      moved('given', '2026-09-30', '{"ownerId":"70"}'),
      moved('taken', '2026-10-09', '{"ownerId":"70"}'),
      moved('postponed', '2026-10-09', '{"dueAt":"2026-11-06T15:00:00Z"}'),
    ]);

    await migrate(owner);

    const marked = await sql<{ id: string }>`
      SELECT touch_id AS id FROM touches WHERE assigned_by_person ORDER BY id`.execute(admin.kysely);
    expect(marked.rows.map(({ id }) => id)).toEqual(['given', 'postponed']);
    await expect(assertTenancy(await runtime())).resolves.toBeUndefined();
    await close();
  }, 60_000);

  it('keeps the wish before the standing one, to stand again', async () => {
    const { admin, owner, runtime, close } = await open();
    await migrate(owner, before('019-wishes'));
    const previous =
      '{"talkToContactId":"5","half":"morning","weekdays":[2],"channel":null,"doNotCall":true}';
    await run(admin, [
      `INSERT INTO preferences (portal_id, contact_id, weekdays, do_not_call, noted_by, noted_at, check_in_id, previous)
       VALUES (7, '3', '[]', false, 8, '2026-11-02', 'c1', '${previous}'), (7, '4', '[]', true, 8, '2026-11-02', 'c2', NULL)`,
    ]);

    await migrate(owner);

    const store = createStore(await runtime(), { masterKey: Buffer.alloc(32).toString('base64') });
    const found = await store.inTenant(asPortalId(7), async (scope) => {
      await store.preferences.undoOf(scope, 'c1');
      await store.preferences.undoOf(scope, 'c2');
      return [
        await store.preferences.find(scope, asContactId('3')),
        await store.preferences.find(scope, asContactId('4')),
      ];
    });
    expect(found).toMatchObject([
      {
        talkToContactId: '5',
        half: 'morning',
        weekdays: [2],
        channel: null,
        doNotCall: true,
        checkInId: null,
      },
      null,
    ]);
    await close();
  }, 60_000);

  it('rewrites no touch that stands: its day of now is the best that is known of it', async () => {
    const { admin, owner, close } = await open();
    await migrate(owner, before('028-first-due'));
    await run(admin, [touch('stands')]);

    await migrate(owner);
    await run(admin, [touch('later'), `UPDATE touches SET due_on = '2026-11-19'`]);

    const found = await sql<{ id: string; firstDueOn: string | null }>`
      SELECT touch_id AS id, first_due_on FROM touches ORDER BY id`.execute(admin.kysely);
    expect(found.rows).toEqual([
      { id: 'later', firstDueOn: null },
      { id: 'stands', firstDueOn: null },
    ]);
    await close();
  }, 60_000);

  it('leaves the version before its column for one release, with nothing in it', async () => {
    const { admin, owner, close } = await open();
    await migrate(owner, before('019-wishes'));
    await run(admin, [
      `INSERT INTO preferences (portal_id, contact_id, weekdays, do_not_call, noted_by, noted_at, check_in_id, previous)
       VALUES (7, '3', '[]', false, 8, '2026-11-02', 'c1', '{"half":"morning"}')`,
    ]);

    await migrate(owner);

    const left = await sql<{ previous: unknown }>`SELECT previous FROM preferences`.execute(admin.kysely);
    expect(left.rows).toEqual([{ previous: null }]);
    await close();
  }, 60_000);
}

describe('migrating a database with rows in it, on PGlite', () => {
  migrationBattery(onPglite);
});

const missing = postgresMissing();
if (missing === null) {
  describe('migrating a database with rows in it, on Postgres, as an owner whom row-level security binds', () => {
    afterAll(stopPostgres, 60_000);
    migrationBattery(onPostgres);
  });
} else {
  process.stdout.write(`${missing}\n`);
}
