import type { CompanyId, UserId } from '../core/model.ts';
import type { TenantScope } from '../usecases/records.ts';
import type { DraftStore } from '../usecases/store-port.ts';
import { toJson } from './json.ts';
import { txOf } from './transact.ts';

export const drafts: DraftStore = {
  find: async (scope, author, companyId) => {
    const row = await draftOf(scope, author, companyId).executeTakeFirst();
    return row?.draft ?? null;
  },
  save: async (scope, author, companyId, draft, at) => {
    const text = toJson(draft);
    await txOf(scope)
      .insertInto('drafts')
      .values({ portalId: scope.portalId, authorUserId: author, companyId, draft: text, savedAt: at })
      .onConflict((conflict) =>
        conflict.columns(['portalId', 'authorUserId', 'companyId']).doUpdateSet({ draft: text, savedAt: at }),
      )
      .execute();
  },
  remove: async (scope: TenantScope, author: UserId, companyId: CompanyId) => {
    const rows = txOf(scope).deleteFrom('drafts').where('portalId', '=', scope.portalId);
    await rows.where('authorUserId', '=', author).where('companyId', '=', companyId).execute();
  },
  removeOlderThan: async (scope, before) => {
    const removed = await txOf(scope)
      .deleteFrom('drafts')
      .where('portalId', '=', scope.portalId)
      .where('savedAt', '<', before)
      .executeTakeFirst();
    return Number(removed.numDeletedRows);
  },
};

export function draftOf(scope: TenantScope, author: UserId, companyId: CompanyId) {
  return txOf(scope)
    .selectFrom('drafts')
    .select('draft')
    .where('portalId', '=', scope.portalId)
    .where('authorUserId', '=', author)
    .where('companyId', '=', companyId);
}
