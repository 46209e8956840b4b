import type { Migration } from './migration.ts';

/**
 * What a quarter's test said of each team, what it opened, leave, links to exports, and the later evidence behind a finding: with it
 * a stored finding can be performed again outside the product.
 */
export const patterns: Migration = {
  name: '011-patterns',
  statements: [
    `ALTER TABLE findings ADD COLUMN later jsonb`,
    `CREATE TABLE team_tests (
      portal_id bigint NOT NULL,
      cycle text NOT NULL,
      due_on date NOT NULL,
      tested_at timestamptz,
      result jsonb,
      wake_on date GENERATED ALWAYS AS (CASE WHEN tested_at IS NULL THEN due_on END) STORED,
      PRIMARY KEY (portal_id, cycle)
    )`,
    `CREATE INDEX team_tests_wake ON team_tests (wake_on, portal_id) WHERE wake_on IS NOT NULL`,
    `CREATE TABLE patterns (
      portal_id bigint NOT NULL,
      pattern_id text NOT NULL,
      rep_owner_id text NOT NULL,
      manager_user_id bigint NOT NULL,
      cycle text NOT NULL,
      noticed_on date NOT NULL,
      reply_until date NOT NULL,
      counts jsonb NOT NULL,
      PRIMARY KEY (portal_id, pattern_id),
      UNIQUE (portal_id, rep_owner_id, cycle)
    )`,
    `CREATE TABLE pattern_openings (
      portal_id bigint NOT NULL,
      pattern_id text NOT NULL,
      user_id bigint NOT NULL,
      opened_at timestamptz NOT NULL,
      PRIMARY KEY (portal_id, pattern_id, user_id),
      FOREIGN KEY (portal_id, pattern_id) REFERENCES patterns (portal_id, pattern_id) ON DELETE CASCADE
    )`,
    `CREATE TABLE leaves (
      portal_id bigint NOT NULL,
      leave_id text NOT NULL,
      owner_id text NOT NULL,
      first_day date NOT NULL,
      last_day date NOT NULL CHECK (last_day >= first_day),
      entered_by bigint NOT NULL,
      entered_at timestamptz NOT NULL,
      removed_at timestamptz,
      PRIMARY KEY (portal_id, leave_id)
    )`,
    `CREATE INDEX leaves_owner ON leaves (portal_id, owner_id, last_day) WHERE removed_at IS NULL`,
    `CREATE TABLE exports (
      portal_id bigint NOT NULL,
      export_id text NOT NULL,
      token_hash text NOT NULL,
      kind text NOT NULL,
      requested_by bigint NOT NULL,
      expires_at timestamptz NOT NULL,
      used_at timestamptz,
      PRIMARY KEY (portal_id, export_id),
      UNIQUE (portal_id, token_hash)
    )`,
    `DO $$
    DECLARE t text;
    BEGIN
      FOREACH t IN ARRAY ARRAY['team_tests', 'patterns', 'pattern_openings', 'leaves', 'exports'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
        EXECUTE format('CREATE POLICY tenant ON %I TO sci_app
          USING (portal_id = NULLIF(current_setting(''sci.portal_id'', true), '''')::bigint)
          WITH CHECK (portal_id = NULLIF(current_setting(''sci.portal_id'', true), '''')::bigint)', t);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO sci_app', t);
      END LOOP;
    END $$`,
    `GRANT SELECT (portal_id, wake_on) ON team_tests TO sci_system`,
    `CREATE POLICY clock ON team_tests FOR SELECT TO sci_system USING (true)`,
  ],
};
