import type { Migration } from './migration.ts';

/**
 * Calls that a person had given to somebody before 010 are marked as such, from the audit log. One of an entry that names the mark
 * has it already, or lost it since; one whose task the settings moved afterwards is not the person's choice any more. The owner of
 * the tables sees rows only while their security is not forced.
 */
export const givenByPerson: Migration = {
  name: '017-given-by-person',
  statements: [
    `ALTER TABLE touches NO FORCE ROW LEVEL SECURITY`,
    `ALTER TABLE audit_log NO FORCE ROW LEVEL SECURITY`,
    `ALTER TABLE outbox NO FORCE ROW LEVEL SECURITY`,
    `UPDATE touches t SET assigned_by_person = true
     FROM (
       SELECT portal_id, subject, max(at) AS given_at,
         bool_or('assignedByPerson' = ANY(string_to_array(outcome, ' '))) AS is_marked
       FROM audit_log
       WHERE action = 'touchFollowsTask' AND 'callerUserId' = ANY(string_to_array(outcome, ' '))
       GROUP BY portal_id, subject
     ) given
     WHERE given.portal_id = t.portal_id AND given.subject = t.touch_id AND NOT given.is_marked
       AND NOT EXISTS (
         SELECT FROM outbox o
         WHERE o.portal_id = t.portal_id AND o.kind = 'moveTask' AND o.subject = t.touch_id
           AND o.payload ? 'ownerId' AND o.not_before >= given.given_at
       )`,
    `ALTER TABLE outbox FORCE ROW LEVEL SECURITY`,
    `ALTER TABLE audit_log FORCE ROW LEVEL SECURITY`,
    `ALTER TABLE touches FORCE ROW LEVEL SECURITY`,
  ],
};
