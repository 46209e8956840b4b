import type { GalleryState } from './gallery-state.ts';
import { adviceStates } from './states/advice-states.ts';
import { failureStates } from './states/failure-states.ts';
import { homeStates } from './states/home-states.ts';
import { managerStates } from './states/manager-states.ts';
import { patternStates } from './states/pattern-states.ts';
import { promiseStates } from './states/promise-states.ts';
import { repStates } from './states/rep-states.ts';
import { savedStates } from './states/saved-states.ts';
import { settingsStates } from './states/settings-states.ts';
import { sidebarStates } from './states/sidebar-states.ts';
import { stressStates } from './states/stress-states.ts';
import { thanksStates } from './states/thanks-states.ts';

/** Every state of every surface, in the order in which a person meets them. */
export const GALLERY: readonly GalleryState[] = [
  ...managerStates,
  ...savedStates,
  ...repStates,
  ...thanksStates,
  ...adviceStates,
  ...promiseStates,
  ...sidebarStates,
  ...homeStates,
  ...patternStates,
  ...settingsStates,
  ...stressStates,
  ...failureStates,
];
