// Copied from extension-kit/Promises.tsx, by `npm run generate`. Do not edit.
import {
  Button,
  Flex,
  Heading,
  LoadingButton,
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
  Text,
} from '@hubspot/ui-extensions';
import { useState, type ReactNode } from 'react';
import type { Send } from './backend.ts';
import type { PromiseView } from './contract-types.ts';
import { daysBetween, formatPastDay } from './dates.ts';
import { WriteFailed } from './LoadStates.tsx';
import { useWrite } from './use-write.ts';
import { PROMISES, PROMISE_OVERDUE, PROMISE_STATE_LABELS } from './wording.ts';

type Choice = PromiseView['choices'][number];

/** More rows than this would push everything else out of sight. */
const ROWS_A_PAGE = 5;

const byDay = (one: PromiseView, other: PromiseView): number => one.dueOn.localeCompare(other.dueOn);
const unsettled = (promises: PromiseView[]): PromiseView[] =>
  promises.filter(({ settled }) => !settled).sort(byDay);
/** What nobody settled, the longest due first, then the others as they come. */
const waitingFirst = (promises: PromiseView[]): PromiseView[] => [
  ...unsettled(promises),
  ...promises.filter(({ settled }) => settled),
];

interface TableProps {
  promises: PromiseView[];
  locale: string;
  today: string;
  /** Each promise that still waits says how long it has, or how late it is. */
  withClock?: boolean;
  /** Among promises to many customers, each says to which; these are the reader's own. */
  withCustomer?: boolean;
  /** Left out where all are the reader's own. */
  withOwner?: boolean;
  /** What can be done about a promise where it stands. */
  changeOf: (promise: PromiseView) => ReactNode;
}

/** What was promised, and below it to whom: a column of its own would leave the promise no room on a narrow page. */
function ToCustomer({ promise }: { promise: PromiseView }) {
  return (
    <Flex direction="column" gap="flush">
      <Text>{promise.what}</Text>
      <Text variant="microcopy">{promise.companyName}</Text>
    </Flex>
  );
}

function stateText(
  { dueOn, state, settled, settledOn }: PromiseView,
  { today, locale, withClock }: Required<Pick<TableProps, 'today' | 'locale' | 'withClock'>>,
): string {
  if (state === 'kept' && settledOn !== null) return PROMISES.keptOn(settledOn, today, locale);
  const label = state === 'broken' && !settled ? PROMISE_OVERDUE : PROMISE_STATE_LABELS[state];
  return settled || !withClock ? label : `${label} · ${PROMISES.clock(daysBetween(today, dueOn))}`;
}

/** Where it stands, and below it what can be said of it. */
function State({ text, change }: { text: string; change: ReactNode }) {
  if (change === null) return text;
  return (
    <Flex direction="column" gap="flush">
      <Text>{text}</Text>
      {change}
    </Flex>
  );
}

/** Promises as a table: what, who, by when, and where it stands; the open ones first, a few at a time. */
function PromiseTable({
  promises,
  locale,
  today,
  withClock = true,
  withCustomer = false,
  withOwner = !withCustomer,
  changeOf,
}: TableProps) {
  const [page, setPage] = useState(1);
  const pageCount = Math.ceil(promises.length / ROWS_A_PAGE);
  const first = (Math.min(page, pageCount) - 1) * ROWS_A_PAGE;
  const paging = pageCount < 2 ? {} : { paginated: true as const, page, pageCount, onPageChange: setPage };
  return (
    <Table density="condensed" {...paging}>
      <TableHead>
        <TableRow>
          <TableHeader>{PROMISES.what}</TableHeader>
          {withOwner ? <TableHeader>{PROMISES.who}</TableHeader> : null}
          <TableHeader width="min">{PROMISES.by}</TableHeader>
          <TableHeader>{PROMISES.state}</TableHeader>
        </TableRow>
      </TableHead>
      <TableBody>
        {waitingFirst(promises)
          .slice(first, first + ROWS_A_PAGE)
          .map((promise) => (
            <TableRow key={promise.promiseId}>
              <TableCell>{withCustomer ? <ToCustomer promise={promise} /> : promise.what}</TableCell>
              {withOwner ? <TableCell>{promise.ownerName}</TableCell> : null}
              <TableCell width="min">{formatPastDay(promise.dueOn, today, locale)}</TableCell>
              <TableCell>
                <State text={stateText(promise, { today, locale, withClock })} change={changeOf(promise)} />
              </TableCell>
            </TableRow>
          ))}
      </TableBody>
    </Table>
  );
}

