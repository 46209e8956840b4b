// Copied from extension-kit/Promises.tsx, by `npm run generate`. Do not edit.
import {
  Button,
  Flex,
  LoadingButton,
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
  Text,
} from '@hubspot/ui-extensions';
import { useState } from 'react';
import type { Send } from './backend.ts';
import type { PromiseView } from './contract-types.ts';
import { daysBetween, formatPastDay } from './dates.ts';
import { WriteFailed } from './LoadStates.tsx';
import { useWrite } from './use-write.ts';
import { MANAGER, PROMISES, PROMISE_OVERDUE, PROMISE_STATE_LABELS } from './wording.ts';

/** More rows than this would push everything else out of sight. */
const ROWS_A_PAGE = 5;

const byDay = (one: PromiseView, other: PromiseView): number => one.dueOn.localeCompare(other.dueOn);
const unsettled = (promises: PromiseView[]): PromiseView[] =>
  promises.filter(({ settled }) => !settled).sort(byDay);
/** What still waits, the longest due first, then what is settled. */
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

function stateText({ dueOn, state, settled }: PromiseView, today: string, withClock: boolean): string {
  const label = state === 'broken' && !settled ? PROMISE_OVERDUE : PROMISE_STATE_LABELS[state];
  return settled || !withClock ? label : `${label} · ${PROMISES.clock(daysBetween(today, dueOn))}`;
}

/** Promises as a table: what, who, by when, and where it stands; the open ones first, a few at a time. */
export function PromiseTable({
  promises,
  locale,
  today,
  withClock = true,
  withCustomer = false,
  withOwner = !withCustomer,
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
              <TableCell>{stateText(promise, today, withClock)}</TableCell>
            </TableRow>
          ))}
      </TableBody>
    </Table>
  );
}

/** The promise that waits longest for somebody to say how it ended, an overdue one before any other; null where none does. */
export function nearestOpen(promises: PromiseView[]): PromiseView | null {
  return unsettled(promises)[0] ?? null;
}

interface SettleProps {
  promise: PromiseView;
  label: string;
  primary: boolean;
  send: Send;
  onSettled: () => void;
}

/** Says whether a promise was kept; both buttons name the promise, since several may stand above them. */
export function SettlePromise({ promise, label, primary, send, onSettled }: SettleProps) {
  const write = useWrite();
  const settle = async (outcome: 'kept' | 'broken'): Promise<void> => {
    const reply = await write.run((submissionId) =>
      send('settlePromise', { id: promise.promiseId }, { submissionId, outcome }),
    );
    if (reply !== null) onSettled();
  };
  return (
    <Flex direction="column" gap="xs">
      <Flex direction="row" gap="sm" wrap="wrap">
        <LoadingButton
          variant={primary ? 'primary' : 'secondary'}
          loading={write.busy}
          onClick={() => settle('kept')}
        >
          {PROMISES.which(label, promise.what)}
        </LoadingButton>
        <Button variant="transparent" disabled={write.busy} onClick={() => settle('broken')}>
          {PROMISES.which(MANAGER.notKept, promise.what)}
        </Button>
      </Flex>
      <WriteFailed failure={write.failure} />
    </Flex>
  );
}
