import type { Migration } from './migration.ts';

/**
 * What one process learns about a portal's budget holds for all of them: the pace that the stated limit allows, and how far a
 * refusal slowed it down. `slot_at` is when the last reserved call may leave, `calls` counts those since the portal's last rest.
 */
export const budget: Migration = {
  name: '008-budget',
  statements: [
    `ALTER TABLE api_budget ADD COLUMN slot_at timestamptz, ADD COLUMN interval_ms float8,
       ADD COLUMN pace float8 NOT NULL DEFAULT 1, ADD COLUMN calls bigint NOT NULL DEFAULT 0`,
  ],
};
