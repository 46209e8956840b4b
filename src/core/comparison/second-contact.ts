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

/** Who answered: the contact in HubSpot, null for a typed name, and the name as it was then. */
export type Respondent = {
  readonly respondentContactId: string | null;
  readonly respondentName: string;
};

/**
 * True where two answers may be one person's: the same contact, or the same name. HubSpot merges two contacts into one and goes
 * on with one id; answers of before keep the other, so that ids alone would make two people of one.
 */
export function mayBeSamePerson(one: Respondent, other: Respondent): boolean {
  const { respondentContactId: id } = one;
  const isSameContact = id !== null && id === other.respondentContactId;
  return isSameContact || (nameOf(one) !== '' && nameOf(one) === nameOf(other));
}

/** True where nobody knows any more who answered: their id and their name are gone, as no answer begins. */
export function isErased(one: Respondent): boolean {
  return one.respondentContactId === null && nameOf(one) === '';
}

/** True only for two contacts of HubSpot with two names: a second memory that may bear a difference out. */
export function areSurelyTwoPeople(one: Respondent, other: Respondent): boolean {
  const areNamed = [one, other].every((who) => who.respondentContactId !== null && nameOf(who) !== '');
  return areNamed && !mayBeSamePerson(one, other);
}

const nameOf = ({ respondentName }: Respondent): string =>
  respondentName.trim().replaceAll(/\s+/g, ' ').toLowerCase();
