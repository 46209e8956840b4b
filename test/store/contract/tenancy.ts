import { expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { assertTenancy } from '../../../src/store/tenancy-check.ts';
import { inTenant, txOf, withoutTenant } from '../../../src/store/transact.ts';
import { checkIn, company, touch } from './harness.ts';
import type { Harness } from './harness.ts';

const TENANT_TABLES = [
  'portals portal_secrets tokens people programs announcements acknowledgements companies contacts erasures cycles touches',
  'attempts check_ins corrections findings replies rep_notices issues promises drafts outbox webhook_inbox audit_heads',
  'audit_log submissions leases api_budget measured_recall',
]
  .join(' ')
  .split(' ');

/** What the database keeps apart, whatever the code above it asks for. */
export function tenancyContract(h: Harness): void {
  it('shows each of two portals with equal ids its own rows', async () => {
    const [first, second] = [await h.portal(), await h.portal()];
    for (const [portalId, name] of [
      [first, 'First'],
      [second, 'Second'],
    ] as const) {
      await h.inside(portalId, async (scope) => {
        await h.store.companies.upsertRead(scope, [company('1', { name })], h.clock.now());
        await h.store.touches.plan(scope, [touch('1')]);
        await h.store.checkIns.add(scope, checkIn('1', { words: name }));
      });
    }

    const seen = await h.inside(second, async (scope) => ({
      company: (await h.store.companies.find(scope, company('1').companyId))?.name,
      words: (await h.store.checkIns.find(scope, 'check-in-1'))?.words,
      rows: await sql<{ portalId: number }>`SELECT portal_id FROM check_ins`.execute(txOf(scope)),
    }));

    expect(seen.company).toBe('Second');
    expect(seen.words).toBe('Second');
    expect(seen.rows.rows).toEqual([{ portalId: second }]);
  });

  it('changes only its own portal where both have the same id', async () => {
    const [first, second] = [await h.portal(), await h.portal()];
    for (const portalId of [first, second]) {
      await h.inside(portalId, (scope) => h.store.touches.plan(scope, [touch('1')]));
    }

    await h.inside(first, (scope) => h.store.touches.update(scope, 'touch-1', { state: 'done' }));

    const other = await h.inside(second, (scope) => h.store.touches.find(scope, 'touch-1'));
    expect(other?.state).toBe('planned');
  });

  it('shows no row of any tenant table where no tenant is set', async () => {
    const portalId = await h.portal();
    await h.inside(portalId, (scope) => h.store.checkIns.add(scope, checkIn('1')));

    const counts = await withoutTenant(h.store.database, async (tx) => {
      const found: unknown[] = [];
      for (const table of TENANT_TABLES) {
        const count = await sql<{ rows: number }>`SELECT count(*) AS rows FROM ${sql.table(table)}`.execute(
          tx,
        );
        found.push(`${table} ${count.rows[0]?.rows ?? '?'}`);
      }
      return found;
    });

    expect(counts).toEqual(TENANT_TABLES.map((table) => `${table} 0`));
  });

  it('refuses a row of another portal', async () => {
    const [own, other] = [await h.portal(), await h.portal()];

    const attempt = h.inside(own, (scope) =>
      sql`INSERT INTO leases (portal_id, name, holder, fence, expires_at)
        VALUES (${other}::bigint, 'x', 'x', 1, now())`.execute(txOf(scope)),
    );

    await expect(attempt).rejects.toThrow(/row-level security/);
  });

  it('moves no row to another portal', async () => {
    const [own, other] = [await h.portal(), await h.portal()];

    const attempt = h.inside(own, (scope) =>
      sql`UPDATE portals SET portal_id = ${other + 1_000_000}::bigint`.execute(txOf(scope)),
    );

    await expect(attempt).rejects.toThrow(/row-level security/);
  });

  it('refuses to change or delete what was audited', async () => {
    const portalId = await h.portal();
    const run = (statement: ReturnType<typeof sql>) =>
      h.inside(portalId, (scope) => statement.execute(txOf(scope)));

    const changed = run(sql`UPDATE audit_log SET actor = 'nobody'`);
    await expect(changed).rejects.toThrow(/permission denied/);
    const deleted = run(sql`DELETE FROM audit_log`);
    await expect(deleted).rejects.toThrow(/permission denied/);
  });

  it('lets the clock across portals read ids and instants, and nothing that was said', async () => {
    const portalId = await h.portal();
    await h.inside(portalId, (scope) => h.store.checkIns.add(scope, checkIn('1')));
    const asClock = (statement: ReturnType<typeof sql>) =>
      h.store.database.kysely.transaction().execute(async (tx) => {
        await sql`SELECT set_config('role', 'sci_system', true)`.execute(tx);
        return statement.execute(tx);
      });

    const allowed = await asClock(
      sql`SELECT portal_id, wake_at FROM check_ins WHERE portal_id = ${portalId}::bigint`,
    );

    expect(allowed.rows).toHaveLength(1);
    await expect(asClock(sql`SELECT words FROM check_ins`)).rejects.toThrow(/permission denied/);
    await expect(asClock(sql`SELECT access_token FROM tokens`)).rejects.toThrow(/permission denied/);
    await expect(asClock(sql`UPDATE portals SET status = 'installed'`)).rejects.toThrow(/permission denied/);
  });

  it('refuses a transaction inside another one', async () => {
    const [own, other] = [await h.portal(), await h.portal()];

    const nested = h.inside(own, () => h.inside(other, () => Promise.resolve('inside')));

    await expect(nested).rejects.toMatchObject({
      code: 'internal',
      message: expect.stringMatching(/inside another/),
    });
  });

  it('refuses a scope that outlived its transaction', async () => {
    const portalId = await h.portal();
    const kept = await h.inside(portalId, (scope) => Promise.resolve(scope));

    const late = h.store.portals.find(kept);

    await expect(late).rejects.toMatchObject({ code: 'internal' });
  });

  it('keeps nothing of a transaction that failed', async () => {
    const portalId = await h.portal();
    const failing = h.inside(portalId, async (scope) => {
      await h.store.checkIns.add(scope, checkIn('1'));
      throw new Error('after the write');
    });
    await expect(failing).rejects.toThrow('after the write');

    const found = await h.inside(portalId, (scope) => h.store.checkIns.find(scope, 'check-in-1'));

    expect(found).toBeNull();
  });

  it('queues parallel transactions of many portals without losing any', async () => {
    const portalIds = await Promise.all(Array.from({ length: 8 }, () => h.portal()));

    await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        h.inside(portalIds[index % 8]!, (scope) => h.store.checkIns.add(scope, checkIn(String(index)))),
      ),
    );

    const counts = await Promise.all(
      portalIds.map((portalId) =>
        h.inside(portalId, (scope) => h.store.checkIns.countOfCompany(scope, checkIn('1').companyId)),
      ),
    );
    expect(counts).toEqual(Array.from({ length: 8 }, () => 5));
  });

  it('says in words that a character cannot be stored', async () => {
    const portalId = await h.portal();

    const attempt = h.inside(portalId, (scope) =>
      h.store.checkIns.add(scope, checkIn('1', { words: 'a\u0000b' })),
    );

    await expect(attempt).rejects.toMatchObject({ code: 'invalid_input' });
  });

  it('passes its own check of tenancy', async () => {
    await expect(assertTenancy(h.store.database)).resolves.toBeUndefined();
  });

  it('runs in the portal that was named', async () => {
    const portalId = await h.portal();

    const seen = await inTenant(h.store.database, portalId, (scope) =>
      sql<{
        role: string;
        portal: string;
      }>`SELECT current_user::text AS role, current_setting('sci.portal_id') AS portal`.execute(txOf(scope)),
    );

    expect(seen.rows).toEqual([{ role: 'sci_app', portal: String(portalId) }]);
  });
}
