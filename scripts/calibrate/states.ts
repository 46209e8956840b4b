/** True states of an account in the confusion matrix, and what the method's document says of each. */
import type { PortalExtras } from '../../src/core/comparison/simulator.ts';
import { REFERENCE_EXTRAS } from '../../src/core/comparison/simulator.ts';

export type State = {
  readonly name: 'honest' | 'underLogger' | 'sprinkled' | 'half' | 'neglected';
  readonly meanTouches: number;
  /** Chance that a logged touch took place. */
  readonly tookPlace: number;
  /** Published shares under setting M, in percent, in the order of the verdict columns. */
  readonly published: readonly number[];
  /** Published share of firm differences under setting C, in percent; null where none is published. */
  readonly publishedFirmC: number | null;
};

export const STATES: readonly State[] = [
  {
    name: 'honest',
    meanTouches: 3,
    tookPlace: 1,
    published: [73.7, 6.4, 0.4, 1.4, 10.2, 3.2, 1.9, 2.1, 0.6, 0.03],
    publishedFirmC: 0,
  },
  {
    name: 'underLogger',
    meanTouches: 3,
    tookPlace: 1,
    published: [66.9, 5.4, 15.4, 0.5, 7.7, 1.1, 2.0, 0.9, 0.2, 0.0],
    publishedFirmC: null,
  },
  {
    name: 'sprinkled',
    meanTouches: 3,
    tookPlace: 0.8,
    published: [66.7, 6.9, 0.3, 3.1, 11.5, 4.1, 1.9, 3.0, 2.1, 0.4],
    publishedFirmC: null,
  },
  {
    name: 'half',
    meanTouches: 3,
    tookPlace: 0.5,
    published: [51.7, 7.6, 0.2, 6.0, 14.0, 6.3, 2.0, 3.5, 6.5, 2.3],
    publishedFirmC: null,
  },
  {
    name: 'neglected',
    meanTouches: 3,
    tookPlace: 0,
    published: [8.5, 6.6, 0.0, 12.5, 20.3, 10.6, 2.0, 0.0, 20.4, 19.1],
    publishedFirmC: 6.6,
  },
  {
    name: 'honest',
    meanTouches: 6,
    tookPlace: 1,
    published: [80.2, 5.2, 0.3, 0.2, 7.7, 2.0, 2.1, 1.8, 0.4, 0.03],
    publishedFirmC: 0,
  },
  {
    name: 'neglected',
    meanTouches: 6,
    tookPlace: 0,
    published: [2.8, 0.8, 0.0, 2.6, 22.5, 14.2, 2.1, 0.0, 15.0, 40.1],
    publishedFirmC: 25.7,
  },
];

const MEAN_UNLOGGED = 2;

/** Returns what surrounds the touches in a state: an under-logger also makes calls that nobody logs. */
export function extrasOf(state: State): PortalExtras {
  return { ...REFERENCE_EXTRAS, meanUnloggedTouches: state.name === 'underLogger' ? MEAN_UNLOGGED : 0 };
}
