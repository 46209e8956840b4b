import type { Migration } from './migration.ts';

/** Each manager's home page asks which replies wait for a decision: few of all replies, and of one account alone. */
export const openReplies: Migration = {
  name: '029-open-replies',
  statements: [`CREATE INDEX replies_open ON replies (portal_id, finding_id) WHERE state = 'open'`],
};
