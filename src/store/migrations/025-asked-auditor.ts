import type { Migration } from './migration.ts';

/** When the rep asked the auditor about a reply that was not accepted: their question, without a word of it. */
export const askedAuditor: Migration = {
  name: '025-asked-auditor',
  statements: [`ALTER TABLE findings ADD COLUMN asked_auditor_at timestamptz`],
};
