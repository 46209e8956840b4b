import type { Migration } from './migration.ts';

/** Who is erased is looked for among the merges that events told of, by either id: few of all events. */
export const toldMerges: Migration = {
  name: '030-told-merges',
  statements: [
    `CREATE INDEX webhook_inbox_merged ON webhook_inbox (portal_id, object_id) WHERE merged_into IS NOT NULL`,
    `CREATE INDEX webhook_inbox_merged_into ON webhook_inbox (portal_id, merged_into) WHERE merged_into IS NOT NULL`,
  ],
};
