import type { Migration } from './migration.ts';

/**
 * All wishes of a contact that may still be taken back, each with its check-in, and not only the last one's forerunner. The owner of
 * the tables sees rows only while their security is not forced. `previous` stays empty for a release: processes of the version before
 * still name it while they go on beside the new ones.
 */
export const wishes: Migration = {
  name: '019-wishes',
  statements: [
    `ALTER TABLE preferences ADD COLUMN earlier jsonb NOT NULL DEFAULT '[]'`,
    `ALTER TABLE preferences NO FORCE ROW LEVEL SECURITY`,
    `UPDATE preferences
     SET earlier = jsonb_build_array(
       previous || jsonb_build_object('checkInId', NULL, 'notedBy', noted_by, 'notedAt', noted_at))
     WHERE previous IS NOT NULL`,
    `UPDATE preferences SET previous = NULL`,
    `ALTER TABLE preferences FORCE ROW LEVEL SECURITY`,
  ],
};
