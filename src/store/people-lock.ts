import { sql } from 'kysely';
import type { TenantScope } from '../usecases/records.ts';
import { txOf } from './transact.ts';

/** Any number, the same in every version; the portal is the other half of the key. */
const PEOPLE_LOCK = 7_245_902;

/**
 * To the end of the transaction nobody is erased: whoever stores what names a contact looks first, and what was seen still holds when
 * it is stored. Taken before the rows of contacts, drafts and findings are locked.
 */
export async function lockPeople(scope: TenantScope): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock_shared(${PEOPLE_LOCK}, hashint8(${scope.portalId}::bigint))`.execute(
    txOf(scope),
  );
}

/** For who erases somebody: waits until what others are storing about people can be seen, and nothing more is stored until the end. */
export async function lockPeopleAlone(scope: TenantScope): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(${PEOPLE_LOCK}, hashint8(${scope.portalId}::bigint))`.execute(
    txOf(scope),
  );
}
