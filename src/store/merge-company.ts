import { sql } from 'kysely';
import { joinDrafts } from '../core/feedback/join-drafts.ts';
import type { CompanyId, UserId } from '../core/model.ts';
import type { TenantScope } from '../usecases/records.ts';
import { toJson } from './json.ts';
import { txOf } from './transact.ts';

/** What belongs to a company and follows it into another. Touches are the ledger's: they follow one by one. */
const FOLLOWING = ['check_ins', 'findings', 'issues', 'promises', 'kudos'] as const;

/**
 * Gives what the customer of `from` said, and what was promised to them, to `into`; returns how many rows that were. The
 * contacts of `from` go: HubSpot has them at `into` now. Harmless when repeated.
 */
export async function mergeInto(scope: TenantScope, from: CompanyId, into: CompanyId): Promise<number> {
  let moved = 0;
  await sql`UPDATE check_ins SET heard_at_company_id = ${from}
    WHERE portal_id = ${scope.portalId}::bigint AND company_id = ${from} AND heard_at_company_id IS NULL`.execute(
    txOf(scope),
  );
  for (const table of FOLLOWING) {
    const rows = await sql`UPDATE ${sql.table(table)} SET company_id = ${into}
      WHERE portal_id = ${scope.portalId}::bigint AND company_id = ${from}`.execute(txOf(scope));
    moved += Number(rows.numAffectedRows ?? 0);
  }
  await moveDrafts(scope, from, into);
  const contacts = txOf(scope).deleteFrom('contacts').where('portalId', '=', scope.portalId);
  await contacts.where('companyId', '=', from).execute();
  if (moved > 0) await numberWaves(scope, into);
  return moved;
}

type Begun = { readonly newer: Draft; readonly older: Draft; readonly authorUserId: UserId };
type Draft = Readonly<Record<string, unknown>>;

/** An author who has begun a draft at both keeps one, with the words of both. */
async function moveDrafts(scope: TenantScope, from: CompanyId, into: CompanyId): Promise<void> {
  const both = await sql<Begun>`
    SELECT d.author_user_id, CASE WHEN d.saved_at > o.saved_at THEN d.draft ELSE o.draft END AS newer,
      CASE WHEN d.saved_at > o.saved_at THEN o.draft ELSE d.draft END AS older
    FROM drafts d JOIN drafts o ON o.portal_id = d.portal_id AND o.author_user_id = d.author_user_id
    WHERE d.portal_id = ${scope.portalId}::bigint AND d.company_id = ${from} AND o.company_id = ${into}`.execute(
    txOf(scope),
  );
  for (const { authorUserId, newer, older } of both.rows) {
    await sql`UPDATE drafts SET draft = ${toJson(joinDrafts(newer, older))}::jsonb
      WHERE portal_id = ${scope.portalId}::bigint AND author_user_id = ${authorUserId}
        AND company_id = ${into}`.execute(txOf(scope));
  }
  await sql`UPDATE drafts d SET company_id = ${into}
    WHERE d.portal_id = ${scope.portalId}::bigint AND d.company_id = ${from}
      AND NOT EXISTS (SELECT FROM drafts o WHERE o.portal_id = d.portal_id
        AND o.author_user_id = d.author_user_id AND o.company_id = ${into})`.execute(txOf(scope));
  const left = txOf(scope).deleteFrom('drafts').where('portalId', '=', scope.portalId);
  await left.where('companyId', '=', from).execute();
}

/** One wave a cycle, in the order of the cycles; two contacts of one cycle share it. */
async function numberWaves(scope: TenantScope, companyId: CompanyId): Promise<void> {
  await sql`
    UPDATE check_ins c SET wave = w.wave
    FROM (SELECT check_in_id, dense_rank() OVER (ORDER BY cycle) AS wave FROM check_ins
      WHERE portal_id = ${scope.portalId}::bigint AND company_id = ${companyId} AND undone_at IS NULL) w
    WHERE c.portal_id = ${scope.portalId}::bigint AND c.check_in_id = w.check_in_id AND c.wave <> w.wave`.execute(
    txOf(scope),
  );
}
