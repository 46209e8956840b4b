import type { Migration } from './migration.ts';

/**
 * Answers that were given after the log was shown are kept as a correction of a conversation without any of its own: they can make what
 * the same person said to others milder, and are compared with nothing. The gate holds for them as for answers.
 */
export const answersAfterTheLog: Migration = {
  name: '039-answers-after-the-log',
  statements: [
    `CREATE OR REPLACE FUNCTION require_answers() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF NOT EXISTS (
        SELECT FROM check_ins
        WHERE portal_id = NEW.portal_id AND check_in_id = NEW.check_in_id
          AND (recall IS NOT NULL OR (listening IS NULL AND is_gate_open(portal_id, rep_owner_id, saved_at)))
      ) THEN
        RAISE EXCEPTION 'there are no answers to correct' USING ERRCODE = 'check_violation';
      END IF;
      RETURN NEW;
    END $$`,
  ],
};
