import { Flex, LoadingButton, Text, Tile } from '@hubspot/ui-extensions';
import type { Send } from './backend.ts';
import type { GateView } from './contract-types.ts';
import { WriteFailed } from './LoadStates.tsx';
import { useWrite } from './use-write.ts';
import { REP } from './wording.ts';

interface Props {
  gate: GateView;
  /** Whether this is the one thing to do on its surface. */
  primary?: boolean;
  send: Send;
  onDone: () => void;
}

/** The announcement, shown until it is acknowledged: nothing is compared before that. */
export function Acknowledge({ gate, primary = true, send, onDone }: Props) {
  const write = useWrite();
  if (gate.state !== 'needsAcknowledgement') return null;
  const acknowledge = async (): Promise<void> => {
    const reply = await write.run((submissionId) => send('acknowledge', {}, { submissionId }));
    if (reply !== null) onDone();
  };
  return (
    <Tile>
      <Flex direction="column" gap="sm">
        <Text format={{ fontWeight: 'demibold' }}>{REP.gateTitle}</Text>
        <Text>{gate.announcementText ?? ''}</Text>
        <Flex direction="row">
          <LoadingButton
            variant={primary ? 'primary' : 'secondary'}
            loading={write.busy}
            onClick={acknowledge}
          >
            {REP.acknowledge}
          </LoadingButton>
        </Flex>
        <WriteFailed failure={write.failure} />
      </Flex>
    </Tile>
  );
}
