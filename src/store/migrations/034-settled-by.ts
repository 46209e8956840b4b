import type { Migration } from './migration.ts';

/**
 * Who said how a promise ended: they can take it back, nobody else. It is null for promises that stand already and for those that
 * processes of the version before settle: what was said of them stays.
 */
export const settledBy: Migration = {
  name: '034-settled-by',
  statements: [`ALTER TABLE promises ADD COLUMN settled_by bigint`],
};
