import type { FindingRow } from './finding-records.ts';
import type { Person } from './person.ts';
import type { Deps } from './ports.ts';
import type { TenantScope } from './records.ts';

/**
 * Writes down who read whose finding on which day: one entry a person, finding and day, however often a page is opened. A finding
 * that says nothing yet is no reading.
 */
export async function auditReads(
  deps: Deps,
  scope: TenantScope,
  { userId, now, today }: Person,
  findings: readonly FindingRow[],
  requestId: string | null,
): Promise<void> {
  for (const { findingId, result } of findings) {
    if (result === null) continue;
    await deps.store.audit.appendOnce(scope, {
      at: now,
      actor: `user:${userId}`,
      action: 'readFinding',
      subject: findingId,
      outcome: today,
      requestId,
    });
  }
}
