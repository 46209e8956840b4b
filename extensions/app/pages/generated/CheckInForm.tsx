// Copied from extension-kit/CheckInForm.tsx, by `npm run generate`. Do not edit.
import { Alert, Button, Flex, Heading, LoadingButton, Text, TextArea } from '@hubspot/ui-extensions';
import { useState } from 'react';
import { asksRecall, contactsOf, isToBeCalled, needsProbe } from './check-in-form.ts';
import { LIMITS } from './contract-types.ts';
import type { Host } from './host.ts';
import { LastAnswer } from './LastAnswer.tsx';
import { WriteFailed } from './LoadStates.tsx';
import { MoreToNote } from './MoreToNote.tsx';
import { NotReached } from './NotReached.tsx';
import { RecallItems } from './RecallItems.tsx';
import { greetingFor, Respondent } from './Respondent.tsx';
import { useCheckIn, type CheckInProps } from './use-check-in.ts';
import { FORM } from './wording.ts';

interface Props extends CheckInProps {
  host: Host;
  onTried: () => void;
  /** Where the form was opened by hand: leaves it, and what was typed stays as a draft. Null where it stands by itself. */
  onBack: (() => void) | null;
}

/** The same customer's check-in was saved in another card; what stands here may be more of it, or a version of the same. */
function SavedBeside({ onLeft }: Pick<CheckInProps, 'onLeft'>) {
  return (
    <Alert title={FORM.savedBeside} variant="info">
      <Flex direction="column" gap="sm">
        <Text>{FORM.notInIt}</Text>
        <Flex direction="row">
          <Button variant="secondary" size="xs" onClick={onLeft}>
            {FORM.showSaved}
          </Button>
        </Flex>
      </Flex>
    </Alert>
  );
}

/** The one question, the customer's own words, and everything optional folded away. */
export function CheckInForm(props: Props) {
  const { view, respondent, host, send, onBegun, onTried, onBack, onLeft } = props;
  const { form, change, save, busy, failure, isFirstSaved, isSavedBeside, kept, problems } =
    useCheckIn(props);
  const [leftBlank, setLeftBlank] = useState(false);
  const name = contactsOf(view).find((contact) => contact.contactId === form.contactId)?.name ?? form.name;
  const showsProbe =
    needsProbe(form.words) && (leftBlank || form.words.trim() !== '' || problems.words === true);
  const saveButton = (
    <LoadingButton variant="primary" loading={busy} onClick={save}>
      {FORM.save}
    </LoadingButton>
  );
  const backButton =
    onBack === null ? null : (
      <Button variant="transparent" disabled={busy} onClick={onBack}>
        {FORM.back}
      </Button>
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
        <Text format={{ italic: true }}>{greetingFor(view, form)}</Text>
        <Heading>{view.question}</Heading>
      </Flex>
      <TextArea
        label={name.trim() === '' ? FORM.wordsOfNobody : FORM.words(name)}
        name="words"
        description={FORM.wordsHint(view.repName)}
        required
        rows={4}
        maxLength={LIMITS.words}
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
      {isFirstSaved ? (
        <Alert title={FORM.firstSaved} variant="info">
          {FORM.saveAgain}
        </Alert>
      ) : null}
      {isSavedBeside ? <SavedBeside onLeft={onLeft} /> : null}
      <WriteFailed failure={failure} />
      {isToBeCalled(view.touch) ? (
        <NotReached
          touch={view.touch}
          contactId={form.contactId}
          name={name.trim() === '' ? null : name}
          send={send}
          onBegun={onBegun}
          onTried={onTried}
          after={backButton}
        >
          {saveButton}
        </NotReached>
      ) : (
        <Flex direction="row" gap="sm">
          {saveButton}
          {backButton}
        </Flex>
      )}
      {kept === null ? null : <Text variant="microcopy">{FORM.draft[kept]}</Text>}
    </Flex>
  );
}
