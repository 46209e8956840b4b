import type { Counter } from '../row.ts';

/** Something that only real processes, files or disks can go through, as one row of the report. */
export type RealCase = {
  readonly fault: string;
  readonly point: string;
  /** How often it was tried. */
  readonly seeds: number;
  readonly hits: number;
  readonly countedBy: Counter;
  readonly violations: readonly string[];
  /** Why it could not be tried on this machine; null where it was. */
  readonly skipped: string | null;
};
