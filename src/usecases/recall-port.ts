import type { ComparisonInputs } from '../core/comparison/finding.ts';
import type { Settings } from '../core/comparison/settings.ts';
import type { LocalDay } from '../core/model.ts';
import type { TenantScope } from './records.ts';

/** What a portal's own statements said about its customers' memory on one day, and the settings they earned. */
export type RecallMeasurement = {
  readonly settings: Settings;
  /** Statements behind q, and how many of them missed the one contact. */
  readonly missStatements: number;
  readonly missed: number;
  /** Statements behind sigma. */
  readonly dateStatements: number;
  /** Statements behind rho. */
  readonly severalStatements: number;
  /** Shares (of 1) of correct logs that would get each difference, simulated. */
  readonly honest: { readonly soft: number; readonly firm: number };
  readonly simulatedDraws: number;
  readonly methodVersion: string;
};

export type DatedMeasurement = RecallMeasurement & { readonly measuredOn: LocalDay };

export interface RecallStore {
  newest(scope: TenantScope): Promise<DatedMeasurement | null>;
  /** The first day of each run of days with the same settings, the newest first, ≤ limit. */
  changes(scope: TenantScope, limit: number): Promise<readonly DatedMeasurement[]>;
  /** One measurement a day: where the day has one already, that one stays. Returns the day's. */
  add(scope: TenantScope, measuredOn: LocalDay, measurement: RecallMeasurement): Promise<DatedMeasurement>;
  /** Inputs of the newest compared statements that were not undone and that met any claim, ≤ limit. */
  statements(scope: TenantScope, limit: number): Promise<readonly ComparisonInputs[]>;
}
