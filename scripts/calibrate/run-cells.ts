/** Simulates the cells with the product's own comparison. All rates are in percent. */
import { compare } from '../../src/core/comparison/compare.ts';
import type { Verdict } from '../../src/core/model.ts';
import { NAMED_SETTINGS } from '../../src/core/comparison/settings.ts';
import type { Settings } from '../../src/core/comparison/settings.ts';
import type { DifferenceRates } from '../../src/core/comparison/simulated-rates.ts';
import { simulatedRates } from '../../src/core/comparison/simulated-rates.ts';
import { REFERENCE_GAP_DAYS, simulateCheckIn } from '../../src/core/comparison/simulator.ts';
import type { Scenario } from '../../src/core/comparison/simulator.ts';
import { createRandom } from '../../src/core/random.ts';
import type { Group, Point, SettingName } from './cells.ts';
import { settingsOf } from './cells.ts';
import type { State } from './states.ts';
import { extrasOf } from './states.ts';

/** One row of the grid: one recall model, one number of touches, one setting. Rates in percent of check-ins. */
export type GridRow = {
  readonly setting: SettingName;
  readonly forget: number;
  readonly colleague: number;
  readonly sigma: number;
  readonly delta: number;
  readonly rho: number;
  readonly touches: number;
  /** Honest logs that get a firm difference. */
  readonly falseFirm: number;
  /** Honest logs that get a soft difference. */
  readonly honestSoft: number;
  /** Accounts nobody served that get a firm difference. */
  readonly hit: number;
};

export type ConfusionRow = {
  readonly state: State['name'];
  readonly meanTouches: number;
  readonly setting: 'C' | 'M';
  readonly percentages: Readonly<Record<Exclude<Verdict, 'EXPLAINED'>, number>>;
};

const VERDICTS = [
  'CORROBORATED',
  'CONSISTENT',
  'UNDER_LOGGED',
  'UNVERIFIED',
  'CUSTOMER_UNSURE',
  'DIFFERENT_CONTACT',
  'STALE_CONTACT',
  'MEMORY_DIFFERS',
  'DIFFERS_SOFT',
  'DIFFERS_FIRM',
] as const;

/** Returns the grid rows of a group; the seed and the cell alone decide them, not the order of the run. */
export function runGroup(group: Group, draws: number, seed: string): GridRow[] {
  const hits = new Map<string, number>();
  return group.points.flatMap((point) => {
    const settings = settingsOf(point);
    const honest = severitiesOf(
      bareScenario(point, 1),
      Object.values(settings),
      draws,
      `${seed}/${nameOf(point)}`,
    );
    return Object.entries(settings).map(([name, setting], index) => {
      const { soft, firm } = honest[index] ?? { soft: 0, firm: 0 };
      const hit = hitOf(point, setting, draws, seed, hits);
      return {
        setting: name as SettingName,
        ...point.recall,
        touches: point.touches,
        falseFirm: firm,
        honestSoft: soft,
        hit,
      };
    });
  });
}

/** Returns the percentages of soft and firm differences of one scenario under several settings. */
export function severitiesOf(
  scenario: Scenario,
  settings: readonly Settings[],
  draws: number,
  seed: string,
): DifferenceRates[] {
  return simulatedRates(scenario, settings, draws, seed).map(({ soft, firm }) => ({
    soft: percentOf(soft * draws, draws),
    firm: percentOf(firm * draws, draws),
  }));
}

/** Returns one row of the confusion matrix. */
export function runConfusion(state: State, setting: 'C' | 'M', draws: number, seed: string): ConfusionRow {
  const random = createRandom(`${seed}/confusion/${state.name}/${state.meanTouches}`);
  const scenario: Scenario = {
    touches: { mean: state.meanTouches },
    tookPlace: state.tookPlace,
    recall: { forget: 0.1, colleague: 0.1, sigma: 0.45, delta: 0.5, rho: 0 },
    extras: extrasOf(state),
    meanGapDays: REFERENCE_GAP_DAYS,
  };
  const counts = new Map<Verdict, number>();
  for (let draw = 0; draw < draws; draw += 1) {
    const { verdict } = compare(simulateCheckIn(scenario, random), NAMED_SETTINGS[setting]);
    counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
  }
  const percentages = Object.fromEntries(
    VERDICTS.map((verdict) => [verdict, percentOf(counts.get(verdict) ?? 0, draws)]),
  ) as ConfusionRow['percentages'];
  return { state: state.name, meanTouches: state.meanTouches, setting, percentages };
}

function bareScenario({ recall, touches }: Point, tookPlace: number): Scenario {
  return { touches: { exactly: touches }, tookPlace, recall, extras: null, meanGapDays: REFERENCE_GAP_DAYS };
}

/** Nothing took place, so forgetting cannot matter: one run serves all points of a group under equal settings. */
function hitOf(
  point: Point,
  setting: Settings,
  draws: number,
  seed: string,
  known: Map<string, number>,
): number {
  const { sigma, delta } = point.recall;
  const name = `${seed}/neglected/${sigma}/${delta}/${point.touches}`;
  const key = `${name}/${setting.q}/${setting.sigma}`;
  const hit = known.get(key) ?? severitiesOf(bareScenario(point, 0), [setting], draws, name)[0]?.firm ?? 0;
  known.set(key, hit);
  return hit;
}

function nameOf({ recall, touches }: Point): string {
  const { forget, colleague, sigma, delta, rho } = recall;
  return [forget, colleague, sigma, delta, rho, touches].join('/');
}

function percentOf(count: number, draws: number): number {
  return Math.round((count / draws) * 1e5) / 1e3;
}
