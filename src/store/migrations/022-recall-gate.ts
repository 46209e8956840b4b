import type { Migration } from './migration.ts';

/**
 * The announcement gate holds for the answers too: what a customer recalls cannot be stored about a rep who was not told, nor
 * can a correction of answers that were never given. The rule is a lower bound of the code's, which alone knows holidays and
 * zones: five weekdays between the two local days in whichever zone says so first, so an open gate always passes. An instant
 * that a row claims counts only as far as the database's own clock has come (clocks of processes may differ by minutes).
 */
export const recallGate: Migration = {
  name: '022-recall-gate',
  statements: [
    // Any seven days have five weekdays: told from Monday to Friday, the fifth full one ends before the eighth day.
    `CREATE FUNCTION is_gate_open(portal bigint, owner text, claimed_at timestamptz) RETURNS boolean LANGUAGE plpgsql AS $$
    DECLARE
      happened_at timestamptz := least(claimed_at, app_now() + interval '5 minutes');
      told record;
      told_on date;
      notice_days integer;
    BEGIN
      SELECT announced_at, starts_on INTO told FROM announcements WHERE portal_id = portal ORDER BY seq LIMIT 1;
      IF NOT FOUND THEN RETURN false; END IF;
      told_on := (told.announced_at AT TIME ZONE 'UTC' - interval '12 hours')::date;
      notice_days := CASE extract(isodow FROM told_on) WHEN 6 THEN 7 WHEN 7 THEN 6 ELSE 8 END;
      RETURN greatest(told_on + notice_days, told.starts_on) <= (happened_at AT TIME ZONE 'UTC' + interval '14 hours')::date
        AND EXISTS (
          SELECT FROM acknowledgements
          WHERE portal_id = portal AND owner_id = owner AND acknowledged_at <= happened_at);
    END $$`,
    `CREATE OR REPLACE FUNCTION require_open_gate() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE facts_saved_at timestamptz;
    BEGIN
      SELECT saved_at INTO facts_saved_at FROM check_ins
      WHERE portal_id = NEW.portal_id AND check_in_id = NEW.check_in_id;
      IF NOT FOUND OR NOT is_gate_open(NEW.portal_id, NEW.rep_owner_id, facts_saved_at) THEN
        RAISE EXCEPTION 'the gate of this rep is closed' USING ERRCODE = 'check_violation';
      END IF;
      RETURN NEW;
    END $$`,
    `CREATE FUNCTION require_open_gate_for_recall() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF NOT is_gate_open(NEW.portal_id, NEW.rep_owner_id, NEW.saved_at) THEN
        RAISE EXCEPTION 'the gate of this rep is closed' USING ERRCODE = 'check_violation';
      END IF;
      RETURN NEW;
    END $$`,
    `CREATE TRIGGER open_gate BEFORE INSERT OR UPDATE OF portal_id, rep_owner_id, recall, saved_at ON check_ins
      FOR EACH ROW WHEN (NEW.recall IS NOT NULL) EXECUTE FUNCTION require_open_gate_for_recall()`,
    `CREATE FUNCTION require_answers() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF NOT EXISTS (
        SELECT FROM check_ins
        WHERE portal_id = NEW.portal_id AND check_in_id = NEW.check_in_id AND recall IS NOT NULL
      ) THEN
        RAISE EXCEPTION 'there are no answers to correct' USING ERRCODE = 'check_violation';
      END IF;
      RETURN NEW;
    END $$`,
    `CREATE TRIGGER answers_given BEFORE INSERT OR UPDATE ON corrections
      FOR EACH ROW EXECUTE FUNCTION require_answers()`,
  ],
};
