import type { Migration } from './migration.ts';

/** Who read whose finding on which day is written once: this finds what is written already. */
export const findingReads: Migration = {
  name: '020-finding-reads',
  statements: [
    `CREATE INDEX audit_log_finding_reads ON audit_log (portal_id, subject, actor, outcome) WHERE action = 'readFinding'`,
  ],
};
