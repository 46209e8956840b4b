// Copied from extension-kit/DoneCheckIn.tsx, by `npm run generate`. Do not edit.
import { Button, Flex } from '@hubspot/ui-extensions';
import { useState } from 'react';
import { Advice } from './Advice.tsx';
import type { Send } from './backend.ts';
import type { ManagerView } from './contract-types.ts';
import { EarlierAnswers } from './EarlierAnswers.tsx';
import { FindingReveal } from './FindingReveal.tsx';
import { Answer } from './LastAnswer.tsx';
import { PromiseForm } from './PromiseForm.tsx';
import { hasOpenPromise, PromiseList } from './Promises.tsx';
import { Thanks } from './Thanks.tsx';
import { MANAGER, PROMISES, SAVED } from './wording.ts';
import { ADVICE } from './wording-people.ts';

interface Props {
  view: ManagerView;
  locale: string;
  send: Send;
  onChanged: () => void;
  onRecord: () => void;
}

/** The quarter's check-in is done: what was said, what was promised, and the one next action. */
export function DoneCheckIn({ view, locale, send, onChanged, onRecord }: Props) {
  const hasPrimary = hasOpenPromise(view.openPromises);
  const [isPromising, setPromising] = useState(false);
  const replyWaits = view.saved !== null && view.saved.decideBy !== null;
  // Where a reply stood first it stays: what became of it is read in its place.
  const [isReplyFirst, setReplyFirst] = useState(replyWaits);
  if (replyWaits && !isReplyFirst) setReplyFirst(true);
  const finding =
    view.saved?.findingId == null ? null : (
      <FindingReveal
        key={view.saved.findingId}
        findingId={view.saved.findingId}
        send={send}
        locale={locale}
        primary={replyWaits}
        onDecided={onChanged}
      />
    );
  return (
    <Flex direction="column" gap="md">
      {isReplyFirst ? finding : null}
      {view.saved === null ? null : <Answer answer={view.saved} today={view.today} locale={locale} />}
      {view.saved === null ? null : (
        <Advice title={ADVICE.given(view.saved.repName)} lines={view.saved.advice} />
      )}
      <PromiseList
        heading={PROMISES.title}
        promises={[...view.openPromises, ...view.settledPromises]}
        locale={locale}
        today={view.today}
        withClock={false}
        label={MANAGER.markKept}
        primary={!isPromising && !replyWaits}
        send={send}
        onSettled={onChanged}
      />
      <Thanks
        thanks={view.thanks.filter(({ checkInId }) => checkInId === view.saved?.checkInId)}
        today={view.today}
        locale={locale}
      />
      {isPromising ? (
        <PromiseForm
          view={view}
          checkInId={view.saved?.checkInId ?? null}
          send={send}
          onAdded={() => {
            setPromising(false);
            onChanged();
          }}
          onNothing={() => {
            setPromising(false);
          }}
        />
      ) : null}
      {isReplyFirst ? null : finding}
      <Flex direction="row" gap="sm" wrap="wrap" align="center">
        <Button
          variant={!hasPrimary && !isPromising && !replyWaits ? 'primary' : 'secondary'}
          onClick={onRecord}
        >
          {MANAGER.recordAnother}
        </Button>
        {isPromising ? null : (
          <Button
            variant="transparent"
            size="xs"
            onClick={() => {
              setPromising(true);
            }}
          >
            {SAVED.addPromise}
          </Button>
        )}
        <EarlierAnswers view={view} locale={locale} />
      </Flex>
    </Flex>
  );
}
