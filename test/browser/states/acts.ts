import { calls } from './acts/calls.ts';
import { later, replied } from './acts/later.ts';
import { morning } from './acts/morning.ts';
import { installed, listening } from './acts/one-person.ts';
import type { Act } from './stage.ts';

/** Every state of every surface, in the order in which a sandbox can show them. */
export const ACTS: readonly Act[] = [morning, calls, later, replied, installed, listening];
