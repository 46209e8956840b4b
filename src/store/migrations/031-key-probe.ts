import type { Migration } from './migration.ts';

/** When it was last tried whether tasks can carry a unique key; null: never, or not since the account was connected anew. */
export const keyProbe: Migration = {
  name: '031-key-probe',
  statements: [`ALTER TABLE portals ADD COLUMN key_probed_at timestamptz`],
};
