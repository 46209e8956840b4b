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
import type { Send } from './backend.ts';
import type { PromiseView } from './contract-types.ts';
import { formatShortDay } from './dates.ts';
import { WriteFailed } from './LoadStates.tsx';
import { useWrite } from './use-write.ts';
import { MANAGER, PROMISES, PROMISE_STATE_LABELS } from './wording.ts';

const HEADERS = [PROMISES.what, PROMISES.who, PROMISES.by, PROMISES.state];

/** Promises as a table: what, who, by when, and where it stands. */
export function PromiseTable({ promises, locale }: { promises: PromiseView[]; locale: string }) {
  return (
    <Table density="condensed">
      <TableHead>
        <TableRow>
          {HEADERS.map((header) => (
            <TableHeader key={header}>{header}</TableHeader>
          ))}
        </TableRow>
      </TableHead>
      <TableBody>
        {promises.map((promise) => (
          <TableRow key={promise.promiseId}>
            <TableCell>{promise.what}</TableCell>
            <TableCell>{promise.ownerName}</TableCell>
            <TableCell>{formatShortDay(promise.dueOn, locale)}</TableCell>
            <TableCell>{PROMISE_STATE_LABELS[promise.state]}</TableCell>
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

/** Says whether a promise was kept. */
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
      <Flex direction="row" gap="sm">
        <LoadingButton
          variant={primary ? 'primary' : 'secondary'}
          loading={write.busy}
          onClick={() => settle('kept')}
        >
          {label}
        </LoadingButton>
        <Button variant="transparent" disabled={write.busy} onClick={() => settle('broken')}>
          {MANAGER.notKept}
        </Button>
      </Flex>
      <WriteFailed failure={write.failure} />
    </Flex>
  );
}
