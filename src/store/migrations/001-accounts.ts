import type { Migration } from './migration.ts';

/** Portals, their secrets and people, the program. Local midnights are stored as instants, so that what is due is a comparison. */
export const accounts: Migration = {
  name: '001-accounts',
  statements: [
    `CREATE TABLE oauth_states (state_hash text PRIMARY KEY, expires_at timestamptz NOT NULL)`,
    `CREATE TABLE portals (
      portal_id bigint PRIMARY KEY,
      status text NOT NULL CHECK (status IN ('installed', 'disconnected', 'uninstalled')),
      installed_by_user_id bigint NOT NULL,
      installed_at timestamptz NOT NULL,
      time_zone text NOT NULL DEFAULT 'UTC' CHECK (timezone(time_zone, timestamptz 'epoch') IS NOT NULL),
      ui_domain text NOT NULL DEFAULT 'app.hubspot.com',
      scopes jsonb NOT NULL DEFAULT '[]',
      task_key_mode text CHECK (task_key_mode IN ('unique', 'ledger')),
      started_at timestamptz,
      read_cursor text,
      read_started_at timestamptz,
      companies_read_at timestamptz,
      planned_at timestamptz,
      reconciled_at timestamptz,
      plan_requested_at timestamptz,
      last_error text,
      call_dispositions jsonb NOT NULL DEFAULT '{}',
      erasure_salt uuid NOT NULL DEFAULT gen_random_uuid(),
      refresh_due_at timestamptz NOT NULL GENERATED ALWAYS AS (
        CASE WHEN companies_read_at IS NULL THEN installed_at
             WHEN read_cursor IS NOT NULL THEN companies_read_at
             ELSE least(
               CASE WHEN plan_requested_at > companies_read_at THEN plan_requested_at END,
               timezone(time_zone, date_trunc('day', timezone(time_zone, companies_read_at)) + interval '1 day 10 minutes')
             ) END) STORED,
      plan_due_at timestamptz GENERATED ALWAYS AS (
        CASE WHEN started_at IS NOT NULL AND companies_read_at IS NOT NULL AND read_cursor IS NULL
              AND (planned_at IS NULL OR planned_at < companies_read_at)
             THEN greatest(started_at, companies_read_at) END) STORED,
      sync_due_at timestamptz GENERATED ALWAYS AS (
        CASE WHEN started_at IS NULL THEN NULL
             WHEN reconciled_at IS NULL THEN started_at
             ELSE timezone(time_zone, date_trunc('day', timezone(time_zone, reconciled_at)) + interval '1 day 20 minutes')
             END) STORED
    )`,
    `CREATE INDEX portals_refresh ON portals (refresh_due_at) WHERE status = 'installed'`,
    `CREATE INDEX portals_plan ON portals (plan_due_at) WHERE status = 'installed' AND plan_due_at IS NOT NULL`,
    `CREATE INDEX portals_sync ON portals (sync_due_at) WHERE status = 'installed' AND sync_due_at IS NOT NULL`,
    `CREATE TABLE portal_secrets (portal_id bigint PRIMARY KEY, touch_key_secret text NOT NULL)`,
    `CREATE TABLE tokens (
      portal_id bigint PRIMARY KEY,
      access_token text NOT NULL,
      refresh_token text NOT NULL,
      expires_at timestamptz NOT NULL
    )`,
    `CREATE TABLE people (
      portal_id bigint NOT NULL,
      owner_id text NOT NULL,
      user_id bigint,
      name text NOT NULL,
      email text,
      primary_team_id text,
      active boolean NOT NULL,
      PRIMARY KEY (portal_id, owner_id)
    )`,
    `CREATE INDEX people_user ON people (portal_id, user_id)`,
    `CREATE TABLE programs (
      portal_id bigint NOT NULL,
      version integer NOT NULL,
      settings jsonb NOT NULL,
      saved_by bigint NOT NULL,
      saved_at timestamptz NOT NULL,
      PRIMARY KEY (portal_id, version)
    )`,
    `CREATE TABLE announcements (
      portal_id bigint NOT NULL,
      seq bigint GENERATED ALWAYS AS IDENTITY,
      announced_at timestamptz NOT NULL,
      announced_by bigint NOT NULL,
      starts_on date NOT NULL,
      text text NOT NULL,
      PRIMARY KEY (portal_id, seq)
    )`,
    `CREATE TABLE acknowledgements (
      portal_id bigint NOT NULL,
      owner_id text NOT NULL,
      acknowledged_at timestamptz NOT NULL,
      PRIMARY KEY (portal_id, owner_id)
    )`,
    `CREATE TABLE leases (
      portal_id bigint NOT NULL,
      name text NOT NULL,
      holder text NOT NULL,
      fence bigint NOT NULL,
      expires_at timestamptz NOT NULL,
      PRIMARY KEY (portal_id, name)
    )`,
    `CREATE TABLE api_budget (
      portal_id bigint NOT NULL,
      bucket text NOT NULL,
      tat timestamptz NOT NULL,
      paused_until timestamptz,
      PRIMARY KEY (portal_id, bucket)
    ) WITH (fillfactor = 50)`,
    `CREATE TABLE audit_heads (portal_id bigint PRIMARY KEY, seq bigint NOT NULL, hash text NOT NULL)`,
    `CREATE TABLE audit_log (
      portal_id bigint NOT NULL,
      seq bigint NOT NULL,
      at timestamptz NOT NULL,
      actor text NOT NULL,
      action text NOT NULL,
      subject text NOT NULL,
      outcome text NOT NULL,
      request_id text,
      hash text NOT NULL,
      PRIMARY KEY (portal_id, seq)
    )`,
    `CREATE TABLE submissions (
      portal_id bigint NOT NULL,
      submission_id text NOT NULL,
      author_user_id bigint NOT NULL,
      body_hash text NOT NULL,
      reply text,
      submitted_at timestamptz NOT NULL,
      PRIMARY KEY (portal_id, submission_id)
    )`,
  ],
};
