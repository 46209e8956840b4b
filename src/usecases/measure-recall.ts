import { measureRecall, recallSample } from '../core/comparison/calibration.ts';
import type { ComparisonInputs } from '../core/comparison/finding.ts';
import { COUNTED_DAYS, METHOD_VERSION, type Settings } from '../core/comparison/settings.ts';
import { honestRates } from '../core/comparison/simulated-rates.ts';
import type { PortalContext } from './person.ts';
import type { Deps } from './ports.ts';
import type { RecallMeasurement } from './recall-port.ts';
import type { TenantScope } from './records.ts';

/** Older statements say less about today's customers, and reading all of them would take ever longer. */
const NEWEST_STATEMENTS = 2_000;
/** Enough to tell 1 in 100 from 1 in 200, in about a tenth of a second. */
const SIMULATED_DRAWS = 10_000;
/** Where nothing was compared yet: the touches a quarter that the method's tables start from. */
const USUAL_TOUCHES = 3;

/**
 * Returns the settings of today's comparisons: measured from the portal's own statements before the first comparison of the
 * day, and the same for everyone until the day is over. Cautious until there are enough statements.
 */
export async function settingsOfToday(
  deps: Deps,
  scope: TenantScope,
  { today }: PortalContext,
): Promise<Settings> {
  const newest = await deps.store.recall.newest(scope);
  if (newest !== null && newest.measuredOn >= today) return newest.settings;
  const statements = await deps.store.recall.statements(scope, NEWEST_STATEMENTS);
  const measured = await deps.store.recall.add(scope, today, measurementOf(statements, today));
  return measured.settings;
}

/** Returns what the statements measure, with the simulated rates of a correct log; the seed keeps it the same on every machine. */
export function measurementOf(statements: readonly ComparisonInputs[], seed: string): RecallMeasurement {
  const samples = statements.flatMap((inputs) => recallSample(inputs) ?? []);
  const measured = measureRecall(samples);
  return {
    ...measured,
    honest: honestRates(measured.settings, meanTouches(statements), SIMULATED_DRAWS, seed),
    simulatedDraws: SIMULATED_DRAWS,
    methodVersion: METHOD_VERSION,
  };
}

/** Mean number of live touch-days in three months, over the accounts that had any. */
function meanTouches(statements: readonly ComparisonInputs[]): number {
  const counts = statements
    .map(({ claims }) => new Set(claims.filter(isCounted).map(({ ageDays }) => ageDays)).size)
    .filter((touchDays) => touchDays > 0);
  if (counts.length === 0) return USUAL_TOUCHES;
  return counts.reduce((sum, touchDays) => sum + touchDays, 0) / counts.length;
}

function isCounted({ outcome, ageDays }: ComparisonInputs['claims'][number]): boolean {
  return outcome === 'live' && ageDays <= COUNTED_DAYS;
}
