// Copied from extension-kit/FindingReveal.tsx, by `npm run generate`. Do not edit.
import {
  Alert,
  Button,
  Flex,
  Heading,
  Input,
  LoadingButton,
  LoadingSpinner,
  Text,
} from '@hubspot/ui-extensions';
import { useEffect, useState } from 'react';
import type { Failure, Send } from './backend.ts';
import type { DecisionReply, FindingView } from './contract-types.ts';
import { FindingDetails } from './FindingDetails.tsx';
import { WriteFailed } from './LoadStates.tsx';
import { useWrite } from './use-write.ts';
import { FAILURES, FINDING } from './wording.ts';

/** Soon at first, since most logs are read within seconds; then seldom. About five minutes in all. */
const POLL_AFTER_MS = [400, 800, 1_500, 2_500, 4_000, 6_000, 10_000, 15_000, 30_000, 60_000, 60_000, 120_000];

/** A decision is worked out within seconds: so many more looks show what became of it. */
const LOOKS_AFTER_DECISION = 5;

/** Asks for the finding until it is ready, and for a while after a decision. */
function useFinding(findingId: string, send: Send) {
  const [finding, setFinding] = useState<FindingView | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [round, setRound] = useState(0);
  const [looks, setLooks] = useState(0);
  const waiting = finding?.state !== 'ready' || round < looks;

  useEffect(() => {
    const pauseMs = POLL_AFTER_MS[round];
    if (!waiting || pauseMs === undefined) return undefined;
    let active = true;
    const timer = setTimeout(
      () => {
        void send('getFinding', { id: findingId }, null).then((outcome) => {
          if (!active) return;
          if (outcome.ok) setFinding(outcome.value.finding);
          setFailure(outcome.ok ? null : outcome.failure);
          setRound(round + 1);
        });
      },
      round === 0 ? 0 : pauseMs,
    );
    return () => {
      active = false;
      clearTimeout(timer);
    };
  }, [findingId, send, round, waiting]);

  const again = (): void => {
    setFailure(null);
    setRound(0);
  };
  const decided = (next: FindingView): void => {
    setFinding(next);
    setLooks(LOOKS_AFTER_DECISION);
    setRound(1);
  };
  const lookAgain = (): void => {
    setLooks(1);
    setRound(0);
  };
  const gaveUp = waiting && POLL_AFTER_MS[round] === undefined;
  return { finding, decided, lookAgain, failure, again, gaveUp };
}

interface DecideProps {
  finding: FindingView;
  primary: boolean;
  send: Send;
  onDecided: (reply: DecisionReply) => void;
  /** What was on the page is not how things are any more. */
  onStale: () => void;
}

/** The manager's answer to the replies that stand above it: accepted, or not with one sentence why. */
function Decide({ finding, primary, send, onDecided, onStale }: DecideProps) {
  const [reason, setReason] = useState('');
  const write = useWrite();
  const decide = async (accept: boolean): Promise<void> => {
    const replyIds = finding.replies.map(({ replyId }) => replyId);
    const decision = { replyIds, accept, reason: reason.trim() };
    const reply = await write.run(async (submissionId) => {
      const outcome = await send('decideFinding', { id: finding.findingId }, { submissionId, ...decision });
      if (!outcome.ok && outcome.failure.code === 'conflict') onStale();
      return outcome;
    });
    if (reply === null) return;
    setReason('');
    onDecided(reply);
  };
  return (
    <Flex direction="column" gap="sm">
      <Input label={FINDING.reason} name="decisionReason" value={reason} onInput={setReason} />
      <Flex direction="row" gap="sm">
        <LoadingButton
          variant={primary ? 'primary' : 'secondary'}
          loading={write.busy}
          onClick={() => decide(true)}
        >
          {FINDING.accept}
        </LoadingButton>
        <Button
          variant="secondary"
          disabled={write.busy || reason.trim() === ''}
          onClick={() => decide(false)}
        >
          {FINDING.refuse}
        </Button>
      </Flex>
      <WriteFailed failure={write.failure} />
    </Flex>
  );
}

/** The log could not be read so far: why, and a way to ask at once. */
function NotRead({ failure, again }: { failure: Failure | null; again: () => void }) {
  return (
    <Flex direction="row" gap="sm" align="center" wrap="wrap">
      <Text variant="microcopy">{failure?.message ?? FINDING.later}</Text>
      <Button variant="transparent" size="xs" onClick={again}>
        {FAILURES.retry}
      </Button>
    </Flex>
  );
}

/** What the log says: shown only after the customer's answer is saved, and only once it is known. */
export function FindingReveal({
  findingId,
  send,
  locale,
  primary = false,
  onDecided,
}: {
  findingId: string;
  send: Send;
  locale: string;
  /** A reply that waits is the one thing to do on its surface. */
  primary?: boolean;
  onDecided?: () => void;
}) {
  const { finding, decided, lookAgain, failure, again, gaveUp } = useFinding(findingId, send);
  const [added, setAdded] = useState<string | null>(null);
  return (
    <Flex direction="column" gap="xs">
      <Heading>{FINDING.title}</Heading>
      {finding?.state === 'ready' ? (
        <>
          <FindingDetails finding={finding} locale={locale} />
          {added === null ? null : <Alert title={added} variant="info" />}
          {finding.canDecide ? (
            <Decide
              finding={finding}
              primary={primary}
              send={send}
              onDecided={(reply) => {
                setAdded(reply.added);
                decided(reply.finding);
                onDecided?.();
              }}
              onStale={lookAgain}
            />
          ) : null}
        </>
      ) : (
        <>
          {failure === null && !gaveUp ? (
            <LoadingSpinner label={FINDING.reading} showLabel size="sm" />
          ) : (
            <NotRead failure={failure} again={again} />
          )}
          {failure === null && finding?.state === 'incomplete' && !gaveUp ? (
            <Text variant="microcopy">{FINDING.later}</Text>
          ) : null}
        </>
      )}
    </Flex>
  );
}
