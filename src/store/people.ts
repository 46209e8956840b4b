import type { OwnerRecord } from '../usecases/hubspot-port.ts';
import type { TenantScope } from '../usecases/records.ts';
import type { PeopleStore } from '../usecases/store-port.ts';
import { slices } from './json.ts';
import { txOf } from './transact.ts';

const COLUMNS = ['ownerId', 'userId', 'name', 'email', 'primaryTeamId', 'active'] as const;

export const people: PeopleStore = {
  replaceOwners: async (scope, owners) => {
    const tx = txOf(scope);
    await tx.deleteFrom('people').where('portalId', '=', scope.portalId).execute();
    const unique = [...new Map(owners.map((owner) => [owner.ownerId, owner])).values()];
    for (const slice of slices(unique)) {
      const rows = slice.map((owner) => ({ ...pick(owner), portalId: scope.portalId }));
      await tx.insertInto('people').values(rows).execute();
    }
  },
  owners: (scope) => ownersOf(scope).execute(),
  ownerByUser: async (scope, userId) => {
    const owner = await txOf(scope)
      .selectFrom('people')
      .select(COLUMNS)
      .where('portalId', '=', scope.portalId)
      .where('userId', '=', userId)
      .orderBy('active', 'desc')
      .orderBy('ownerId')
      .executeTakeFirst();
    return owner ?? null;
  },
};

export function ownersOf(scope: TenantScope) {
  return txOf(scope)
    .selectFrom('people')
    .select(COLUMNS)
    .where('portalId', '=', scope.portalId)
    .orderBy('name')
    .orderBy('ownerId');
}

function pick({ ownerId, userId, name, email, primaryTeamId, active }: OwnerRecord): OwnerRecord {
  return { ownerId, userId, name, email, primaryTeamId, active };
}
