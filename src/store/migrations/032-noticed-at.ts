import type { Migration } from './migration.ts';

/**
 * The instant at which a rep was told last of a finding. What they replied before, on the same day too, was about something that
 * weighed less. It is null for findings that stand already and for those that processes of the version before still tell of: the
 * start of the day in noticed_on is the best that is known of them.
 */
export const noticedAt: Migration = {
  name: '032-noticed-at',
  statements: [`ALTER TABLE findings ADD COLUMN noticed_at timestamptz`],
};
