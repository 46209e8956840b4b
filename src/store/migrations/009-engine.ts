import type { Migration } from './migration.ts';

/**
 * Workers skip what another one holds, so the clock across portals sees which leases live; never who holds them. One account's companies that wait for
 * their contacts are found among thousands of accounts' ones.
 */
export const engine: Migration = {
  name: '009-engine',
  statements: [
    `GRANT SELECT (portal_id, name, expires_at) ON leases TO sci_system`,
    `CREATE POLICY clock ON leases FOR SELECT TO sci_system USING (true)`,
    `CREATE INDEX companies_want ON companies (portal_id, wake_at) WHERE wake_at IS NOT NULL`,
  ],
};
