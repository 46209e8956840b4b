import {
  Alert,
  Button,
  Flex,
  LoadingButton,
  LoadingSpinner,
  StatusTag,
  Tag,
  Text,
} from '@hubspot/ui-extensions';
import { useCallback, useState } from 'react';
import type { Send } from './backend.ts';
import { CheckInForm } from './CheckInForm.tsx';
import { isToBeCalled, othersToTry, type Person } from './check-in-form.ts';
import type { ManagerView, SavedCheckInView } from './contract-types.ts';
import { DoneCheckIn } from './DoneCheckIn.tsx';
import type { Host } from './host.ts';
import { LastAnswer } from './LastAnswer.tsx';
import { WriteFailed } from './LoadStates.tsx';
import { NotReached } from './NotReached.tsx';
import { OpenFindings } from './OpenFindings.tsx';
import { Phone, whyNobody } from './Respondent.tsx';
import { SavedCheckIn } from './SavedCheckIn.tsx';
import { useContactsSoon } from './use-contacts-soon.ts';
import { useLookAgain } from './use-look-again.ts';
import { useOpenForm } from './use-open-form.ts';
import { useWrite } from './use-write.ts';
import { COMMON, FORM, MANAGER } from './wording.ts';

export interface ManagerProps {
  view: ManagerView;
  host: Host;
  send: Send;
  onChanged: () => void;
  /** Told after a save and after a try, so that a list around the card can move on. */
  onHandled?: () => void;
  /** Whether it reads again by itself what another card may have saved; the sidebar's does so itself. */
  looksAgain?: boolean;
}

/** The first day after which a reply counts as accepted without the reader; null where none waits for them. */
export function decideBy({ saved, findings }: ManagerView): string | null {
  const days = [saved, ...findings].map((one) => one?.decideBy ?? null);
  return days.filter((day) => day !== null).sort()[0] ?? null;
}

/** Where this company's check-in stands, in a few words. */
export function managerStatus(view: ManagerView, locale: string): string {
  const { state, touch, saved, today, leftOut, nextDueOn } = view;
  if (state === 'done') {
    if (saved !== null && saved.decideBy !== null) return MANAGER.replied(saved.repName);
    if (decideBy(view) !== null) return MANAGER.replied(null);
    return saved === null ? MANAGER.doneOutside : MANAGER.done(saved.happenedOn, nextDueOn, today, locale);
  }
  if (leftOut !== null) return MANAGER.leftOut(leftOut.label, nextDueOn, locale);
  if (touch === null || state === 'notInProgram' || state === 'programNotStarted') return MANAGER.notDue;
  if (state === 'attempted') return MANAGER.tried(touch, today, locale);
  return MANAGER.due(touch.dueOn, today, locale);
}

/** No call is to be made: the program runs without this company, it is left out this quarter, or check-ins have not started. */
export const isOutside = ({ state }: ManagerView): boolean =>
  state === 'notInProgram' || state === 'leftOut' || state === 'programNotStarted';

/** A call is to be made, or its answer written down. */
export const isToAsk = (view: ManagerView): boolean => view.state !== 'done' && !isOutside(view);

/** How a company's check-in stands, as a color: done, overdue, or to come. */
export function managerVariant(view: ManagerView): 'default' | 'success' | 'warning' | 'info' {
  if (view.state === 'done') return decideBy(view) === null ? 'success' : 'info';
  if (isOutside(view)) return 'default';
  return view.touch !== null && view.touch.dueOn < view.today ? 'warning' : 'info';
}

function Status({ view, locale }: { view: ManagerView; locale: string }) {
  return (
    <Flex direction="row" gap="sm" align="center" wrap="wrap">
      <StatusTag variant={managerVariant(view)}>{managerStatus(view, locale)}</StatusTag>
      {view.firstManagerCall && isToAsk(view) ? <Tag>{MANAGER.firstCall}</Tag> : null}
      {view.touch?.kind === 'continuity' ? <Tag>{MANAGER.continuity}</Tag> : null}
    </Flex>
  );
}

interface StartProps extends ManagerProps {
  onOpen: (respondent: Person | null) => void;
}

function AnswerMissing({ view, send, onChanged, onOpen }: StartProps) {
  const write = useWrite();
  const touchId = view.touch?.touchId;
  const reopen = async (): Promise<void> => {
    if (touchId === undefined) return;
    const reply = await write.run((submissionId) => send('reopenTouch', { id: touchId }, { submissionId }));
    if (reply !== null) onChanged();
  };
  return (
    <Flex direction="column" gap="sm">
      <Alert title={MANAGER.answerMissing} variant="info" />
      <Flex direction="row" gap="sm">
        <Button
          variant="primary"
          onClick={() => {
            onOpen(null);
          }}
        >
          {MANAGER.writeItDown}
        </Button>
        <LoadingButton variant="secondary" loading={write.busy} onClick={reopen}>
          {MANAGER.reopen}
        </LoadingButton>
      </Flex>
      <WriteFailed failure={write.failure} />
    </Flex>
  );
}

/** Whom the next try is for, with the number to call; or what to do where nobody is left. */
function NextTry({ view, host }: Pick<StartProps, 'view' | 'host'>) {
  if (view.ask === null) {
    const nobody = whyNobody(view);
    return nobody === null ? null : <Text>{nobody}</Text>;
  }
  return (
    <Flex direction="row" gap="sm" align="center" wrap="wrap">
      <Text>{FORM.ask(view.ask.name)}</Text>
      {view.ask.phone === null ? null : <Phone phone={view.ask.phone} host={host} />}
    </Flex>
  );
}

