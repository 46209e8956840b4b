import type { Migration } from './migration.ts';

/** A rep's open reply windows are looked up whether or not the log is being read again. */
export const openWindows: Migration = {
  name: '035-open-windows',
  statements: [
    `CREATE INDEX findings_open_windows ON findings (portal_id, rep_owner_id, reply_until)
      WHERE settled_at IS NULL AND reply_until IS NOT NULL`,
    `DROP INDEX findings_rep`,
  ],
};
