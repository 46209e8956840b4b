// Copied from extension-kit/use-draft.ts, by `npm run generate`. Do not edit.
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Send } from './backend.ts';
import type { DraftBody } from './contract-types.ts';

/** How long typing must have stopped before the draft is kept. */
export const DRAFT_AFTER_MS = 1_000;

export interface Draft {
  /** Notes that the form changed; the newest content is kept once typing stops. */
  touch: (draft: DraftBody) => void;
  /** Drops what is not sent yet and waits for what is, so that no draft lands after the save. */
  settle: () => Promise<void>;
  kept: boolean;
}

/** Keeps the author's draft on the backend: a worker has no storage of its own. */
export function useDraft(companyId: string, send: Send): Draft {
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const pending = useRef<DraftBody | null>(null);
  const sending = useRef<Promise<unknown>>(Promise.resolve());
  const [kept, setKept] = useState(false);

  const flush = useCallback(() => {
    clearTimeout(timer.current);
    const draft = pending.current;
    if (draft === null) return;
    pending.current = null;
    sending.current = sending.current
      .then(() => send('saveDraft', { companyId }, { draft }))
      .then((outcome) => {
        setKept(outcome.ok);
      });
  }, [companyId, send]);

  // Closing the card within the second must not lose the last words.
  useEffect(() => flush, [flush]);

  const touch = useCallback(
    (draft: DraftBody) => {
      pending.current = draft;
      setKept(false);
      clearTimeout(timer.current);
      timer.current = setTimeout(flush, DRAFT_AFTER_MS);
    },
    [flush],
  );
  const settle = useCallback(async () => {
    clearTimeout(timer.current);
    pending.current = null;
    await sending.current;
  }, []);
  return { touch, settle, kept };
}
