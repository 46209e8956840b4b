import type { Deps } from './ports.ts';
import type { AuditEntry, TenantScope } from './records.ts';

/** What a job did: ids and fixed words only, never a name, a text, a figure or a verdict. */
export type JobDeed = Pick<AuditEntry, 'action' | 'subject' | 'outcome'>;

/**
 * Writes down what a job did, one entry a deed. Called after everything else of its transaction: from here on others who write
 * to the same chain wait for its end.
 */
export async function auditJob(
  deps: Deps,
  scope: TenantScope,
  job: string,
  deeds: readonly JobDeed[],
): Promise<void> {
  const at = deps.clock.now();
  for (const deed of deeds) {
    await deps.store.audit.append(scope, { ...deed, at, actor: `system:${job}`, requestId: null });
  }
}
