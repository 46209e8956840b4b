import type { Migration } from './migration.ts';

/** How often an event could not be followed, and a way to those that erase somebody past all that wait before them. */
export const inbox: Migration = {
  name: '016-inbox',
  statements: [
    `ALTER TABLE webhook_inbox ADD COLUMN failures integer NOT NULL DEFAULT 0`,
    `CREATE INDEX webhook_inbox_erasures ON webhook_inbox (portal_id, seq)
       WHERE processed_at IS NULL AND subscription_type = 'contact.privacyDeletion'`,
  ],
};
