import { sql } from 'kysely';
import type { ComparisonInputs } from '../core/comparison/finding.ts';
import type { DatedMeasurement, RecallMeasurement, RecallStore } from '../usecases/recall-port.ts';
import type { LocalDay } from '../core/model.ts';
import type { TenantScope } from '../usecases/records.ts';
import { toJson } from './json.ts';
import { txOf } from './transact.ts';

export const measuredRecall: RecallStore = {
  newest,
  changes: async (scope, limit) => {
    const found = await sql<{ measuredOn: LocalDay; measurement: RecallMeasurement }>`
      SELECT measured_on AS "measuredOn", measurement FROM (
        SELECT measured_on, measurement,
          lag(measurement -> 'settings') OVER (ORDER BY measured_on) AS before
        FROM measured_recall WHERE portal_id = ${scope.portalId}::bigint) AS days
      WHERE before IS DISTINCT FROM measurement -> 'settings'
      ORDER BY measured_on DESC LIMIT ${limit}`.execute(txOf(scope));
    return found.rows.map(({ measuredOn, measurement }) => ({ ...measurement, measuredOn }));
  },
  add: async (scope, measuredOn, measurement) => {
    await txOf(scope)
      .insertInto('measuredRecall')
      .values({ portalId: scope.portalId, measuredOn, measurement: toJson(measurement) })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    // Another worker may have been first on this day: all of them go by the row that stands.
    return (await newest(scope)) ?? { ...measurement, measuredOn };
  },
  statements: async (scope, limit) => {
    const found = await sql<{ inputs: ComparisonInputs }>`
      SELECT f.result -> 'inputs' AS inputs
      FROM findings f JOIN check_ins c ON c.portal_id = f.portal_id AND c.check_in_id = f.check_in_id
      WHERE f.portal_id = ${scope.portalId}::bigint AND f.state = 'ready' AND c.undone_at IS NULL
        AND jsonb_array_length(f.result -> 'inputs' -> 'claims') > 0
      ORDER BY c.seq DESC LIMIT ${limit}`.execute(txOf(scope));
    return found.rows.map((row) => row.inputs);
  },
};

async function newest(scope: TenantScope): Promise<DatedMeasurement | null> {
  const row = await txOf(scope)
    .selectFrom('measuredRecall')
    .select(['measuredOn', 'measurement'])
    .where('portalId', '=', scope.portalId)
    .orderBy('measuredOn', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? null : { ...row.measurement, measuredOn: row.measuredOn };
}
