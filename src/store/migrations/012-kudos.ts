import type { Migration } from './migration.ts';

/**
 * Thanks to a named colleague, which come and go with their check-in, and what a contact wishes about being asked. A wish keeps
 * the one before it, so that Undo can bring it back.
 */
export const kudosAndPreferences: Migration = {
  name: '012-kudos',
  statements: [
    `CREATE TABLE kudos (
      portal_id bigint NOT NULL,
      kudos_id text NOT NULL,
      check_in_id text NOT NULL,
      company_id text NOT NULL,
      to_owner_id text NOT NULL,
      words text NOT NULL,
      given_by bigint NOT NULL,
      given_at timestamptz NOT NULL,
      releases_at timestamptz NOT NULL,
      PRIMARY KEY (portal_id, kudos_id),
      FOREIGN KEY (portal_id, check_in_id) REFERENCES check_ins (portal_id, check_in_id) ON DELETE CASCADE
    )`,
    `CREATE INDEX kudos_check_in ON kudos (portal_id, check_in_id)`,
    `CREATE INDEX kudos_company ON kudos (portal_id, company_id)`,
    `CREATE INDEX kudos_to ON kudos (portal_id, to_owner_id, releases_at)`,
    `CREATE TABLE preferences (
      portal_id bigint NOT NULL,
      contact_id text NOT NULL,
      talk_to_contact_id text,
      half text CHECK (half IN ('morning', 'afternoon')),
      weekdays jsonb NOT NULL,
      channel text,
      do_not_call boolean NOT NULL,
      noted_by bigint NOT NULL,
      noted_at timestamptz NOT NULL,
      check_in_id text,
      previous jsonb,
      PRIMARY KEY (portal_id, contact_id)
    )`,
    `CREATE INDEX preferences_check_in ON preferences (portal_id, check_in_id) WHERE check_in_id IS NOT NULL`,
    `CREATE INDEX preferences_talk_to ON preferences (portal_id, talk_to_contact_id) WHERE talk_to_contact_id IS NOT NULL`,
    `DO $$
    DECLARE t text;
    BEGIN
      FOREACH t IN ARRAY ARRAY['kudos', 'preferences'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
        EXECUTE format('CREATE POLICY tenant ON %I TO sci_app
          USING (portal_id = NULLIF(current_setting(''sci.portal_id'', true), '''')::bigint)
          WITH CHECK (portal_id = NULLIF(current_setting(''sci.portal_id'', true), '''')::bigint)', t);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO sci_app', t);
      END LOOP;
    END $$`,
  ],
};
