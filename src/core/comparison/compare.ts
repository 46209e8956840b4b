/** The comparison of one statement with the log: a pure function of its inputs and settings. */
import { byCodeUnits } from './canonical.ts';
import { onlyClaim, sortedClaims } from './claim.ts';
import { decide } from './decision-table.ts';
import { readFacts } from './facts.ts';
import type { Facts } from './facts.ts';
import type { ComparisonInputs, Finding, RuleId } from './finding.ts';
import { oneInHowMany } from './recall-chance.ts';
import { METHOD_VERSION } from './settings.ts';
import type { Settings } from './settings.ts';

/** Rules that weighed the recall chance, so that it stands beside their finding. */
const RULES_WITH_CHANCE: readonly RuleId[] = ['R12', 'R13', 'R14'];

/** Returns the finding of one statement against the claims; compares contact, never people. */
export function compare(inputs: ComparisonInputs, settings: Settings): Finding {
  const facts = readFacts(inputs, settings);
  const { rule, verdict, severity } = decide(facts);
  const mu = RULES_WITH_CHANCE.includes(rule) ? facts.mu : null;
  return {
    methodVersion: METHOD_VERSION,
    verdict,
    severity,
    rule,
    reason: rule,
    mu,
    oneIn: mu === null ? null : oneInHowMany(mu),
    kMin: facts.kMin,
    serviceGap: rule === 'R08' && facts.recentTouchDays === 0,
    measures: measuresOf(facts),
    inputs: canonicalInputs(inputs),
    thresholds: thresholdsOf(settings),
  };
}

function measuresOf({ touchDays, liveDays, respondentDays }: Facts): Finding['measures'] {
  return { touchDays, liveDays, respondentDays };
}

/** Only what was compared is stored, in one order: no names, no ids of activities. */
function canonicalInputs({ claims, recency, count, flags }: ComparisonInputs): ComparisonInputs {
  const uniqueFlags = [...new Set(flags)].sort(byCodeUnits);
  return { claims: sortedClaims(claims).map(onlyClaim), recency, count, flags: uniqueFlags };
}

function thresholdsOf({ q, rho, sigma, alpha, floor }: Settings): Settings {
  return { q, rho, sigma, alpha, floor };
}
