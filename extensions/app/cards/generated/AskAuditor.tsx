// Copied from extension-kit/AskAuditor.tsx, by `npm run generate`. Do not edit.
import { Flex, LoadingButton, Text } from '@hubspot/ui-extensions';
import type { Send } from './backend.ts';
import type { FindingView } from './contract-types.ts';
import { WriteFailed } from './LoadStates.tsx';
import { useWrite } from './use-write.ts';
import { FINDING } from './wording.ts';

interface Props {
  finding: FindingView;
  send: Send;
  onAsked: () => void;
}

/** For a rep whose reply was not accepted: whom to ask, by which case, and noting that they do. */
export function AskAuditor({ finding, send, onAsked }: Props) {
  const write = useWrite();
  const { auditor, findingId } = finding;
  if (auditor === null) return null;
  const ask = async (): Promise<void> => {
    const reply = await write.run((submissionId) => send('askAuditor', { id: findingId }, { submissionId }));
    if (reply !== null) onAsked();
  };
  return (
    <Flex direction="column" gap="xs">
      <Text variant="microcopy">{auditor.text}</Text>
      {auditor.canAsk ? (
        <Flex direction="row">
          <LoadingButton variant="secondary" size="xs" loading={write.busy} onClick={ask}>
            {FINDING.askAuditor}
          </LoadingButton>
        </Flex>
      ) : null}
      <WriteFailed failure={write.failure} />
    </Flex>
  );
}
