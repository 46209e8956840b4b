/** Where mistakes are made, and which tests are to see them. */
import { EQUIVALENT, EQUIVALENT_IN_USE_CASES } from './equivalent.ts';
import type { Equivalent } from './listed.ts';
import type { Field } from './modules.ts';

export type Ground = Field & {
  readonly name: string;
  /** Returns true for a file that mistakes are made in. */
  isMutated(path: string): boolean;
  readonly equivalent: readonly Equivalent[];
};

/** The comparison itself, with the tests of core: no database, thousands of trials. */
export const COMPARISON: Ground = {
  name: 'src/core/comparison',
  folders: ['src/core', 'test/core'],
  isTest: (path) => path.startsWith('test/core/') && path.endsWith('.test.ts'),
  isMutated: (path) => path.startsWith('src/core/comparison/'),
  equivalent: EQUIVALENT,
  timeoutMs: 60_000,
  trialsPerThread: 80,
};

/** What decides after the comparison: who bears out, what explains, when a rep may answer. */
const DECIDING = ['first-finding', 'later-evidence', 'weigh-again', 'other-memories', 'reply-window'];
/** Their tests' stories; each file opens a database of its own. */
const STORIES = [
  'compare-check-ins',
  'events-apart',
  'first-finding',
  'follow-merge',
  'later-evidence',
  'leave',
  'merged-contacts',
  'never-harsher',
  'no-wrong-accusation',
  'other-memories',
  'reply-window',
  'spoke-before',
  'weigh-again',
];

/** The use cases that can change a severity after the comparison, with the stories told about them. */
export const USE_CASES: Ground = {
  name: 'src/usecases',
  folders: ['src', 'test/core', 'test/support', 'test/usecases'],
  isTest: (path) => STORIES.some((name) => path === `test/usecases/${name}.test.ts`),
  isMutated: (path) => DECIDING.some((name) => path === `src/usecases/${name}.ts`),
  equivalent: EQUIVALENT_IN_USE_CASES,
  timeoutMs: 900_000,
  trialsPerThread: 12,
};
