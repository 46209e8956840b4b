import { sql } from 'kysely';
import type { TenantScope } from '../usecases/records.ts';
import { txOf } from './transact.ts';

/** Any numbers, the same in every version; the portal is the other half of the key. */
const LOCKS = {
  /**
   * Who is erased: whoever stores what names a contact looks first, and what was seen still holds when it is stored.
   *
   * People before rows: shared or taken before any row is locked that an erasure or a merge of contacts writes (contacts, check-ins,
   * findings, drafts, wishes, tries), or the two wait for each other; every write of a person shares it first. And never shared first
   * and then taken: two that do so wait for each other, too.
   */
  people: 7_245_902,
  /** By which key tasks are made: whoever begins to make some does so by the mode that was read. */
  keyMode: 7_245_903,
} as const;
type LockName = keyof typeof LOCKS;

/** To the end of the transaction nobody has this lock of the account alone. */
export async function shareLock(scope: TenantScope, name: LockName): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock_shared(${LOCKS[name]}, hashint8(${scope.portalId}::bigint))`.execute(
    txOf(scope),
  );
}

/** Waits until what those who share the lock have stored can be seen; to the end of the transaction nobody shares it. */
export async function takeLock(scope: TenantScope, name: LockName): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(${LOCKS[name]}, hashint8(${scope.portalId}::bigint))`.execute(
    txOf(scope),
  );
}
