import type { Migration } from './migration.ts';

/** Workers skip what another one holds, so the clock across portals sees which leases live; never who holds them. */
export const engine: Migration = {
  name: '009-engine',
  statements: [
    `GRANT SELECT (portal_id, name, expires_at) ON leases TO sci_system`,
    `CREATE POLICY clock ON leases FOR SELECT TO sci_system USING (true)`,
  ],
};
