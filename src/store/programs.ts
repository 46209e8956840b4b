import { sql } from 'kysely';
import { AppError } from '../errors.ts';
import type { TenantScope } from '../usecases/records.ts';
import type { ProgramSettings } from '../core/program-settings.ts';
import type { UserId } from '../core/model.ts';
import type { ProgramStore } from '../usecases/store-port.ts';
import { toJson } from './json.ts';
import { txOf } from './transact.ts';

const COLUMNS = ['version', 'settings', 'savedBy', 'savedAt'] as const;

export const programs: ProgramStore = {
  current: async (scope) => (await newestPrograms(scope, 1).executeTakeFirst()) ?? null,
  history: (scope, limit) => newestPrograms(scope, limit).execute(),
  at: async (scope, at) =>
    (await newestPrograms(scope, 1).where('savedAt', '<=', at).executeTakeFirst()) ?? null,
  save: async (scope, expectedVersion, settings, by, at) => {
    const isNext = await insertNext(scope, expectedVersion, settings, by, at);
    if (!isNext) {
      throw new AppError('conflict', 'Someone saved the settings in the meantime.', {
        hint: 'Reload to see what they changed; your own changes stay. Then save again.',
      });
    }
    return { version: expectedVersion + 1, settings, savedBy: by, savedAt: at };
  },
  announce: async (scope, { announcedAt, announcedBy, startsOn, text }) => {
    const row = { portalId: scope.portalId, announcedAt, announcedBy, startsOn, text };
    await txOf(scope).insertInto('announcements').values(row).execute();
  },
  announcement: async (scope) => (await firstAnnouncement(scope).executeTakeFirst()) ?? null,
  acknowledge: async (scope, ownerId, at) => {
    await txOf(scope)
      .insertInto('acknowledgements')
      .values({ portalId: scope.portalId, ownerId, acknowledgedAt: at })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  },
  acknowledgements: async (scope) => {
    const rows = await acknowledgementsOf(scope).execute();
    return new Map(rows.map((row) => [row.ownerId, row.acknowledgedAt]));
  },
};

export function newestPrograms(scope: TenantScope, limit: number) {
  return txOf(scope)
    .selectFrom('programs')
    .select(COLUMNS)
    .where('portalId', '=', scope.portalId)
    .orderBy('version', 'desc')
    .limit(limit);
}

export function firstAnnouncement(scope: TenantScope) {
  return txOf(scope)
    .selectFrom('announcements')
    .select(['announcedAt', 'announcedBy', 'startsOn', 'text'])
    .where('portalId', '=', scope.portalId)
    .orderBy('seq')
    .limit(1);
}

export function acknowledgementsOf(scope: TenantScope) {
  return txOf(scope)
    .selectFrom('acknowledgements')
    .select(['ownerId', 'acknowledgedAt'])
    .where('portalId', '=', scope.portalId);
}

/** The version is part of the key: of two who save at once, one finds its place taken. */
async function insertNext(
  scope: TenantScope,
  expectedVersion: number,
  settings: ProgramSettings,
  by: UserId,
  at: Date,
): Promise<boolean> {
  const inserted = await sql`
    INSERT INTO programs (portal_id, version, settings, saved_by, saved_at)
    SELECT ${scope.portalId}::bigint, ${expectedVersion + 1}::integer, ${toJson(settings)}::jsonb, ${by}::bigint, ${at}::timestamptz
    WHERE ${expectedVersion}::integer =
      (SELECT coalesce(max(version), 0) FROM programs WHERE portal_id = ${scope.portalId}::bigint)
    ON CONFLICT DO NOTHING RETURNING version`.execute(txOf(scope));
  return inserted.rows.length === 1;
}
