import type { Migration } from './migration.ts';

/**
 * Roles, row-level security and grants of every table so far. `sci_app` sees one portal at a time, `sci_system` sees ids and
 * instants of all of them and writes nothing. Neither can log in: the process's own login is a member of both.
 */
export const tenancy: Migration = {
  name: '004-tenancy',
  statements: [
    // Roles belong to the cluster, not to the database: another database of it may have made them already, or be doing so now.
    `DO $$
    DECLARE role_name text;
    BEGIN
      FOREACH role_name IN ARRAY ARRAY['sci_app', 'sci_system'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role_name) THEN
          BEGIN
            EXECUTE format('CREATE ROLE %I NOLOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE', role_name);
          EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
          END;
        END IF;
      END LOOP;
    END $$`,
    `DO $$
    DECLARE t text;
    BEGIN
      FOR t IN
        SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
        WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r' AND a.attname = 'portal_id' AND NOT a.attisdropped
      LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
        EXECUTE format('CREATE POLICY tenant ON %I TO sci_app
          USING (portal_id = NULLIF(current_setting(''sci.portal_id'', true), '''')::bigint)
          WITH CHECK (portal_id = NULLIF(current_setting(''sci.portal_id'', true), '''')::bigint)', t);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO sci_app', t);
      END LOOP;
    END $$`,
    `REVOKE UPDATE, DELETE ON audit_log FROM sci_app`,
    `REVOKE DELETE ON audit_heads FROM sci_app`,
    `GRANT SELECT, INSERT, DELETE ON oauth_states TO sci_app`,
    `GRANT SELECT (portal_id, status, time_zone, started_at, refresh_due_at, plan_due_at, sync_due_at)
       ON portals TO sci_system`,
    `CREATE POLICY clock ON portals FOR SELECT TO sci_system USING (true)`,
    `GRANT SELECT (portal_id, wake_at, state) ON touches TO sci_system`,
    `DO $$
    DECLARE t text;
    BEGIN
      FOREACH t IN ARRAY ARRAY['touches', 'companies', 'outbox', 'findings', 'check_ins', 'webhook_inbox'] LOOP
        EXECUTE format('GRANT SELECT (portal_id, wake_at) ON %I TO sci_system', t);
        EXECUTE format('CREATE POLICY clock ON %I FOR SELECT TO sci_system USING (true)', t);
      END LOOP;
      FOREACH t IN ARRAY ARRAY['cycles', 'findings', 'replies', 'rep_notices'] LOOP
        EXECUTE format('GRANT SELECT (portal_id, wake_on) ON %I TO sci_system', t);
        IF t <> 'findings' THEN
          EXECUTE format('CREATE POLICY clock ON %I FOR SELECT TO sci_system USING (true)', t);
        END IF;
      END LOOP;
    END $$`,
  ],
};
