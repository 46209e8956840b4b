import { AppError } from '../errors.ts';
import type { CreateOutcome } from './hubspot-port.ts';

/** So many batches in a row of which HubSpot said nothing at all are no mishap any more. */
const SILENT_BATCHES = 3;

export interface RunTrust {
  /** The next batch is to tell whether HubSpot makes tasks again: it goes alone, and its silence is enough. */
  onTrial(): void;
  /**
   * Looks at what came of a batch, once that is stored.
   * @throws hubspot_rejected where HubSpot refuses all tasks, outcome_unknown where it has fallen silent: the run is to rest
   */
  learn(outcomes: readonly (CreateOutcome | undefined)[]): void;
}

/** How much a run may still send: each batch that HubSpot leaves in doubt is work for its readers, and later perhaps for people. */
export function createRunTrust(): RunTrust {
  let silencesLeft = SILENT_BATCHES;
  return {
    onTrial: () => {
      silencesLeft = 1;
    },
    learn: (outcomes) => {
      const refusal = outcomes.find((outcome) => outcome?.result === 'notSent' && outcome.isForAll === true);
      if (refusal !== undefined && 'reason' in refusal) throw refused(refusal.reason);
      const isSilent = outcomes.every((outcome) => (outcome?.result ?? 'unknown') === 'unknown');
      silencesLeft = isSilent ? silencesLeft - 1 : SILENT_BATCHES;
      if (silencesLeft <= 0) throw silent();
    },
  };
}

function refused(reason: string): AppError {
  return new AppError('hubspot_rejected', 'HubSpot refuses all tasks right now.', {
    safeDetails: { what: 'create tasks', reason },
  });
}

function silent(): AppError {
  return new AppError('outcome_unknown', 'HubSpot does not say what becomes of tasks right now.', {
    safeDetails: { what: 'create tasks', reason: 'no answer for several batches' },
  });
}
