import type { Migration } from './migration.ts';

/**
 * Since when a touch is in doubt: the first send of it that nobody reported on. How often it was sent alone says nothing of how long
 * HubSpot has been ill, and sent_at is of the last send.
 */
export const inDoubt: Migration = {
  name: '024-in-doubt',
  statements: [`ALTER TABLE touches ADD COLUMN in_doubt_since timestamptz`],
};
