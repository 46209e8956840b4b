// Copied from extension-kit/CheckInForm.tsx, by `npm run generate`. Do not edit.
import { Flex, Heading, LoadingButton, Text, TextArea } from '@hubspot/ui-extensions';
import { useEffect, useRef, useState } from 'react';
import type { Failure, Send } from './backend.ts';
import {
  asksRecall,
  contactsOf,
  needsProbe,
  openForm,
  problemsOf,
  toDraft,
  toRequest,
  type FormState,
  type Person,
} from './check-in-form.ts';
import type { DraftBody, ManagerView, RecordCheckInReply } from './contract-types.ts';
import type { Host } from './host.ts';
import { LastAnswer } from './LastAnswer.tsx';
import { WriteFailed } from './LoadStates.tsx';
import { MoreToNote } from './MoreToNote.tsx';
import { NotReached } from './NotReached.tsx';
import { RecallItems } from './RecallItems.tsx';
import { askedFor, Respondent } from './Respondent.tsx';
import { newSubmissionId } from './submission-id.ts';
import { useDraft } from './use-draft.ts';
import { FORM } from './wording.ts';

interface Props {
  view: ManagerView;
  draft: DraftBody | null;
  respondent: Person | null;
  host: Host;
  send: Send;
  onSaved: (reply: RecordCheckInReply) => void;
  onTried: () => void;
  /** The backend knows more than this form: an earlier try was saved after all. */
  onConflict: () => void;
}

/** The form with the contact to ask for, where it names nobody yet. */
function withContact(form: FormState, ask: ManagerView['ask']): FormState {
  if (ask === null || form.contactId !== null || form.name !== '') return form;
  return { ...form, contactId: ask.contactId, name: ask.name };
}

/** The form's data, its draft, and the one save. */
function useCheckIn({ view, draft, respondent, send, onSaved, onConflict }: Props) {
  const [newId] = useState(newSubmissionId);
  const [edited, setEdited] = useState<FormState | null>(null);
  const [isChosen, setIsChosen] = useState(false);
  // Until somebody types here, the form follows the draft, which may grow in the card beside. Contacts may be known only after
  // the form has opened; whoever was typed or chosen by then stays.
  const opened = edited ?? openForm(view, draft, respondent, newId);
  const form = isChosen ? opened : withContact(opened, view.ask);
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const keeper = useDraft(view.company.companyId, send);
  const wasSent = useRef(false);
  const problems = problemsOf(view, form);
  const newest = useRef(form);
  useEffect(() => {
    newest.current = form;
  }, [form]);
  const change = (part: Partial<FormState>): void => {
    const next = { ...form, ...part };
    setEdited(next);
    if ('name' in part || 'contactId' in part) setIsChosen(true);
    keeper.touch(toDraft(next, wasSent.current));
  };
  const save = async (): Promise<void> => {
    setTried(true);
    if (busy || Object.keys(problems).length > 0) return;
    setBusy(true);
    setFailure(null);
    await keeper.settle();
    wasSent.current = true;
    const outcome = await send('recordCheckIn', {}, toRequest(view, form));
    setBusy(false);
    if (outcome.ok) onSaved(outcome.value);
    else {
      setFailure(outcome.failure);
      keeper.resume(toDraft(newest.current, true));
      if (outcome.failure.code === 'conflict') onConflict();
    }
  };
  return { form, change, save, busy, failure, kept: keeper.kept, problems: tried ? problems : {} };
}

/** The one question, the customer's own words, and everything optional folded away. */
export function CheckInForm(props: Props) {
  const { view, respondent, host, send, onTried } = props;
  const { form, change, save, busy, failure, kept, problems } = useCheckIn(props);
  const [leftBlank, setLeftBlank] = useState(false);
  const name = contactsOf(view).find((contact) => contact.contactId === form.contactId)?.name ?? form.name;
  const showsProbe =
    needsProbe(form.words) && (leftBlank || form.words.trim() !== '' || problems.words === true);
  const saveButton = (
    <LoadingButton variant="primary" loading={busy} onClick={save}>
      {FORM.save}
    </LoadingButton>
  );
  return (
    <Flex direction="column" gap="sm">
      <Respondent
        view={view}
        form={form}
        instead={respondent}
        host={host}
        missing={problems.name === true}
        onChange={change}
      />
      <Flex direction="column" gap="xs">
        <Text format={{ italic: true }}>{askedFor(view, respondent)?.greeting ?? view.greeting}</Text>
        <Heading>{view.question}</Heading>
      </Flex>
      <TextArea
        label={name.trim() === '' ? FORM.wordsOfNobody : FORM.words(name.trim().split(/\s+/)[0] ?? name)}
        name="words"
        description={FORM.wordsHint(view.repName)}
        required
        rows={4}
        readOnly={busy}
        value={form.words}
        error={problems.words === true}
        {...(problems.words === true ? { validationMessage: FORM.wordsMissing } : {})}
        onInput={(words) => {
          change({ words });
        }}
        onBlur={(words) => {
          setLeftBlank(words.trim() === '');
        }}
      />
      {showsProbe ? <Text format={{ fontWeight: 'demibold' }}>{view.probe}</Text> : null}
      {view.listeningText === null ? null : <Text variant="microcopy">{view.listeningText}</Text>}
      {view.recallItems !== null && !asksRecall(view, form) ? (
        <Text variant="microcopy">{FORM.tooOld}</Text>
      ) : null}
      <Flex direction="column" gap="flush">
        {view.recallItems !== null && asksRecall(view, form) ? (
          <RecallItems
            items={view.recallItems}
            recall={form.recall}
            words={form.words}
            onChange={(recall) => {
              change({ recall });
            }}
          />
        ) : null}
        <LastAnswer view={view} locale={host.locale} />
        <MoreToNote view={view} form={form} name={name} problems={problems} onChange={change} />
      </Flex>
      <WriteFailed failure={failure} />
      {view.touch === null || view.touch.state === 'done' ? (
        <Flex direction="row">{saveButton}</Flex>
      ) : (
        <NotReached
          touch={view.touch}
          contactId={form.contactId}
          name={name.trim() === '' ? null : name}
          send={send}
          onTried={onTried}
        >
          {saveButton}
        </NotReached>
      )}
      {kept === null ? null : <Text variant="microcopy">{FORM.draft[kept]}</Text>}
    </Flex>
  );
}