/** The promise that waits longest for somebody to say how it ended, an overdue one before any other; null where none does. */
function nearestOpen(promises: PromiseView[]): PromiseView | null {
  return unsettled(promises)[0] ?? null;
}

/** Whether one of them has the button that says that it was kept. */
export const hasOpenPromise = (promises: PromiseView[]): boolean => nearestOpen(promises) !== null;

interface SettleProps {
  promise: PromiseView;
  settle: (promise: PromiseView, choice: Choice) => Promise<void>;
  busy: boolean;
}

/** Says how a promise ended, or takes that back; each button names the promise, since several may stand above them. */
function SettlePromise({
  promise,
  label,
  primary,
  settle,
  busy,
}: SettleProps & { label: string; primary: boolean }) {
  const others = promise.choices.filter((choice) => choice !== 'kept');
  return (
    <Flex direction="row" gap="sm" wrap="wrap">
      {promise.choices.includes('kept') ? (
        <LoadingButton
          variant={primary && !promise.settled ? 'primary' : 'secondary'}
          loading={busy}
          onClick={() => settle(promise, 'kept')}
        >
          {PROMISES.which(label, promise.what)}
        </LoadingButton>
      ) : null}
      {others.map((choice) => (
        <Button key={choice} variant="transparent" disabled={busy} onClick={() => settle(promise, choice)}>
          {PROMISES.which(PROMISES.choices[choice], promise.what)}
        </Button>
      ))}
    </Flex>
  );
}

/** What was settled here and has left the list, with a way back for whoever clicked. */
function Settled({ promise, settle, busy }: SettleProps) {
  return (
    <Flex direction="row" gap="sm" align="center" wrap="wrap">
      <Text>{PROMISES.marked(promise)}</Text>
      {promise.choices.includes('open') ? (
        <Button variant="transparent" size="xs" disabled={busy} onClick={() => settle(promise, 'open')}>
          {PROMISES.choices.open}
        </Button>
      ) : null}
    </Flex>
  );
}

interface ListProps extends Omit<TableProps, 'changeOf'> {
  heading: string;
  /** Of the button for the nearest one. */
  label: string;
  primary: boolean;
  send: Send;
  onSettled: () => void;
  /** Below the table: that there are more, for example. */
  note?: string | null;
}

/** Promises under their heading. The buttons below the table are for the nearest, or for the one that was chosen in its row. */
export function PromiseList({ heading, label, primary, send, onSettled, note = null, ...table }: ListProps) {
  const { promises } = table;
  const write = useWrite();
  const [last, setLast] = useState<PromiseView | null>(null);
  const [chosenId, setChosenId] = useState<string | null>(null);
  const settle = async (promise: PromiseView, outcome: Choice): Promise<void> => {
    const { promiseId } = promise;
    const reply = await write.run(
      (submissionId) => send('settlePromise', { id: promiseId }, { submissionId, outcome }),
      `${outcome} ${promiseId}`,
    );
    if (reply === null) return;
    setLast(reply.promise);
    setChosenId(null);
    onSettled();
  };
  const chosen = promises.find(({ promiseId }) => promiseId === chosenId) ?? null;
  const shown = chosen ?? nearestOpen(promises);
  const isListed = promises.some(({ promiseId }) => promiseId === last?.promiseId);
  const gone = last?.settled === true && !isListed ? last : null;
  if (promises.length === 0 && gone === null) return null;
  return (
    <Flex direction="column" gap="sm">
      <Heading>{heading}</Heading>
      {promises.length === 0 ? null : (
        <PromiseTable
          {...table}
          changeOf={({ promiseId, choices }) =>
            choices.length === 0 || (chosen === null && promiseId === shown?.promiseId) ? null : (
              <Button
                variant="transparent"
                size="xs"
                onClick={() => {
                  setChosenId(promiseId);
                }}
              >
                {PROMISES.change}
              </Button>
            )
          }
        />
      )}
      {note === null ? null : <Text variant="microcopy">{note}</Text>}
      {gone === null ? null : <Settled promise={gone} settle={settle} busy={write.busy} />}
      {shown === null ? null : (
        <SettlePromise
          key={shown.promiseId}
          promise={shown}
          label={label}
          primary={primary}
          settle={settle}
          busy={write.busy}
        />
      )}
      <WriteFailed failure={write.failure} />
    </Flex>
  );
}
