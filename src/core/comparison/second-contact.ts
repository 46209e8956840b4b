/** Whom to ask next: a second memory is the only cure for one person's forgetting. */
import { byCodeUnits } from './canonical.ts';
import type { EvidenceClaim } from './evidence.ts';
import type { RuleId } from './finding.ts';

const RULES_THAT_PROPOSE: readonly RuleId[] = ['R10', 'R13', 'R14'];

/**
 * Returns the contact on the newest live claim who is not the respondent. Where every claim names the respondent alone, it is
 * another contact of the company, the first by id. Null when nobody is to be asked.
 */
export function proposeSecondContact(
  rule: RuleId,
  claims: readonly EvidenceClaim[],
  respondentContactId: string | null,
  companyContactIds: readonly string[],
): string | null {
  if (!RULES_THAT_PROPOSE.includes(rule)) return null;
  const candidates = claims
    .filter((claim) => claim.outcome === 'live')
    .flatMap((claim) => claim.contactIds.map((contactId) => ({ contactId, ageDays: claim.ageDays })))
    .filter(({ contactId }) => contactId !== respondentContactId)
    .sort((left, right) => left.ageDays - right.ageDays || byCodeUnits(left.contactId, right.contactId));
  const others = companyContactIds.filter((contactId) => contactId !== respondentContactId).sort(byCodeUnits);
  return candidates[0]?.contactId ?? others[0] ?? null;
}
