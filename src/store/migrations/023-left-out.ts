import type { Migration } from './migration.ts';

/** What the settings page shows of the companies that are no customers: how many, and a few of them with their stage. */
export const leftOut: Migration = {
  name: '023-left-out',
  statements: [`ALTER TABLE portals ADD COLUMN left_out jsonb`],
};
