// Copied from extension-kit/NotReached.tsx, by `npm run generate`. Do not edit.
import { Button, Dropdown, Flex, Input, Text } from '@hubspot/ui-extensions';
import { useState, type ReactNode } from 'react';
import type { Send } from './backend.ts';
import type { AttemptRequest, TouchView } from './contract-types.ts';
import { WriteFailed } from './LoadStates.tsx';
import { useWrite } from './use-write.ts';
import { FORM, OUTCOME_LABELS } from './wording.ts';

const OUTCOMES = Object.keys(OUTCOME_LABELS) as AttemptRequest['outcome'][];

interface Props {
  touch: TouchView;
  contactId: string | null;
  name: string | null;
  send: Send;
  /** A reason is being written: nothing but its save may take it away. */
  onBegun?: () => void;
  onTried: () => void;
  /** The buttons before it in the same row; what follows a try has the whole width below them. */
  children: ReactNode;
  /** The buttons behind it. */
  after?: ReactNode;
}

/** What is asked before a check-in closes without an answer. */
type Asking = 'skip' | 'neverAgain' | null;

/** A try that reached nobody, or a skip with its reason. What closes the check-in, or bars a person, is asked once more. */
export function NotReached({
  touch,
  contactId,
  name,
  send,
  onBegun,
  onTried,
  children,
  after = null,
}: Props) {
  const [asking, setAsking] = useState<Asking>(null);
  const [reason, setReason] = useState('');
  const [outcome, setOutcome] = useState<AttemptRequest['outcome'] | null>(null);
  const attempt = useWrite();
  const skip = useWrite();

  const tried = async (chosen: AttemptRequest['outcome']): Promise<void> => {
    setAsking(null);
    setOutcome(chosen);
    const reply = await attempt.run((submissionId) =>
      send('recordAttempt', { id: touch.touchId }, { submissionId, outcome: chosen, contactId }),
    );
    if (reply !== null) onTried();
  };
  const skipped = async (): Promise<void> => {
    const reply = await skip.run((submissionId) =>
      send('skipTouch', { id: touch.touchId }, { submissionId, reason: reason.trim() }),
    );
    if (reply !== null) onTried();
  };
  const ask = (what: Asking): void => {
    setAsking(what);
    onBegun?.();
  };
  const back = (
    <Button
      variant="transparent"
      disabled={skip.busy}
      onClick={() => {
        setAsking(null);
      }}
    >
      {FORM.back}
    </Button>
  );
  return (
    <Flex direction="column" gap="sm">
      <Flex direction="row" gap="sm" wrap="wrap" align="start">
        {children}
        <Dropdown variant="secondary" buttonText={FORM.notReached(name)} disabled={attempt.busy || skip.busy}>
          {OUTCOMES.map((option) => (
            <Dropdown.ButtonItem
              key={option}
              onClick={() => {
                if (option === 'askedNotToBeCalled') ask('neverAgain');
                else void tried(option);
              }}
            >
              {OUTCOME_LABELS[option]}
            </Dropdown.ButtonItem>
          ))}
          <Dropdown.ButtonItem
            onClick={() => {
              ask('skip');
            }}
          >
            {FORM.skip}
          </Dropdown.ButtonItem>
        </Dropdown>
        {after}
      </Flex>
      {asking === 'skip' ? (
        <>
          <Input label={FORM.skipReason} name="skipReason" value={reason} onInput={setReason} />
          <Flex direction="row" gap="sm">
            <Button variant="secondary" disabled={reason.trim() === '' || skip.busy} onClick={skipped}>
              {FORM.skipNow}
            </Button>
            {back}
          </Flex>
        </>
      ) : null}
      {asking === 'neverAgain' ? (
        <>
          <Text>{FORM.neverAgain(contactId === null ? null : name)}</Text>
          <Flex direction="row" gap="sm">
            <Button variant="secondary" onClick={() => tried('askedNotToBeCalled')}>
              {FORM.neverAgainNow}
            </Button>
            {back}
          </Flex>
        </>
      ) : null}
      <WriteFailed failure={attempt.failure ?? skip.failure} />
      {attempt.failure === null || outcome === null ? null : (
        <Flex direction="row">
          <Button variant="secondary" onClick={() => tried(outcome)}>
            {FORM.tryAgain(OUTCOME_LABELS[outcome])}
          </Button>
        </Flex>
      )}
    </Flex>
  );
}
