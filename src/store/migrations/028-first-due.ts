import type { Migration } from './migration.ts';

/**
 * The day for which a touch was planned first: "on time" is measured by it. The day in due_on moves with each try, with what is
 * overdue and with a person's hand, so that hardly anything would ever be late. Of touches that stand already the day they have now
 * is the best that is known. It may be null: processes of the version before plan without it while they go on beside the new ones.
 * The owner of the tables sees rows only while their security is not forced.
 */
export const firstDue: Migration = {
  name: '028-first-due',
  statements: [
    `ALTER TABLE touches ADD COLUMN first_due_on date`,
    `ALTER TABLE touches NO FORCE ROW LEVEL SECURITY`,
    `UPDATE touches SET first_due_on = due_on`,
    `ALTER TABLE touches FORCE ROW LEVEL SECURITY`,
  ],
};
