/** How often a correct log gets a difference: simulated, since nobody can look it up. */
import { createRandom } from '../random.ts';
import { compare } from './compare.ts';
import type { Settings } from './settings.ts';
import type { RecallModel, Scenario } from './simulator.ts';
import { REFERENCE_EXTRAS, REFERENCE_GAP_DAYS, simulateCheckIn } from './simulator.ts';

/** Shares (of 1) of check-ins with a soft and with a firm difference. */
export type DifferenceRates = { readonly soft: number; readonly firm: number };

/** Returns the rates of one scenario under each of the settings, all judged on the same seeded draws. */
export function simulatedRates(
  scenario: Scenario,
  settings: readonly Settings[],
  draws: number,
  seed: string,
): DifferenceRates[] {
  const random = createRandom(seed);
  const counts = settings.map((setting) => ({ setting, soft: 0, firm: 0 }));
  for (let draw = 0; draw < draws; draw += 1) {
    const inputs = simulateCheckIn(scenario, random);
    for (const count of counts) {
      const { severity } = compare(inputs, count.setting);
      if (severity === 1) count.soft += 1;
      if (severity === 2) count.firm += 1;
    }
  }
  return counts.map(({ soft, firm }) => ({ soft: soft / draws, firm: firm / draws }));
}

/**
 * Returns the rates for honest logs of one portal: its own mean number of touches in 90 days, and the recall error
 * that its settings stand for. The firm share is what the team's test takes as its base rate.
 */
export function honestRates(
  settings: Settings,
  meanTouches: number,
  draws: number,
  seed: string,
): DifferenceRates {
  const recall: RecallModel = {
    forget: settings.q,
    colleague: 0,
    sigma: settings.sigma,
    delta: 0.5,
    rho: settings.rho,
  };
  const scenario: Scenario = {
    touches: { mean: meanTouches },
    tookPlace: 1,
    recall,
    extras: REFERENCE_EXTRAS,
    meanGapDays: REFERENCE_GAP_DAYS,
  };
  return simulatedRates(scenario, [settings], draws, seed)[0] ?? { soft: 0, firm: 0 };
}
