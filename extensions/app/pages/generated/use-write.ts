// Copied from extension-kit/use-write.ts, by `npm run generate`. Do not edit.
import { useCallback, useRef, useState } from 'react';
import type { Failure, Outcome } from './backend.ts';
import { newSubmissionId } from './submission-id.ts';

export interface Write {
  busy: boolean;
  failure: Failure | null;
  /**
   * Sends with this write's id. After a failure the same id goes out again on the next try; after a success a new one, and where
   * `subject` says that it is about something else now. Returns the reply, or null where it failed or another try is still under way.
   */
  run: <Value>(
    attempt: (submissionId: string) => Promise<Outcome<Value>>,
    subject?: string,
  ) => Promise<Value | null>;
}

/** One button's write: busy while under way, the failure to show, and an id that survives retries. */
export function useWrite(): Write {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const submissionId = useRef<string | null>(null);
  const underWay = useRef(false);
  const about = useRef<string | undefined>(undefined);

  const run = useCallback(
    async <Value>(
      attempt: (id: string) => Promise<Outcome<Value>>,
      subject?: string,
    ): Promise<Value | null> => {
      if (underWay.current) return null;
      if (about.current !== subject) submissionId.current = null;
      about.current = subject;
      underWay.current = true;
      submissionId.current ??= newSubmissionId();
      setBusy(true);
      setFailure(null);
      const outcome = await attempt(submissionId.current);
      underWay.current = false;
      setBusy(false);
      if (!outcome.ok) {
        // A conflict means that an earlier try did land: sending again would be a new write.
        if (outcome.failure.code === 'conflict') submissionId.current = null;
        setFailure(outcome.failure);
        return null;
      }
      submissionId.current = null;
      return outcome.value;
    },
    [],
  );
  return { busy, failure, run };
}
