import { sql } from 'kysely';
import { joinWishes } from '../core/feedback/join-wishes.ts';
import { NO_PREFERENCE, type Preference } from '../core/feedback/preference.ts';
import type { ContactId } from '../core/model.ts';
import type { NotedPreference, PreferenceStore } from '../usecases/kudos-port.ts';
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
  save: async (scope, noted, undoableSince) => {
    const history = [...(await historyOf(scope, noted.contactId)), noted];
    const kept = history.findLastIndex(({ notedAt }) => notedAt < undoableSince);
    await write(scope, noted.contactId, history.slice(Math.max(0, kept)));
  },
  undoOf: async (scope, checkInId) => {
    const row = await of(scope)
      .select('contactId')
      .where((by) =>
        by.or([
          by('checkInId', '=', checkInId),
          sql<boolean>`earlier @> jsonb_build_array(jsonb_build_object('checkInId', ${checkInId}::text))`,
        ]),
      )
      .executeTakeFirst();
    if (row === undefined) return null;
    const history = await historyOf(scope, row.contactId);
    const undone = history.find((noted) => noted.checkInId === checkInId) ?? null;
    await write(scope, row.contactId, withoutWishOf(history, checkInId));
    return undone;
  },
};

function of(scope: TenantScope) {
  return txOf(scope).selectFrom('preferences').where('portalId', '=', scope.portalId);
}

/** What the contact wished one after the other, what stands last. */
async function historyOf(scope: TenantScope, contactId: ContactId): Promise<readonly NotedPreference[]> {
  const row = await of(scope)
    .select([...COLUMNS, 'earlier'])
    .where('contactId', '=', contactId)
    .forUpdate()
    .executeTakeFirst();
  if (row === undefined) return [];
  const { earlier, ...standing } = row;
  return [...earlier.map((wish) => ({ ...wish, contactId, notedAt: new Date(wish.notedAt) })), standing];
}

/** A refusal at a try to reach somebody took over the wish before it: it stays, on what is before it now. */
function withoutWishOf(history: readonly NotedPreference[], checkInId: string): readonly NotedPreference[] {
  const left: NotedPreference[] = [];
  for (const noted of history) {
    if (noted.checkInId === checkInId) continue;
    const isRefusal = noted.checkInId === null && noted.doNotCall && left.length < history.indexOf(noted);
    const before: Preference = left.at(-1) ?? NO_PREFERENCE;
    left.push(isRefusal ? { ...noted, ...wishIn(before), doNotCall: true } : noted);
  }
  return left;
}

function wishIn({ talkToContactId, half, weekdays, channel, doNotCall }: Preference): Preference {
  return { talkToContactId, half, weekdays, channel, doNotCall };
}

async function write(
  scope: TenantScope,
  contactId: ContactId,
  history: readonly NotedPreference[],
): Promise<void> {
  const standing = history.at(-1);
  if (standing === undefined) return remove(scope, contactId);
  const earlier = history.slice(0, -1).map(({ contactId: _row, ...wish }) => wish);
  const row = {
    ...standing,
    weekdays: toJson(standing.weekdays),
    earlier: toJson(earlier),
  };
  await txOf(scope)
    .insertInto('preferences')
    .values({ ...row, portalId: scope.portalId })
    .onConflict((conflict) => conflict.columns(['portalId', 'contactId']).doUpdateSet(row))
    .execute();
}

async function remove(scope: TenantScope, contactId: ContactId): Promise<void> {
  const rows = txOf(scope).deleteFrom('preferences').where('portalId', '=', scope.portalId);
  await rows.where('contactId', '=', contactId).execute();
}

/** What a contact wished belongs to `into` from now on, and whoever sends us to them sends us there. Harmless when repeated. */
export async function mergePreferences(scope: TenantScope, from: ContactId, into: ContactId): Promise<void> {
  const gone = await historyOf(scope, from);
  if (gone.length > 0) {
    const theirs = gone.map((noted) => ({ ...noted, contactId: into }));
    await write(scope, into, joinWishes(into, theirs, await historyOf(scope, into)));
    await remove(scope, from);
  }
  await sendTo(scope, from, into);
  await txOf(scope)
    .updateTable('preferences')
    .set({ talkToContactId: null })
    .where('portalId', '=', scope.portalId)
    .where('contactId', '=', into)
    .where('talkToContactId', '=', into)
    .execute();
}

/**
 * What a contact wished goes with them: erased contacts are never read again, so nobody is asked to call them. Nobody is sent to
 * them any more either; what else their colleagues wished stays, a refusal above all.
 */
export async function erasePreferences(scope: TenantScope, contactId: ContactId): Promise<void> {
  await remove(scope, contactId);
  await sendTo(scope, contactId, null);
}

/** Those who would rather have us talk to `from` have us talk to `into`. */
async function sendTo(scope: TenantScope, from: ContactId, into: ContactId | null): Promise<void> {
  const tx = txOf(scope);
  await sql`UPDATE preferences SET talk_to_contact_id = ${into}
    WHERE portal_id = ${scope.portalId}::bigint AND talk_to_contact_id = ${from}`.execute(tx);
  await sql`
    UPDATE preferences SET earlier = (
      SELECT jsonb_agg(
        CASE WHEN wish ->> 'talkToContactId' = ${from}
          THEN wish || jsonb_build_object('talkToContactId', ${into}::text) ELSE wish END
        ORDER BY place)
      FROM jsonb_array_elements(earlier) WITH ORDINALITY AS wishes(wish, place))
    WHERE portal_id = ${scope.portalId}::bigint
      AND earlier @> jsonb_build_array(jsonb_build_object('talkToContactId', ${from}::text))`.execute(tx);
}
