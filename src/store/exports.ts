import { sql } from 'kysely';
import type { ExportedFinding, ExportStore } from '../usecases/export-port.ts';
import { txOf } from './transact.ts';

export const exportLinks: ExportStore = {
  add: async (scope, link) => {
    await txOf(scope)
      .insertInto('exports')
      .values({ ...link, portalId: scope.portalId, usedAt: null })
      .execute();
  },
  use: async (scope, tokenHash, now) => {
    const rows = txOf(scope)
      .updateTable('exports')
      .set({ usedAt: now })
      .where('portalId', '=', scope.portalId)
      .where('tokenHash', '=', tokenHash);
    const used = await rows
      .where('usedAt', 'is', null)
      .where('expiresAt', '>', now)
      .returning(['exportId', 'tokenHash', 'kind', 'requestedBy', 'expiresAt'])
      .executeTakeFirst();
    return used ?? null;
  },
  askAuditor: async (scope, findingId, at) => {
    const rows = txOf(scope).updateTable('findings').set({ askedAuditorAt: at });
    await rows
      .where('portalId', '=', scope.portalId)
      .where('findingId', '=', findingId)
      .where('askedAuditorAt', 'is', null)
      .execute();
  },
  askedAuditorAt: async (scope, findingId) => {
    const row = await txOf(scope)
      .selectFrom('findings')
      .select('askedAuditorAt')
      .where('portalId', '=', scope.portalId)
      .where('findingId', '=', findingId)
      .executeTakeFirst();
    return row?.askedAuditorAt ?? null;
  },
  findings: async (scope, afterFindingId, limit) => {
    const found = await sql<ExportedFinding>`
      SELECT f.finding_id, f.result, f.later, f.supported, f.asked_auditor_at
      FROM findings f JOIN check_ins c ON c.portal_id = f.portal_id AND c.check_in_id = f.check_in_id
      WHERE f.portal_id = ${scope.portalId}::bigint AND f.finding_id > ${afterFindingId}
        AND f.state = 'ready' AND c.undone_at IS NULL AND c.released_at IS NOT NULL
        AND (f.settled_at IS NOT NULL OR (f.result ->> 'severity')::integer = 0)
      ORDER BY f.finding_id LIMIT ${limit}::integer`.execute(txOf(scope));
    return found.rows;
  },
};
