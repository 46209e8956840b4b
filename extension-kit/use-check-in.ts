import { useEffect, useMemo, useRef, useState, type RefObject } from 'react';
import type { Failure, Send } from './backend.ts';
import {
  holdsNoMoreThan,
  openForm,
  problemsOf,
  toDraft,
  toRequest,
  type FormState,
  type Person,
} from './check-in-form.ts';
import type { DraftBody, ManagerView, RecordCheckInReply } from './contract-types.ts';
import { addedTo, saysTheSame } from './first-version.ts';
import { newSubmissionId } from './submission-id.ts';
import { useDraft } from './use-draft.ts';

export interface CheckInProps {
  view: ManagerView;
  draft: DraftBody | null;
  respondent: Person | null;
  send: Send;
  /** Something was typed or chosen: from now on nothing but a save may take the form away. */
  onBegun: () => void;
  onSaved: (reply: RecordCheckInReply, submissionId: string) => void;
  /** The backend knows more than was read, and the form stays open. `isSaved`: an earlier try was saved, or another card's. */
  onKept: (isSaved: boolean) => void;
  /** What stands here was saved in another card: nothing is lost where the form goes. */
  onLeft: () => void;
}

/** The form with the contact to ask for, where it names nobody yet. */
function withContact(form: FormState, ask: ManagerView['ask']): FormState {
  if (ask === null || form.contactId !== null || form.name !== '') return form;
  return { ...form, contactId: ask.contactId, name: ask.name };
}

/** The form's data. Until somebody types here it follows the draft, which may grow in the card beside. */
function useForm({ view, draft, respondent }: CheckInProps) {
  const [newId] = useState(newSubmissionId);
  const [edited, setEdited] = useState<FormState | null>(null);
  const [isChosen, setIsChosen] = useState(false);
  const form = edited ?? openForm(view, draft, respondent, newId);
  // Contacts may be known only after the form has opened; whoever was typed or chosen by then stays.
  const opened = isChosen ? form : withContact(form, view.ask);
  return { opened, setEdited, setIsChosen };
}

/**
 * The words of a check-in that another card saved since this form was opened; null where there is none, or while it may be this
 * form's own. What stands here goes under `newId` from then on: its draft may have been saved there, and its id with it.
 */
function useSavedBeside(saved: ManagerView['saved'], mayBeOwn: boolean) {
  const [newId] = useState(newSubmissionId);
  const [before] = useState(saved?.checkInId);
  const isNew = saved !== null && saved.checkInId !== before;
  return { words: isNew && !mayBeOwn ? saved.words : null, newId };
}

/** Once something was saved beside: the form goes where nothing of it is lost, else it is kept anew. */
function useLeave(
  besideWords: string | null,
  newest: RefObject<FormState>,
  keep: (draft: DraftBody) => void,
  onLeft: () => void,
): void {
  useEffect(() => {
    const form = newest.current;
    if (besideWords === null || form === null) return;
    if (holdsNoMoreThan(form, besideWords)) onLeft();
    else keep(toDraft(form, false));
  }, [besideWords, newest, keep, onLeft]);
}

/** The tries of one form to be saved, as far as how they ended is not known for certain. */
type Tries = readonly FormState[];

/** What the backend has by now of a form that it did not take; null where that could not be read. */
async function savedByNow(view: ManagerView, send: Send, tries: Tries) {
  const read = await send('getCompany', { companyId: view.company.companyId }, null);
  if (!read.ok || read.value.role !== 'manager') return null;
  const { saved } = read.value;
  const versions = tries.filter(({ words }) => words.trim() === saved?.words);
  const isNew = saved !== null && saved.undoUntil !== null && saved.checkInId !== view.saved?.checkInId;
  return { versions, isSaved: versions.length > 0 || isNew };
}

/** The form's data, its draft, and the one save. */
export function useCheckIn(props: CheckInProps) {
  const { view, send, onBegun, onSaved, onKept, onLeft } = props;
  const { opened, setEdited, setIsChosen } = useForm(props);
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [isFirstSaved, setFirstSaved] = useState(false);
  const [isUnsure, setUnsure] = useState(false);
  const keeper = useDraft(view.company.companyId, send);
  const tries = useRef<Tries>([]);
  const beside = useSavedBeside(view.saved, busy || isUnsure || isFirstSaved);
  const { words: besideWords, newId } = beside;
  const form = useMemo(
    () => (besideWords === null ? opened : { ...opened, submissionId: newId }),
    [opened, besideWords, newId],
  );
  const newest = useRef(form);
  useEffect(() => {
    newest.current = form;
  }, [form]);
  useLeave(besideWords, newest, keeper.touch, onLeft);
  const problems = problemsOf(view, form);

  /** Said more than any try that may be saved for all we know: what is the same needs no draft of its own. */
  const isNewer = (next: FormState): boolean =>
    tries.current.length > 0 && !tries.current.some((one) => saysTheSame(one, next));
  const change = (part: Partial<FormState>): void => {
    const next = { ...form, ...part };
    setEdited(next);
    if ('name' in part || 'contactId' in part) setIsChosen(true);
    keeper.touch(toDraft(next, isNewer(next)));
    onBegun();
  };
  /** What was added to a version that is saved stays, to be saved under an id of its own. */
  const goOn = (versions: Tries, isSaved: boolean): void => {
    const next = addedTo(newest.current, versions, newSubmissionId());
    tries.current = [];
    setUnsure(false);
    setEdited(next);
    keeper.resume(toDraft(next, false));
    onKept(isSaved);
  };
  const refused = async (why: Failure): Promise<void> => {
    const known = why.code === 'conflict' ? await savedByNow(view, send, tries.current) : null;
    if (known?.isSaved === true) setFirstSaved(true);
    else setFailure(why);
    if (known === null) keeper.resume(toDraft(newest.current, isNewer(newest.current)));
    // Where nothing of it is saved, it must not be refused again for an id that is used up.
    else goOn(known.versions, known.isSaved);
  };
  const save = async (): Promise<void> => {
    setTried(true);
    if (busy || Object.keys(problems).length > 0) return;
    setBusy(true);
    setFailure(null);
    await keeper.settle();
    const outcome = await send('recordCheckIn', {}, toRequest(view, form));
    if (!outcome.ok) {
      if (outcome.failure.code !== 'conflict') {
        tries.current = [...tries.current, form];
        setUnsure(true);
      }
      await refused(outcome.failure);
    } else if (saysTheSame(newest.current, form)) {
      onSaved(outcome.value, form.submissionId);
    } else {
      // Something was typed while this was on its way.
      setFirstSaved(true);
      goOn([form], true);
    }
    setBusy(false);
  };
  return {
    form,
    change,
    save,
    busy,
    failure,
    isFirstSaved,
    isSavedBeside: beside.words !== null,
    kept: keeper.kept,
    problems: tried ? problems : {},
  };
}
