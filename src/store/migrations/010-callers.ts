import type { Migration } from './migration.ts';

/** Whom a person gave a task in HubSpot keeps it, whatever the settings say later. */
export const callers: Migration = {
  name: '010-callers',
  statements: [`ALTER TABLE touches ADD COLUMN assigned_by_person boolean NOT NULL DEFAULT false`],
};
