// Copied from extension-kit/LoadStates.tsx, by `npm run generate`. Do not edit.
import { Alert, Button, ErrorState, Flex, LoadingSpinner, StatusTag, Text } from '@hubspot/ui-extensions';
import { useContext, useState } from 'react';
import type { Failure } from './backend.ts';
import { BASE_URL } from './base-url.ts';
import type { Host } from './host.ts';
import { Reload } from './reload.ts';
import { COMMON, FAILURES } from './wording.ts';

/** The card's bones while it loads, so that nothing jumps when the content arrives. */
export function Loading({ compact = false }: { compact?: boolean }) {
  return (
    <Flex direction="column" gap="sm">
      <Flex direction="row">
        <StatusTag variant="default">{COMMON.loading}</StatusTag>
      </Flex>
      <LoadingSpinner label={COMMON.loading} layout="centered" size={compact ? 'sm' : 'md'} />
    </Flex>
  );
}

/** Nothing could be shown: why, and the way on. */
export function LoadFailed({ failure, host, retry }: { failure: Failure; host: Host; retry: () => void }) {
  // A company outside the program is no error: most records of an account are none of ours.
  if (failure.code === 'not_found') return <Text variant="microcopy">{FAILURES.notOurs}</Text>;
  if (failure.code === 'not_installed') {
    return (
      <ErrorState title={FAILURES.disconnectedTitle} type="lock">
        <Text>{host.canConnectApps ? FAILURES.disconnectedAdmin : FAILURES.disconnected}</Text>
        {host.canConnectApps ? (
          <Button variant="primary" href={{ url: `${BASE_URL}/oauth/install`, external: true }}>
            {FAILURES.reconnect}
          </Button>
        ) : null}
      </ErrorState>
    );
  }
  return (
    <ErrorState title={FAILURES.loadTitle} type="error">
      <Text>{failure.message}</Text>
      {failure.hint === null || failure.hint === FAILURES.wordsKept ? null : <Text>{failure.hint}</Text>}
      <Button variant="primary" onClick={retry}>
        {FAILURES.retry}
      </Button>
    </ErrorState>
  );
}

interface WriteFailedProps {
  failure: Failure | null;
  /** What did not come about, where that is not a save. */
  title?: string;
}

/**
 * A write that failed: said beside the button, which stays and sends the same again. Where things are not as they stand here any
 * more, a button reads them again; the words typed stay, and what was said of the failure goes.
 */
export function WriteFailed({ failure, title = FAILURES.saveTitle }: WriteFailedProps) {
  const reload = useContext(Reload);
  const [isOver, setIsOver] = useState<Failure | null>(null);
  if (failure === null || failure === isOver) return null;
  return (
    <Flex direction="column" gap="xs">
      <Alert title={title} variant="warning">
        {failure.hint === null ? failure.message : `${failure.message} ${failure.hint}`}
      </Alert>
      {reload === null || failure.code !== 'conflict' ? null : (
        <Flex direction="row">
          <Button
            variant="secondary"
            size="xs"
            onClick={() => {
              setIsOver(failure);
              reload();
            }}
          >
            {FAILURES.reload}
          </Button>
        </Flex>
      )}
    </Flex>
  );
}
