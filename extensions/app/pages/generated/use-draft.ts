// Copied from extension-kit/use-draft.ts, by `npm run generate`. Do not edit.
import { useEffect, useState } from 'react';
import type { Send } from './backend.ts';
import type { DraftBody } from './contract-types.ts';
import { newSubmissionId } from './submission-id.ts';

/** How long typing must have stopped before the draft is kept. */
export const DRAFT_AFTER_MS = 1_000;
/** How long after each failure in a row the draft is sent again; the last goes on while the form stands. */
const RETRY_AFTER_MS = [3_000, 6_000, 12_000, 30_000, 60_000];

/** Whether the newest words are on the backend; null while they are on their way for the first time. */
export type Kept = 'kept' | 'failed' | null;

export interface Draft {
  /** Notes that the form changed; the newest content is kept once typing stops. */
  touch: (draft: DraftBody) => void;
  /** Before a save: drops what is not sent yet and waits for what is. Nothing is sent until `resume`. */
  settle: () => Promise<void>;
  /** The save failed: `draft`, with all that was typed meanwhile, is kept again. */
  resume: (draft: DraftBody) => void;
  kept: Kept;
}

/** One form's draft on its way to the backend, apart from React: newest content only, one call at a time. */
function draftKeeper(companyId: string, send: Send, setKept: (kept: Kept) => void) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let pending: DraftBody | null = null;
  let sending: Promise<void> | null = null;
  let failures = 0;
  const form = newSubmissionId();
  let count = 0;
  let isSettled = false;
  let isClosed = false;

  const later = (waitMs: number): void => {
    clearTimeout(timer);
    timer = setTimeout(flush, waitMs);
  };
  const sendOne = async (draft: DraftBody): Promise<void> => {
    count += 1;
    const outcome = await send('saveDraft', { companyId }, { draft: { ...draft, edition: { form, count } } });
    sending = null;
    failures = outcome.ok ? 0 : failures + 1;
    // Words that were not kept wait for the next try; what was typed meanwhile holds them too.
    if (!outcome.ok) pending ??= draft;
    if (!outcome.ok) setKept('failed');
    else setKept(pending === null ? 'kept' : null);
    if (pending === null || isSettled) return;
    if (outcome.ok) flush();
    else if (!isClosed) later(RETRY_AFTER_MS[failures - 1] ?? RETRY_AFTER_MS.at(-1) ?? DRAFT_AFTER_MS);
  };
  function flush(): void {
    clearTimeout(timer);
    if (pending === null || isSettled || sending !== null) return;
    const draft = pending;
    pending = null;
    sending = sendOne(draft);
  }
  const hold = (): void => {
    clearTimeout(timer);
    pending = null;
  };

  return {
    touch: (draft: DraftBody): void => {
      pending = draft;
      setKept(failures === 0 ? null : 'failed');
      if (!isSettled) later(DRAFT_AFTER_MS);
    },
    settle: async (): Promise<void> => {
      isSettled = true;
      hold();
      await sending;
      // A draft that failed meanwhile must not be sent after the save: its words are in the save.
      hold();
    },
    resume: (draft: DraftBody): void => {
      isSettled = false;
      pending = draft;
      if (isClosed) flush();
      else later(DRAFT_AFTER_MS);
    },
    /** The form stands: in development React closes and opens it once more. */
    open: (): void => {
      isClosed = false;
    },
    /** Closing the card within the second must not lose the last words. */
    close: (): void => {
      isClosed = true;
      flush();
    },
  };
}

/** Keeps the author's draft on the backend: a worker has no storage of its own. */
export function useDraft(companyId: string, send: Send): Draft {
  const [kept, setKept] = useState<Kept>(null);
  const [keeper] = useState(() => draftKeeper(companyId, send, setKept));
  const { touch, settle, resume, open, close } = keeper;

  useEffect(() => {
    open();
    return close;
  }, [open, close]);
  return { touch, settle, resume, kept };
}
