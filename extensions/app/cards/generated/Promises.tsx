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
} from '@hubspot/ui-extensions';
import { useState } from 'react';
import type { Send } from './backend.ts';
import type { PromiseView } from './contract-types.ts';
import { daysBetween, formatShortDay } from './dates.ts';
import { WriteFailed } from './LoadStates.tsx';
import { useWrite } from './use-write.ts';
import { MANAGER, PROMISES, PROMISE_STATE_LABELS } from './wording.ts';

/** More rows than this would push everything else out of sight. */
const ROWS_A_PAGE = 5;

const openFirst = (promises: PromiseView[]): PromiseView[] =>
  [...promises].sort((one, other) => Number(other.state === 'open') - Number(one.state === 'open'));

interface TableProps {
  promises: PromiseView[];
  locale: string;
  /** With it, each promise that still waits says how long it has, or how late it is. */
  today?: string;
  /** Among promises to many customers, each says to which. */
  withCustomer?: boolean;
  /** Left out where all are the reader's own. */
  withOwner?: boolean;
}

function stateText({ dueOn, state }: PromiseView, today: string | undefined): string {
  const label = PROMISE_STATE_LABELS[state];
  return today === undefined || state === 'kept'
    ? label
    : `${label} · ${PROMISES.clock(daysBetween(today, dueOn))}`;
}

/** Promises as a table: what, who, by when, and where it stands; the open ones first, a few at a time. */
export function PromiseTable({
  promises,
  locale,
  today,
  withCustomer = false,
  withOwner = true,
}: TableProps) {
  const customer = withCustomer ? [PROMISES.customer] : [];
  const owner = withOwner ? [PROMISES.who] : [];
  const [page, setPage] = useState(1);
  const pageCount = Math.ceil(promises.length / ROWS_A_PAGE);
  const first = (Math.min(page, pageCount) - 1) * ROWS_A_PAGE;
  const paging = pageCount < 2 ? {} : { paginated: true as const, page, pageCount, onPageChange: setPage };
  return (
    <Table density="condensed" {...paging}>
      <TableHead>
        <TableRow>
          {[PROMISES.what, ...customer, ...owner, PROMISES.by, PROMISES.state].map((header) => (
            <TableHeader key={header}>{header}</TableHeader>
          ))}
        </TableRow>
      </TableHead>
      <TableBody>
        {openFirst(promises)
          .slice(first, first + ROWS_A_PAGE)
          .map((promise) => (
            <TableRow key={promise.promiseId}>
              <TableCell>{promise.what}</TableCell>
              {withCustomer ? <TableCell>{promise.companyName}</TableCell> : null}
              {withOwner ? <TableCell>{promise.ownerName}</TableCell> : null}
              <TableCell width="min">{formatShortDay(promise.dueOn, locale)}</TableCell>
              <TableCell width="min">{stateText(promise, today)}</TableCell>
            </TableRow>
          ))}
      </TableBody>
    </Table>
  );
}

/** The open promise that is due first, or null. */
export function nearestOpen(promises: PromiseView[]): PromiseView | null {
  const open = promises.filter((promise) => promise.state === 'open');
  return open.sort((one, other) => one.dueOn.localeCompare(other.dueOn))[0] ?? null;
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
