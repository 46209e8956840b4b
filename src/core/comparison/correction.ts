/** Corrections of a statement after the log was shown. */
import type { Finding } from './finding.ts';

/**
 * Returns the finding that counts after a correction: the corrected one, unless it would weigh more than the
 * original. The original finding is kept by the caller either way.
 */
export function findingAfterCorrection<Kept extends Pick<Finding, 'severity'>>(
  original: Kept,
  corrected: Kept,
): Kept {
  return corrected.severity > original.severity ? original : corrected;
}
