import type { Migration } from './migration.ts';

/**
 * The announcement gate, in the database too: whatever the code above does, no comparison can be opened about a rep who was not
 * told. Five full business days are never less than five days, so an open gate always passes; holidays and zones stay in the code.
 */
export const gate: Migration = {
  name: '006-gate',
  statements: [
    `CREATE FUNCTION require_open_gate() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE facts_saved_at timestamptz;
    BEGIN
      SELECT saved_at INTO facts_saved_at FROM check_ins
      WHERE portal_id = NEW.portal_id AND check_in_id = NEW.check_in_id;
      IF NOT EXISTS (
        SELECT FROM announcements
        WHERE portal_id = NEW.portal_id AND announced_at <= facts_saved_at - interval '5 days'
      ) OR NOT EXISTS (
        SELECT FROM acknowledgements
        WHERE portal_id = NEW.portal_id AND owner_id = NEW.rep_owner_id AND acknowledged_at <= facts_saved_at
      ) THEN
        RAISE EXCEPTION 'the gate of this rep is closed' USING ERRCODE = 'check_violation';
      END IF;
      RETURN NEW;
    END $$`,
    `CREATE TRIGGER open_gate BEFORE INSERT OR UPDATE OF portal_id, check_in_id, rep_owner_id ON findings
      FOR EACH ROW EXECUTE FUNCTION require_open_gate()`,
  ],
};
