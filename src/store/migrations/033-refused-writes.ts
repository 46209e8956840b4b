import type { Migration } from './migration.ts';

/** How often HubSpot refused a write: it is tried again so many nights, and no longer. */
export const refusedWrites: Migration = {
  name: '033-refused-writes',
  statements: [`ALTER TABLE outbox ADD COLUMN refusals integer NOT NULL DEFAULT 0`],
};
