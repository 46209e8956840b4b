import type { Migration } from './migration.ts';

/**
 * Whose the task is in HubSpot as far as we know: the owner we wrote last, or took over from there. Another one there is a
 * person's doing; this one, while the call has moved on, is only what our next write has not reached.
 */
export const taskOwner: Migration = {
  name: '018-task-owner',
  statements: [`ALTER TABLE touches ADD COLUMN task_owner_id text`],
};
