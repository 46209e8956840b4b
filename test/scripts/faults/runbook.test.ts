import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { sandboxApp } from '../../../sandbox/app.ts';
import { createSandboxClock } from '../../../sandbox/clock.ts';
import { createSimulator, type Simulator } from '../../../sandbox/hubspot/simulator.ts';
import { ROWS } from '../../../scripts/faults/rows/all.ts';
import { blocksOf, sqlFor, STATEMENTS } from '../../../scripts/faults/runbook.ts';
import { asPortalId, type PortalId } from '../../../src/core/model.ts';
import { openDatabase, type Database } from '../../../src/store/database.ts';
import { createStore, type WholeStore } from '../../../src/store/store.ts';
import { touch, T0 } from '../../store/contract/harness.ts';
import { createTestDatabase, postgresMissing, stopPostgres } from '../../support/postgres.ts';
import { openTestStore } from '../../support/stores.ts';

const clock = { now: () => new Date('2026-11-22T12:00:00.000Z') };
const MASTER_KEY = Buffer.alloc(32, 7).toString('base64');
const NAMED = asPortalId(4_100_048);
const OTHER = asPortalId(4_100_049);
/** Half a millennium away, whatever the time of the test. */
const MUCH_LATER = new Date('2526-01-01T00:00:00.000Z');

type Opened = {
  readonly database: Database;
  readonly store: WholeStore;
  readonly close: () => Promise<void>;
};

async function onPglite(): Promise<Opened> {
  const store = await openTestStore('pglite', { clock, masterKey: MASTER_KEY });
  return { database: store.database, store, close: () => store.close() };
}

async function onPostgres(): Promise<Opened> {
  const { ownerUrl, close } = await createTestDatabase();
  const database = await openDatabase({ url: ownerUrl }, { clock, connections: 2 });
  return {
    database,
    store: createStore(database, { masterKey: MASTER_KEY }),
    close: async () => {
      await database.close();
      await close();
    },
  };
}

/** As an operator does it: all statements of a block at once, past row-level security. */
async function perform({ engine }: Database, sql: string): Promise<void> {
  if (engine.kind === 'postgres') await engine.pool.query(sql);
  else await engine.pglite.exec(sql);
}

/** An account in the middle of a run: a touch in each state that may stand there. */
async function fillAccount({ database, store }: Opened, portalId: PortalId): Promise<void> {
  const ids = ['planned', 'later', 'sending', 'created', 'done', 'missed', 'canceled', 'parked'];
  await store.inTenant(portalId, async (scope) => {
    const touches = ids.map((id, index) => ({
      ...touch(String(index)),
      touchId: id,
      releaseAt: id === 'later' ? MUCH_LATER : T0,
    }));
    await store.portals.install(scope, { userId: touches[0]!.callerUserId, scopes: ['oauth'], at: T0 });
    await store.portals.update(scope, { startedAt: T0, taskKeyMode: 'unique' });
    await store.touches.plan(scope, touches);
  });
  await perform(
    database,
    `UPDATE touches SET state = touch_id, fence = 1, send_attempts = 1, sent_at = release_at,
       reason = CASE touch_id WHEN 'parked' THEN 'refused: inactive owner' END,
       task_id = CASE WHEN touch_id IN ('created', 'done', 'missed') THEN 'task of ' || touch_id END
     WHERE portal_id = ${portalId} AND touch_id NOT IN ('planned', 'later')`,
  );
}

type TouchNow = { readonly state: string; readonly reason: string | null; readonly fence: number };

async function touchesOf({ database }: Opened, portalId: PortalId): Promise<Record<string, TouchNow>> {
  const rows = await database.kysely
    .selectFrom('touches')
    .select(['touchId', 'state', 'reason', 'fence'])
    .where('portalId', '=', portalId)
    .execute();
  return Object.fromEntries(
    rows.map(({ touchId, state, reason, fence }) => [touchId, { state, reason, fence }]),
  );
}

