import { createHash } from 'node:crypto';
import type { AuditEntry, TenantScope } from '../usecases/records.ts';
import type { AuditStore } from '../usecases/store-port.ts';
import { ROWS_A_STATEMENT } from './json.ts';
import { txOf } from './transact.ts';

const GENESIS = '0'.repeat(64);

/**
 * A hash chain a portal. The head row orders the writers and holds the last hash, so that a cut-off tail shows too. It stays
 * locked to the end of the transaction: append last.
 */
export const audit: AuditStore = {
  append,
  appendOnce: async (scope, entry) => {
    if (await isWritten(scope, entry)) return;
    await lockedHead(scope);
    // Somebody may have written it while this one waited for the head.
    if (!(await isWritten(scope, entry))) await append(scope, entry);
  },
  isAnyWithin: async (scope, { actor, action, subjects }, { from, to }) => {
    if (subjects.length === 0) return false;
    const row = await txOf(scope)
      .selectFrom('auditLog')
      .select('seq')
      .where('portalId', '=', scope.portalId)
      .where('action', '=', action)
      .where('subject', 'in', subjects)
      .where('actor', '=', actor)
      .where('outcome', '>=', from)
      .where('outcome', '<=', to)
      .limit(1)
      .executeTakeFirst();
    return row !== undefined;
  },
  verify: async (scope) => {
    let last = { seq: 0, hash: GENESIS };
    for (;;) {
      const rows = await page(scope, last.seq);
      for (const row of rows) {
        const expected = entryHash(last.hash, scope.portalId, last.seq + 1, row);
        if (row.seq !== last.seq + 1 || row.hash !== expected) return false;
        last = { seq: row.seq, hash: row.hash };
      }
      if (rows.length < ROWS_A_STATEMENT) return matchesHead(scope, last);
    }
  },
};

async function append(scope: TenantScope, entry: AuditEntry): Promise<void> {
  const { portalId } = scope;
  const head = await lockedHead(scope);
  const seq = head.seq + 1;
  const hash = entryHash(head.hash, portalId, seq, entry);
  const { at, actor, action, subject, outcome, requestId } = entry;
  const row = { portalId, seq, at, actor, action, subject, outcome, requestId, hash };
  await txOf(scope)
    .with('appended', (by) => by.insertInto('auditLog').values(row))
    .updateTable('auditHeads')
    .set({ seq, hash })
    .where('portalId', '=', portalId)
    .execute();
}

function lockedHead(scope: TenantScope): Promise<{ readonly seq: number; readonly hash: string }> {
  return txOf(scope)
    .insertInto('auditHeads')
    .values({ portalId: scope.portalId, seq: 0, hash: GENESIS })
    .onConflict((conflict) =>
      conflict.column('portalId').doUpdateSet((by) => ({ seq: by.ref('auditHeads.seq') })),
    )
    .returning(['seq', 'hash'])
    .executeTakeFirstOrThrow();
}

async function isWritten(
  scope: TenantScope,
  { actor, action, subject, outcome }: AuditEntry,
): Promise<boolean> {
  const row = await txOf(scope)
    .selectFrom('auditLog')
    .select('seq')
    .where('portalId', '=', scope.portalId)
    .where('action', '=', action)
    .where('subject', '=', subject)
    .where('actor', '=', actor)
    .where('outcome', '=', outcome)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

function page(scope: TenantScope, afterSeq: number) {
  return txOf(scope)
    .selectFrom('auditLog')
    .select(['seq', 'at', 'actor', 'action', 'subject', 'outcome', 'requestId', 'hash'])
    .where('portalId', '=', scope.portalId)
    .where('seq', '>', afterSeq)
    .orderBy('seq')
    .limit(ROWS_A_STATEMENT)
    .execute();
}

async function matchesHead(scope: TenantScope, last: { seq: number; hash: string }): Promise<boolean> {
  const head = await txOf(scope)
    .selectFrom('auditHeads')
    .select(['seq', 'hash'])
    .where('portalId', '=', scope.portalId)
    .executeTakeFirst();
  return (head?.seq ?? 0) === last.seq && (head?.hash ?? GENESIS) === last.hash;
}

function entryHash(previous: string, portalId: number, seq: number, entry: AuditEntry): string {
  const { at, actor, action, subject, outcome, requestId } = entry;
  const text = JSON.stringify([
    previous,
    portalId,
    seq,
    at.toISOString(),
    actor,
    action,
    subject,
    outcome,
    requestId,
  ]);
  return createHash('sha256').update(text).digest('hex');
}
