// Copied from extension-kit/use-open-form.ts, by `npm run generate`. Do not edit.
import { useState } from 'react';
import type { Send } from './backend.ts';
import type { Person } from './check-in-form.ts';
import type { DraftBody, ManagerView } from './contract-types.ts';

interface OpenForm {
  respondent: Person | null;
  draft: DraftBody | null;
}

/**
 * Which form stands open, where that is no longer for the view to say: somebody opened it or typed into it, and only a save, a
 * try or they themselves take it away. `savedId` is the id of what was saved here last: a draft of it is no draft any more,
 * whatever was read before.
 */
export function useOpenForm(view: ManagerView, send: Send, savedId: string | null) {
  const [open, setOpen] = useState<OpenForm | null>(null);
  const [isReading, setReading] = useState(false);
  const isDue = view.state === 'due' || view.state === 'dueSoon';
  const begun = (draft: DraftBody | null): DraftBody | null =>
    savedId !== null && draft?.submissionId === savedId ? null : draft;
  const shown = open ?? (isDue && !isReading ? { respondent: null, draft: begun(view.draft) } : null);
  return {
    open,
    setOpen,
    shown,
    /** Somebody opened it over what the card else says, and may go back to that. */
    isOpenedOver: open !== null && !isDue,
    isReading,
    /** From now on `shown` stands, whatever is read. */
    hold: (): void => {
      if (open === null) setOpen(shown);
    },
    /** Opens with the draft as it is kept now: one that was written in another card must not be replaced unseen. */
    openAnew: async (respondent: Person | null): Promise<void> => {
      setReading(true);
      const read = await send('getCompany', { companyId: view.company.companyId }, null);
      const newest = read.ok && read.value.role === 'manager' ? read.value : view;
      setReading(false);
      setOpen({ respondent, draft: begun(newest.draft) });
    },
  };
}