function describeStatements(engine: string, open: () => Promise<Opened>): void {
  describe(`the SQL of the runbook on ${engine}`, () => {
    let opened: Opened;
    beforeAll(async () => {
      opened = await open();
    }, 60_000);
    beforeEach(async () => {
      await perform(opened.database, 'DELETE FROM touches; DELETE FROM portals');
      await fillAccount(opened, NAMED);
      await fillAccount(opened, OTHER);
    });
    afterAll(async () => {
      await opened.close();
    }, 60_000);

    it('leaves what is in doubt of one account to people where its key field is lost, and has the field made anew', async () => {
      const before = await touchesOf(opened, NAMED);
      const beforeElsewhere = await touchesOf(opened, OTHER);

      await perform(opened.database, sqlFor('keyFieldLost'));

      const inDoubt = { state: 'parked', reason: 'unknownOutcome', fence: 2 };
      const modeOf = async (portalId: PortalId) =>
        (await opened.store.inTenant(portalId, (scope) => opened.store.portals.find(scope)))?.taskKeyMode;
      expect(await touchesOf(opened, NAMED)).toEqual({ ...before, sending: inDoubt });
      expect(await touchesOf(opened, OTHER)).toEqual(beforeElsewhere);
      expect([await modeOf(NAMED), await modeOf(OTHER)]).toEqual([null, 'unique']);
    });

    it('has what may have been made since the backup looked for, in every account, and nothing that is not due', async () => {
      const before = await touchesOf(opened, OTHER);

      await perform(opened.database, sqlFor('restored'));

      const lookedFor = await opened.store.inTenant(OTHER, (scope) =>
        // A clock of milliseconds may still be before what the database, in the same one, wrote in microseconds.
        opened.store.touches.unknown(scope, new Date(Date.now() + 1_000), 100),
      );
      const inDoubt = { state: 'sending', reason: null, fence: 1 };
      const { planned, sending, ...others } = await touchesOf(opened, OTHER);
      const { planned: _was, sending: _been, ...othersBefore } = before;
      expect(lookedFor.map(({ touchId }) => touchId)).toContain('planned');
      expect([planned?.state, sending?.state]).toEqual(['sending', 'sending']);
      expect(planned?.fence).toBeGreaterThanOrEqual(inDoubt.fence);
      expect(others).toEqual(othersBefore);
      expect((await touchesOf(opened, NAMED))['planned']).toEqual(inDoubt);
    });
  });
}

describeStatements('the embedded database', onPglite);
const missing = postgresMissing();
if (missing === null) describeStatements('Postgres', onPostgres);
else describe.skip(missing, () => undefined);
afterAll(stopPostgres, 60_000);

describe('the runbook', () => {
  it('has no SQL that these tests do not perform', () => {
    const blocks = blocksOf('sql').map(({ text }) => text);

    const performed = (['restored', 'keyFieldLost'] as const).map((name) => sqlFor(name));

    expect(blocks.toSorted()).toEqual(performed.toSorted());
    expect(Object.keys(STATEMENTS)).toHaveLength(performed.length);
  });

  it('names drills that there are', () => {
    const named = shellLines().flatMap(
      (line) => /npm run faults -- .*--only '([^']+)'/.exec(line)?.[1] ?? [],
    );
    const rows = [...ROWS.map(({ fault, point }) => `${fault}, ${point}`), 'real kills'];

    const unknown = named.filter((name) => !rows.some((row) => row.includes(name)));

    expect(named.length).toBeGreaterThan(10);
    expect(unknown).toEqual([]);
  });
});

describe('the commands of the runbook for the local HubSpot', () => {
  let simulator: Simulator;
  let url: string;
  beforeAll(async () => {
    simulator = await createSimulator({
      clock: createSandboxClock(clock.now(), () => 0),
      stateDir: null,
      app: sandboxApp('http://localhost:3000/oauth/callback'),
      backendOrigin: () => null,
    });
    await simulator.loadPortal({
      portalId: NAMED,
      name: 'Example',
      timeZone: 'America/Chicago',
      owners: [],
      objects: {},
    });
    ({ url } = await simulator.listen(0));
  });
  afterAll(() => simulator.close());

  it('are all taken', async () => {
    const commands = curlCommands();

    const statuses = await Promise.all(
      commands.map(async ({ path, body }) => {
        const sent =
          body === null ? {} : { method: 'POST', body, headers: { 'content-type': 'application/json' } };
        return (await fetch(`${url}${path}`, sent)).status;
      }),
    );

    expect(commands).toHaveLength(3);
    expect(statuses.filter((status) => status >= 300)).toEqual([]);
  });
});

function shellLines(): readonly string[] {
  return blocksOf('sh').flatMap(({ text }) => text.split('\n'));
}

/** Every `curl` with the path that it asks for, and what it sends; null where it only reads. */
function curlCommands(): readonly { readonly path: string; readonly body: string | null }[] {
  const text = blocksOf('sh')
    .map((block) => block.text)
    .join('\n');
  return [...text.matchAll(/curl -s http:\/\/127\.0\.0\.1:4400(\S+)(?: -d '([^']*)')?/g)].map(
    ([, path = '', body]) => ({ path, body: body ?? null }),
  );
}
