import type { CompanyId, LocalDay } from '../core/model.ts';
import type { FindingRow } from './finding-records.ts';
import type { Person } from './person.ts';
import type { Deps } from './ports.ts';
import type { TenantScope } from './records.ts';

/** How many of a company's newest findings are looked through for one that somebody read. */
const FINDINGS_LOOKED_AT = 50;
const ACTION = 'readFinding';

/** A finding as it was shown: what it says, and whether its log was held back. */
type Shown = Pick<FindingRow, 'findingId'> & {
  readonly state: 'incomplete' | 'pending' | 'ready';
  readonly logHeldBack: string | null;
};

/**
 * Writes down who read whose finding on which day, and whether with its log: one entry a person, finding and day, however often a
 * page is opened. A finding that says nothing yet is no reading. Whoever shows a finding calls this, since a customer's answers do
 * not count where their caller had read the log.
 */
export async function auditReads(
  deps: Deps,
  scope: TenantScope,
  { userId, now, today }: Person,
  shown: readonly Shown[],
  requestId: string | null,
): Promise<void> {
  for (const { findingId, state, logHeldBack } of shown) {
    if (state !== 'ready') continue;
    await deps.store.audit.appendOnce(scope, {
      at: now,
      actor: `user:${userId}`,
      action: ACTION,
      subject: findingId,
      outcome: logHeldBack === null ? today : `withoutLog ${today}`,
      requestId,
    });
  }
}

/** True where a person read a finding of this company with its log on `since` or later, in whatever role. */
export async function hasReadLogSince(
  deps: Deps,
  scope: TenantScope,
  { userId, today }: Person,
  companyId: CompanyId,
  since: LocalDay,
): Promise<boolean> {
  const findings = await deps.store.findings.ofCompany(scope, companyId, FINDINGS_LOOKED_AT);
  const subjects = findings.map(({ findingId }) => findingId);
  const read = { actor: `user:${userId}`, action: ACTION, subjects };
  return deps.store.audit.isAnyWithin(scope, read, { from: since, to: today });
}
