import type { Migration } from './migration.ts';

/**
 * The day for which a touch was planned first: "on time" is measured by it. The day in due_on moves with each try, with what is
 * overdue and with a person's hand, so that hardly anything would ever be late. It is null for touches that stand already, and for those
 * that processes of the version before still plan: the day they have now is the best that is known of them. Rows are left alone, since
 * rewriting all of them would hold every account still.
 */
export const firstDue: Migration = {
  name: '028-first-due',
  statements: [`ALTER TABLE touches ADD COLUMN first_due_on date`],
};
