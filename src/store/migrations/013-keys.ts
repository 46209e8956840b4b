import type { Migration } from './migration.ts';

/**
 * By which master key a secret is sealed, readable without opening it: a start finds what an earlier key sealed, and whether its
 * key opens anything at all. The version is a hash of the key and opens nothing.
 */
export const keys: Migration = {
  name: '013-keys',
  statements: [
    `ALTER TABLE tokens ADD COLUMN key_version text GENERATED ALWAYS AS (split_part(access_token, '.', 2)) STORED`,
    `ALTER TABLE portal_secrets ADD COLUMN key_version text
       GENERATED ALWAYS AS (split_part(touch_key_secret, '.', 2)) STORED`,
    `GRANT SELECT (portal_id, key_version) ON tokens, portal_secrets TO sci_system`,
    `CREATE POLICY clock ON tokens FOR SELECT TO sci_system USING (true)`,
    `CREATE POLICY clock ON portal_secrets FOR SELECT TO sci_system USING (true)`,
  ],
};
