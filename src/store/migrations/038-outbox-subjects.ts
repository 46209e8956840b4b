import type { Migration } from './migration.ts';

/**
 * Whether a later write about the same thing follows a refused one is asked each night of every refused one, over rows of all states: of
 * 200,000 that were done, 500 took 20 s. It serves notes too, which are looked for when they are written again.
 */
export const outboxSubjects: Migration = {
  name: '038-outbox-subjects',
  statements: [
    `CREATE INDEX outbox_subject ON outbox (portal_id, subject, kind, seq)`,
    `DROP INDEX outbox_notes`,
  ],
};
