import type { Migration } from './migration.ts';

/** The lifecycle stages that HubSpot has for the account's companies, in its order; empty until they were read once. */
export const knownStages: Migration = {
  name: '037-known-stages',
  statements: [`ALTER TABLE portals ADD COLUMN known_stages jsonb NOT NULL DEFAULT '[]'`],
};
