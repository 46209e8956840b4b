import type { RealCase } from './real-case.ts';

/** Lives that were to end at a crash point, and those that came there in time. */
export type PointCount = { readonly tried: number; readonly met: number };

/** What the run with real processes showed. */
export type KillReport = {
  /** Child processes ended by SIGKILL, all causes together. */
  readonly sigkills: number;
  readonly atPoints: number;
  /** By crash point. */
  readonly points: Readonly<Record<string, PointCount>>;
  readonly bySandbox: number;
  readonly inRecovery: number;
  readonly databaseStops: number;
  readonly rounds: number;
  /** Writes that the client got a 2xx for. */
  readonly acknowledged: number;
  /** Of those, the ones that are not in the database. */
  readonly lostAcks: number;
  /** Writes that are there twice, acknowledged or not. */
  readonly doubles: number;
  readonly duplicates: number;
  readonly missing: number;
  readonly parked: number;
  readonly neverHit: readonly string[];
  /** What only real files and disks go through; rows of the report beside those of the matrix. */
  readonly cases: readonly RealCase[];
  readonly violations: readonly string[];
};
