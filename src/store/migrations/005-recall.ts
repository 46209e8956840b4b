import type { Migration } from './migration.ts';

/** What each portal measured of its customers' recall: one row a day at most, never changed, so that every setting keeps its day. */
export const recall: Migration = {
  name: '005-recall',
  statements: [
    `CREATE TABLE measured_recall (
      portal_id bigint NOT NULL,
      measured_on date NOT NULL,
      measurement jsonb NOT NULL,
      PRIMARY KEY (portal_id, measured_on)
    )`,
    `ALTER TABLE measured_recall ENABLE ROW LEVEL SECURITY`,
    `ALTER TABLE measured_recall FORCE ROW LEVEL SECURITY`,
    `CREATE POLICY tenant ON measured_recall TO sci_app
      USING (portal_id = NULLIF(current_setting('sci.portal_id', true), '')::bigint)
      WITH CHECK (portal_id = NULLIF(current_setting('sci.portal_id', true), '')::bigint)`,
    `GRANT SELECT, INSERT, DELETE ON measured_recall TO sci_app`,
  ],
};
