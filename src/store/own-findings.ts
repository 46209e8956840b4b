import { sql, type RawBuilder } from 'kysely';
import type { CompanyId, UserId } from '../core/model.ts';
import type { OwnFinding } from '../usecases/finding-records.ts';
import type { TenantScope } from '../usecases/records.ts';
import { txOf } from './transact.ts';

/** More than one company ever has at once. */
const SHOWN_AT_A_COMPANY = 10;

const COLUMNS = sql`f.finding_id, f.check_in_id, f.company_id, f.rep_owner_id, c.respondent_name, c.happened_on,
  d.replied_at, d.decide_by`;

/** With the conversation each is about, unless that was undone, and with the oldest reply that waits for a decision. */
function own(scope: TenantScope, callerUserId: UserId): RawBuilder<unknown> {
  return sql`FROM findings f
    JOIN check_ins c ON c.portal_id = f.portal_id AND c.check_in_id = f.check_in_id AND c.undone_at IS NULL
    LEFT JOIN LATERAL (
      SELECT min(replied_at) AS replied_at, min(decide_by) AS decide_by FROM replies
      WHERE portal_id = ${scope.portalId}::bigint AND finding_id = f.finding_id AND state = 'open') d ON true
    WHERE f.portal_id = ${scope.portalId}::bigint AND f.caller_user_id = ${callerUserId}::bigint`;
}

/** A caller's findings at a company that are not settled, or on which a reply waits; newest first. */
export function ownFindingsAt(scope: TenantScope, callerUserId: UserId, companyId: CompanyId) {
  return sql`SELECT ${COLUMNS} ${own(scope, callerUserId)} AND f.company_id = ${companyId}
    AND (d.replied_at IS NOT NULL OR f.wake_at IS NOT NULL OR f.wake_on IS NOT NULL)
    ORDER BY c.seq DESC LIMIT ${SHOWN_AT_A_COMPANY}::integer`;
}

/** Begins with the few replies that are open: an account has many findings. */
export async function toDecide(
  scope: TenantScope,
  callerUserId: UserId,
  limit: number,
): Promise<readonly OwnFinding[]> {
  const found = await sql<OwnFinding>`SELECT ${COLUMNS} ${own(scope, callerUserId)}
    AND f.finding_id IN (SELECT finding_id FROM replies WHERE portal_id = ${scope.portalId}::bigint AND state = 'open')
    ORDER BY d.decide_by, d.replied_at, f.finding_id LIMIT ${limit}::integer`.execute(txOf(scope));
  return found.rows;
}
