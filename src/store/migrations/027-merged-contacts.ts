import type { Migration } from './migration.ts';

/**
 * Which contact became which when HubSpot merged them: an open card may still name the one that is gone, and who is erased is to be
 * forgotten under every id. An answer keeps the id under which it was given, since no merge may make a comparison harsher.
 */
export const mergedContacts: Migration = {
  name: '027-merged-contacts',
  statements: [
    `ALTER TABLE check_ins ADD COLUMN heard_as_contact_id text`,
    `CREATE TABLE merged_contacts (
      portal_id bigint NOT NULL,
      contact_id text NOT NULL,
      into_contact_id text NOT NULL CHECK (into_contact_id <> contact_id),
      PRIMARY KEY (portal_id, contact_id)
    )`,
    `CREATE INDEX merged_contacts_into ON merged_contacts (portal_id, into_contact_id)`,
    `ALTER TABLE merged_contacts ENABLE ROW LEVEL SECURITY`,
    `ALTER TABLE merged_contacts FORCE ROW LEVEL SECURITY`,
    `CREATE POLICY tenant ON merged_contacts TO sci_app
      USING (portal_id = NULLIF(current_setting('sci.portal_id', true), '')::bigint)
      WITH CHECK (portal_id = NULLIF(current_setting('sci.portal_id', true), '')::bigint)`,
    `GRANT SELECT, INSERT, UPDATE, DELETE ON merged_contacts TO sci_app`,
  ],
};
