import type { Migration } from './migration.ts';

/** When touches were sent last: the clock's role tells operators how fast the tasks of all accounts are being made. */
export const runPace: Migration = {
  name: '026-run-pace',
  statements: [`GRANT SELECT (sent_at) ON touches TO sci_system`],
};