function Attempted({ view, send, onChanged, onOpen }: StartProps) {
  const { touch, ask } = view;
  const other = touch?.suggestOtherContact === true ? othersToTry(view)[0] : undefined;
  const answers = (
    <>
      <Button
        variant="primary"
        onClick={() => {
          onOpen(null);
        }}
      >
        {MANAGER.writeAnswer}
      </Button>
      {other === undefined ? null : (
        <Button
          variant="secondary"
          onClick={() => {
            onOpen(other);
          }}
        >
          {MANAGER.tryInstead(other.name)}
        </Button>
      )}
    </>
  );
  if (!isToBeCalled(touch)) {
    return (
      <Flex direction="row" gap="sm" wrap="wrap">
        {answers}
      </Flex>
    );
  }
  return (
    <NotReached
      touch={touch}
      contactId={ask?.contactId ?? null}
      name={ask?.name ?? null}
      send={send}
      onTried={onChanged}
    >
      {answers}
    </NotReached>
  );
}

function NothingDue({ view, onOpen }: StartProps) {
  if (view.state === 'programNotStarted') return <Text>{MANAGER.notStarted}</Text>;
  const { leftOut } = view;
  const text =
    leftOut === null ? MANAGER.notInProgram : leftOut.why === null ? null : MANAGER.leftOutWhy(leftOut.why);
  return (
    <Flex direction="column" gap="sm">
      {text === null ? null : <Text>{text}</Text>}
      <Flex direction="row">
        <Button
          variant="secondary"
          onClick={() => {
            onOpen(null);
          }}
        >
          {MANAGER.recordAnyway}
        </Button>
      </Flex>
    </Flex>
  );
}

/** What stands in the card until somebody chooses to write an answer down. */
function Start(props: StartProps) {
  const { view, host, send, onChanged, onOpen } = props;
  if (view.state === 'answerMissing') return <AnswerMissing {...props} />;
  if (view.state === 'attempted') {
    return (
      <>
        <NextTry view={view} host={host} />
        <Attempted {...props} />
      </>
    );
  }
  if (view.state !== 'done') return <NothingDue {...props} />;
  const record = (): void => {
    onOpen(null);
  };
  return <DoneCheckIn view={view} locale={host.locale} send={send} onChanged={onChanged} onRecord={record} />;
}

/** The card of whoever calls this customer. */
export function ManagerCard(props: ManagerProps) {
  const { view, host, send, onChanged, onHandled, looksAgain = false } = props;
  const [justSaved, setJustSaved] = useState<SavedCheckInView | null>(null);
  const [savedId, setSavedId] = useState<string | null>(null);
  const { open, setOpen, shown, isOpenedOver, isReading, hold, openAnew } = useOpenForm(view, send, savedId);
  const isReadSince = justSaved !== null && view.saved !== null && view.saved.savedAt >= justSaved.savedAt;
  const newest = justSaved === null || isReadSince ? view.saved : justSaved;
  // A promise that is being written is not taken away as the minutes of Undo end.
  const [isPromising, setPromising] = useState(false);
  const saved =
    open === null && newest !== null && (newest.undoUntil !== null || isPromising) ? newest : null;
  const undoOver = useCallback(() => {
    setJustSaved((just) => (just === null ? null : { ...just, undoUntil: null }));
    onChanged();
  }, [onChanged]);
  useContactsSoon(view, onChanged);
  // Words in a form that stands open are this card's own.
  useLookAgain(looksAgain && isToAsk(view), open === null ? (view.draft?.words ?? '') : '', onChanged);
  const leave = useCallback(() => {
    setOpen(null);
  }, [setOpen]);

  const refresh = (): void => {
    setOpen(null);
    onChanged();
    onHandled?.();
  };
  const besides = (saved ?? view.saved)?.findingId ?? null;
  return (
    <Flex direction="column" gap="md">
      {saved === null ? (
        <>
          <Status view={view} locale={host.locale} />
          {isReading ? <LoadingSpinner label={COMMON.loading} layout="centered" size="sm" /> : null}
          {shown === null ? (
            isReading ? null : (
              <Start
                {...props}
                onOpen={(respondent) => {
                  void openAnew(respondent);
                }}
              />
            )
          ) : (
            <CheckInForm
              key={`${view.company.companyId} ${shown.respondent?.contactId ?? ''}`}
              view={view}
              draft={shown.draft}
              respondent={shown.respondent}
              host={host}
              send={send}
              onBegun={hold}
              onSaved={(reply, submissionId) => {
                setSavedId(submissionId);
                setJustSaved(reply.saved);
                refresh();
              }}
              onTried={refresh}
              onBack={isOpenedOver ? leave : null}
              onLeft={leave}
              onKept={(isSaved) => {
                hold();
                onChanged();
                if (isSaved) onHandled?.();
              }}
            />
          )}
          {view.state === 'done' || shown !== null ? null : <LastAnswer view={view} locale={host.locale} />}
        </>
      ) : (
        <SavedCheckIn
          key={saved.checkInId}
          view={view}
          saved={saved}
          locale={host.locale}
          send={send}
          onUndone={(draft) => {
            setJustSaved(null);
            setPromising(false);
            setOpen({ respondent: null, draft });
            onChanged();
          }}
          onUndoOver={undoOver}
          onPromising={setPromising}
          onChanged={onChanged}
        />
      )}
      {/* In one place in all states: what is being typed in one of them stays. */}
      <OpenFindings view={view} besides={besides} locale={host.locale} send={send} />
    </Flex>
  );
}
