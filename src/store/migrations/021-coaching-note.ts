import type { Migration } from './migration.ts';

/** Advice that the manager left for the rep with a check-in; its row has the rep, and when they may read it. */
export const coachingNote: Migration = {
  name: '021-coaching-note',
  statements: [`ALTER TABLE check_ins ADD COLUMN coaching_note text`],
};
