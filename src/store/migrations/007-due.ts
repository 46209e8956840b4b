import type { Migration } from './migration.ts';

/**
 * What a person asked for is read by a read that began after the question: one under way may have passed by already. It is due
 * until such a read has ended. Besides, an event that could not be worked through says why.
 */
export const due: Migration = {
  name: '007-due',
  statements: [
    `ALTER TABLE webhook_inbox ADD COLUMN reason text`,
    `ALTER TABLE portals DROP COLUMN refresh_due_at`,
    `ALTER TABLE portals ADD COLUMN refresh_due_at timestamptz NOT NULL GENERATED ALWAYS AS (
      CASE WHEN companies_read_at IS NULL THEN installed_at
           WHEN read_cursor IS NOT NULL THEN companies_read_at
           ELSE least(
             CASE WHEN plan_requested_at > coalesce(read_started_at, companies_read_at)
                    OR companies_read_at < read_started_at
                  THEN plan_requested_at END,
             timezone(time_zone, date_trunc('day', timezone(time_zone, companies_read_at)) + interval '1 day 10 minutes')
           ) END) STORED`,
    `CREATE INDEX portals_refresh ON portals (refresh_due_at) WHERE status = 'installed'`,
    `GRANT SELECT (refresh_due_at) ON portals TO sci_system`,
  ],
};
