/** The cells of the calibration: which check-ins are simulated, and under which settings each is judged. */
import { missChance } from '../../src/core/comparison/simulator.ts';
import type { RecallModel } from '../../src/core/comparison/simulator.ts';
import type { Settings } from '../../src/core/comparison/settings.ts';
import { CAUTIOUS_SETTINGS, MEASURED_SETTINGS } from '../../src/core/comparison/settings.ts';

/** C cautious, M reference measured portal, measured: q and sigma known exactly. */
export type SettingName = 'C' | 'M' | 'measured';

/** Honest customers of one recall model, at one number of touches. */
export type Point = { readonly recall: RecallModel; readonly touches: number };

/** All points that share sigma, delta and touches: a neglected account's answers depend on nothing else. */
export type Group = Pick<RecallModel, 'sigma' | 'delta'> & {
  readonly touches: number;
  readonly points: readonly Point[];
};

const BOX_FORGET = [0.1, 0.25];
const BOX_COLLEAGUE = [0, 0.1];
const SIGMAS = [0.3, 0.45, 0.7];
const DELTAS = [0, 0.5, 1];
const TOUCHES = [3, 4, 5, 6, 8, 12];
const CLUSTERED_RHO = 0.1;
const HELD_BY_COLLEAGUES = { forget: 0.25, colleague: 0.3 };

/** Returns the groups of a full run, or of a short one: the hardest corner of the box and the reference portal. */
export function groupsToRun(isShort: boolean): Group[] {
  const pairs = isShort ? [[0.1, 0.1] as const, [0.25, 0.1] as const] : boxPairs();
  return SIGMAS.flatMap((sigma) =>
    DELTAS.flatMap((delta) =>
      TOUCHES.map((touches) => ({
        sigma,
        delta,
        touches,
        points: pointsOf(pairs, { sigma, delta, touches }),
      })),
    ),
  );
}

/** Returns the settings under which a point is judged. */
export function settingsOf({ recall }: Point): Partial<Record<SettingName, Settings>> {
  const isInBox = recall.colleague <= 0.1;
  const isReference = recall.forget === 0.1 && recall.colleague === 0.1 && recall.delta <= 0.5;
  if (recall.rho > 0 || !isInBox) return { C: CAUTIOUS_SETTINGS };
  const measured = { ...CAUTIOUS_SETTINGS, q: missChance(recall), sigma: recall.sigma };
  return {
    C: CAUTIOUS_SETTINGS,
    measured,
    ...(isReference ? { M: MEASURED_SETTINGS } : {}),
  };
}

function boxPairs(): (readonly [number, number])[] {
  return BOX_FORGET.flatMap((forget) => BOX_COLLEAGUE.map((colleague) => [forget, colleague] as const));
}

function pointsOf(
  pairs: readonly (readonly [number, number])[],
  { sigma, delta, touches }: Omit<Group, 'points'>,
): Point[] {
  const box = pairs.map(([forget, colleague]) => ({ forget, colleague, sigma, delta, rho: 0 }));
  const clustered = delta === 0.5 ? box.map((recall) => ({ ...recall, rho: CLUSTERED_RHO })) : [];
  const held = delta <= 0.5 ? [{ ...HELD_BY_COLLEAGUES, sigma, delta, rho: 0 }] : [];
  return [...box, ...clustered, ...held].map((recall) => ({ recall, touches }));
}
