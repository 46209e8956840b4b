import type { Migration } from './migration.ts';

/** Where an answer was given, kept when its company is merged into another: two companies' memories are not two of one. */
export const heardAt: Migration = {
  name: '015-heard-at',
  statements: [`ALTER TABLE check_ins ADD COLUMN heard_at_company_id text`],
};
