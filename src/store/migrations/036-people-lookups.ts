import type { Migration } from './migration.ts';

/**
 * For each contact that is merged or erased, everything that names them is looked for: of 100,000 rows that took 10 ms a table while
 * findings were locked, and accounts merge thousands at once. What we wrote about an answer is looked for when its note is written again.
 */
export const peopleLookups: Migration = {
  name: '036-people-lookups',
  statements: [
    `CREATE INDEX attempts_contact ON attempts (portal_id, contact_id) WHERE contact_id IS NOT NULL`,
    `CREATE INDEX touches_contact ON touches (portal_id, contact_id) WHERE contact_id IS NOT NULL`,
    `CREATE INDEX findings_second_contact ON findings (portal_id, second_contact_id)
      WHERE second_contact_id IS NOT NULL`,
    `CREATE INDEX outbox_notes ON outbox (portal_id, subject, seq) WHERE kind = 'note'`,
  ],
};
