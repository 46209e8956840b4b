// Copied from extension-kit/SavedCheckIn.tsx, by `npm run generate`. Do not edit.
import { Alert, Button, Flex, Text } from '@hubspot/ui-extensions';
import { useEffect, useState } from 'react';
import { Advice } from './Advice.tsx';
import type { Send } from './backend.ts';
import type { DraftBody, ManagerView, PromiseView, SavedCheckInView } from './contract-types.ts';
import { formatTime } from './dates.ts';
import { FindingReveal } from './FindingReveal.tsx';
import { WriteFailed } from './LoadStates.tsx';
import { PromiseForm } from './PromiseForm.tsx';
import { useWrite } from './use-write.ts';
import { FAILURES, SAVED } from './wording.ts';
import { ADVICE, THANKS } from './wording-people.ts';

interface Props {
  view: ManagerView;
  saved: SavedCheckInView;
  locale: string;
  send: Send;
  onUndone: (draft: DraftBody) => void;
  /** The time to undo is over. */
  onUndoOver: () => void;
  /** A promise is being written: until that is over nothing may take it away. */
  onPromising: (isPromising: boolean) => void;
  /** An issue was added: what is shown is out of date. */
  onChanged: () => void;
}

/** What happens with the words now. */
function releaseText(saved: SavedCheckInView, locale: string): string {
  if (saved.repName === null) return SAVED.nobodyToTell;
  if (saved.releasesAt === null && !saved.released) return SAVED.nobodyElseToTell;
  if (saved.released || saved.releasesAt === null) return SAVED.released(saved.repName);
  return SAVED.releases(saved.repName, formatTime(saved.releasesAt, locale));
}

/** Reads again when the time to undo is over; counted from now, because the backend's clock need not be ours. */
function useEndOfUndo(saved: SavedCheckInView, onEnd: () => void): void {
  const { savedAt, undoUntil } = saved;
  useEffect(() => {
    if (undoUntil === null) return undefined;
    const timer = setTimeout(onEnd, Date.parse(undoUntil) - Date.parse(savedAt));
    return () => {
      clearTimeout(timer);
    };
  }, [savedAt, undoUntil, onEnd]);
}

function Undo({
  saved,
  locale,
  send,
  onUndone,
  onUndoOver,
}: Omit<Props, 'view' | 'onChanged' | 'onPromising'>) {
  const write = useWrite();
  // A card that was opened late counts the minutes from then; the backend knows when they were over.
  const isOver = write.failure?.code === 'conflict';
  useEffect(() => {
    if (isOver) onUndoOver();
  }, [isOver, onUndoOver]);
  if (saved.undoUntil === null) return null;
  const undo = async (): Promise<void> => {
    const reply = await write.run((submissionId) =>
      send('undoCheckIn', { id: saved.checkInId }, { submissionId }),
    );
    if (reply !== null) onUndone(reply.draft);
  };
  return (
    <>
      <Flex direction="row" gap="sm" align="center">
        <Button variant="transparent" size="xs" disabled={write.busy} onClick={undo}>
          {SAVED.undo}
        </Button>
        <Text variant="microcopy">{SAVED.undoUntil(formatTime(saved.undoUntil, locale))}</Text>
      </Flex>
      <WriteFailed failure={write.failure} title={FAILURES.undoTitle} />
    </>
  );
}

interface Added {
  promises: PromiseView[];
  titles: string[];
}

/** What was promised with this check-in, as far as it was read, and what was added here since. */
function Promised({
  view,
  saved,
  added,
  locale,
}: Pick<Props, 'view' | 'saved' | 'locale'> & { added: Added }) {
  const read = view.openPromises.filter(({ promiseId }) => saved.promiseIds.includes(promiseId));
  const since = added.promises.filter(
    ({ promiseId }) => !read.some((known) => known.promiseId === promiseId),
  );
  const promises = [...read, ...since];
  const titles = new Set([saved.issueTitle ?? '', ...added.titles]);
  // An issue is mostly called like its promise, and then said already.
  const issues = [...titles].filter((title) => title !== '' && !promises.some(({ what }) => what === title));
  return (
    <>
      {promises.map((promise) => (
        <Text key={promise.promiseId}>{SAVED.promiseAdded(promise, view.today, locale)}</Text>
      ))}
      {issues.map((title) => (
        <Text key={title}>{SAVED.issueOpened(title)}</Text>
      ))}
    </>
  );
}

/** The minutes after a save: when the words go out, Undo, one promise, and then what the log says. */
export function SavedCheckIn(props: Props) {
  const { view, saved, locale, send, onUndone, onUndoOver, onPromising, onChanged } = props;
  const [added, setAdded] = useState<Added>({ promises: [], titles: [] });
  const [isAsking, setIsAsking] = useState(saved.issueTitle === null);
  useEndOfUndo(saved, onUndoOver);
  const hasPromised = saved.issueTitle !== null || added.titles.length > 0;
  return (
    <Flex direction="column" gap="md">
      <Alert title={SAVED.title} variant="success">
        {releaseText(saved, locale)}
      </Alert>
      <Undo saved={saved} locale={locale} send={send} onUndone={onUndone} onUndoOver={onUndoOver} />
      {view.thanks
        .filter(({ checkInId }) => checkInId === saved.checkInId)
        .map(({ kudosId, toName, releasesAt }) =>
          releasesAt === null ? null : <Text key={kudosId}>{THANKS.later(toName, releasesAt, locale)}</Text>,
        )}
      <Advice title={ADVICE.given(saved.repName)} lines={saved.advice} />
      <Promised view={view} saved={saved} added={added} locale={locale} />
      {isAsking ? (
        <PromiseForm
          view={view}
          checkInId={saved.checkInId}
          send={send}
          onBegun={() => {
            onPromising(true);
          }}
          onAdded={(promise, title) => {
            setAdded({
              promises: promise === null ? added.promises : [...added.promises, promise],
              titles: [...added.titles, title],
            });
            setIsAsking(false);
            onPromising(false);
            onChanged();
          }}
          onNothing={() => {
            setIsAsking(false);
            onPromising(false);
          }}
        />
      ) : (
        <Flex direction="row">
          <Button
            variant="transparent"
            size="xs"
            onClick={() => {
              setIsAsking(true);
            }}
          >
            {hasPromised ? SAVED.addAnother : SAVED.addPromise}
          </Button>
        </Flex>
      )}
      {saved.findingId === null ? null : (
        <FindingReveal findingId={saved.findingId} send={send} locale={locale} />
      )}
    </Flex>
  );
}
