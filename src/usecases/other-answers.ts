import { addBusinessDays } from '../core/cadence/business-days.ts';
import { canonicalJson } from '../core/comparison/canonical.ts';
import { compare } from '../core/comparison/compare.ts';
import type { Finding } from '../core/comparison/finding.ts';
import { isErased, mayBeSamePerson } from '../core/comparison/second-contact.ts';
import { SECOND_CONTACT_BUSINESS_DAYS } from '../core/feedback/windows.ts';
import { statementOf } from './comparison-context.ts';
import type { FindingLater, OtherAnswer } from './finding-records.ts';
import { heardAt, OTHERS_LOOKED_AT } from './other-memories.ts';
import type { PortalContext } from './person.ts';
import type { Deps } from './ports.ts';
import type { CheckIn, TenantScope } from './records.ts';

/** A finding as it stands beside the same person's other answers, and those that were looked at for it. */
export type HeardTwice = { readonly finding: Finding; readonly otherAnswers: readonly OtherAnswer[] };

/**
 * A difference as it is left by what may be the same person's answers in other conversations of that time, before or after, to
 * whoever asked: of two answers of one memory the milder one counts. Nothing becomes worse by it, and a finding without a difference
 * stays as it is.
 */
export async function heardTwice(
  deps: Deps,
  scope: TenantScope,
  context: PortalContext,
  checkIn: CheckIn,
  made: Finding,
  kept: FindingLater | null,
): Promise<HeardTwice> {
  const before = kept?.otherAnswers ?? [];
  if (made.severity === 0) return { finding: made, otherAnswers: before };
  const otherAnswers = distinct([
    ...(await stillStanding(deps, scope, before)),
    ...(await answersElsewhere(deps, scope, context, checkIn)),
  ]);
  return { finding: otherAnswers.reduce(milderOf(made), made), otherAnswers };
}

/** What was not asked then stays as it was answered here: a blank is no answer. */
function milderOf(made: Finding) {
  return (finding: Finding, { recall }: OtherAnswer): Finding => {
    const { recency, count, flags } = statementOf(recall, false);
    const { inputs, thresholds } = made;
    const again = compare(
      {
        ...inputs,
        recency: recency ?? inputs.recency,
        count: count ?? inputs.count,
        flags: [...new Set([...inputs.flags, ...flags])],
      },
      thresholds,
    );
    return again.severity < finding.severity ? again : finding;
  };
}

/**
 * As they were given or as they were corrected, also where they do not count themselves; those of the quarter, and ten business days
 * around it where it has just turned.
 */
async function answersElsewhere(
  deps: Deps,
  scope: TenantScope,
  { cal }: PortalContext,
  checkIn: CheckIn,
): Promise<readonly OtherAnswer[]> {
  const isSoonAfter = (one: CheckIn, other: CheckIn) =>
    one.happenedOn <= other.happenedOn &&
    other.happenedOn <= addBusinessDays(one.happenedOn, SECOND_CONTACT_BUSINESS_DAYS, cal);
  const isOfThatTime = (other: CheckIn) =>
    other.cycle === checkIn.cycle || isSoonAfter(checkIn, other) || isSoonAfter(other, checkIn);
  const all = await deps.store.checkIns.ofCompany(scope, checkIn.companyId, OTHERS_LOOKED_AT);
  const others = all
    .filter(({ checkInId }) => checkInId !== checkIn.checkInId)
    .filter((other) => heardAt(other) === heardAt(checkIn) && isOfThatTime(other))
    .filter((other) => mayBeSamePerson(other, checkIn) || isErased(other) || isErased(checkIn));
  const answers: OtherAnswer[] = [];
  for (const { checkInId, recall } of others) {
    const corrections = await deps.store.checkIns.corrections(scope, checkInId);
    const given = recall === null ? corrections : [{ recall }, ...corrections];
    answers.push(...given.map((one) => ({ checkInId, recall: one.recall })));
  }
  return answers;
}

/** Whoever answered may have been erased since, or turned out to be two people: what they said counts until it is taken back. */
async function stillStanding(
  deps: Deps,
  scope: TenantScope,
  answers: readonly OtherAnswer[],
): Promise<readonly OtherAnswer[]> {
  const standing: OtherAnswer[] = [];
  for (const answer of answers) {
    const checkIn = await deps.store.checkIns.find(scope, answer.checkInId);
    if (checkIn?.undoneAt === null) standing.push(answer);
  }
  return standing;
}

function distinct(answers: readonly OtherAnswer[]): readonly OtherAnswer[] {
  return [...new Map(answers.map((answer) => [canonicalJson(answer), answer])).values()];
}
