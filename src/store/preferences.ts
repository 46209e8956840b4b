import { sql } from 'kysely';
import type { ContactId } from '../core/model.ts';
import type { PreferenceStore } from '../usecases/kudos-port.ts';
import type { TenantScope } from '../usecases/records.ts';
import { toJson } from './json.ts';
import { txOf } from './transact.ts';

const COLUMNS = [
  'contactId',
  'talkToContactId',
  'half',
  'weekdays',
  'channel',
  'doNotCall',
  'notedBy',
  'notedAt',
  'checkInId',
] as const;

export const preferences: PreferenceStore = {
  find: async (scope, contactId) =>
    (await of(scope).select(COLUMNS).where('contactId', '=', contactId).executeTakeFirst()) ?? null,
  save: async (scope, noted, previous) => {
    const { contactId, ...wish } = {
      ...noted,
      weekdays: toJson(noted.weekdays),
      previous: previous === null ? null : toJson(previous),
    };
    await txOf(scope)
      .insertInto('preferences')
      .values({ ...wish, contactId, portalId: scope.portalId })
      .onConflict((conflict) => conflict.columns(['portalId', 'contactId']).doUpdateSet(wish))
      .execute();
  },
  undoOf: async (scope, checkInId) => {
    const row = await of(scope)
      .select([...COLUMNS, 'previous'])
      .where('checkInId', '=', checkInId)
      .executeTakeFirst();
    if (row === undefined) return null;
    const { previous, ...noted } = row;
    if (previous === null) await remove(scope, noted.contactId);
    else await preferences.save(scope, { ...noted, ...previous, checkInId: null }, null);
    return noted;
  },
};

function of(scope: TenantScope) {
  return txOf(scope).selectFrom('preferences').where('portalId', '=', scope.portalId);
}

async function remove(scope: TenantScope, contactId: ContactId): Promise<void> {
  const rows = txOf(scope).deleteFrom('preferences').where('portalId', '=', scope.portalId);
  await rows.where('contactId', '=', contactId).execute();
}

/** What a contact wished goes with them, and nobody is sent to them any more. */
export async function erasePreferences(scope: TenantScope, contactId: ContactId): Promise<void> {
  await remove(scope, contactId);
  const tx = txOf(scope);
  await sql`UPDATE preferences SET talk_to_contact_id = NULL
    WHERE portal_id = ${scope.portalId}::bigint AND talk_to_contact_id = ${contactId}`.execute(tx);
  await sql`UPDATE preferences SET previous = NULL
    WHERE portal_id = ${scope.portalId}::bigint AND previous ->> 'talkToContactId' = ${contactId}`.execute(
    tx,
  );
}
