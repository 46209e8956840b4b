import { NO_LATER_EVIDENCE, settleFinding } from '../core/comparison/explain.ts';
import type { Finding } from '../core/comparison/finding.ts';
import type { JobDeed } from './audit-jobs.ts';
import type { FindingRow } from './finding-records.ts';
import type { Deps } from './ports.ts';
import type { TenantScope } from './records.ts';

/**
 * Accepts open replies that point to a record where the machine records of the log explain the difference by themselves. Any other
 * record is the manager's to decide, and silence accepts it too. Returns what to audit. To be called once `first` was weighed.
 */
export async function acceptRecords(
  deps: Deps,
  scope: TenantScope,
  { findingId }: Pick<FindingRow, 'findingId'>,
  first: Finding,
): Promise<readonly JobDeed[]> {
  const { findings } = deps.store;
  const replies = await findings.replies(scope, findingId);
  const open = replies.filter(({ kind, state }) => kind === 'EVIDENCE' && state === 'open');
  if (open.length === 0 || !(await areRecordsEnough(deps, scope, findingId, first))) return [];
  const at = deps.clock.now();
  for (const { replyId } of open)
    await findings.decideReply(scope, replyId, { state: 'accepted', by: null, at, reason: '' });
  return open.map(({ replyId }) => ({ action: 'acceptReply', subject: replyId, outcome: 'record' }));
}

async function areRecordsEnough(
  deps: Deps,
  scope: TenantScope,
  findingId: string,
  first: Finding,
): Promise<boolean> {
  const later = await deps.store.findings.later(scope, findingId);
  if (later === null || (later.claims.length === 0 && !later.trace)) return false;
  const { claims, trace } = later;
  return settleFinding(first, { ...NO_LATER_EVIDENCE, claims, trace }).severity === 0;
}
