import { Accordion, Flex, List, LoadingButton, StatusTag, Text, Tile } from '@hubspot/ui-extensions';
import type { Send } from './generated/backend.ts';
import type { PatternView } from './generated/contract-types.ts';
import { WriteFailed } from './generated/LoadStates.tsx';
import { useWrite } from './generated/use-write.ts';
import { PATTERN } from './generated/wording-method.ts';
import { Facts } from './generated/Facts.tsx';

interface Props {
  pattern: PatternView;
  send: Send;
  onChanged: () => void;
}

function Lines({ title, lines }: { title: string; lines: string[] }) {
  if (lines.length === 0) return null;
  return (
    <Accordion title={title} size="sm">
      <List variant="unordered-styled">
        {lines.map((line) => (
          <Text key={line}>{line}</Text>
        ))}
      </List>
    </Accordion>
  );
}

function Numbers({ facts }: { facts: PatternView['facts'] }) {
  if (facts.length === 0) return null;
  return (
    <Accordion title={PATTERN.numbers} size="sm">
      <Facts facts={facts} direction="column" />
    </Accordion>
  );
}

function Pattern({ pattern, send, onChanged }: Props) {
  const write = useWrite();
  const open = async (): Promise<void> => {
    const reply = await write.run((submissionId) =>
      send('openPattern', { id: pattern.patternId }, { submissionId }),
    );
    if (reply !== null) onChanged();
  };
  return (
    <Tile>
      <Flex direction="column" gap="sm">
        <Flex direction="row" gap="sm" align="center">
          <StatusTag variant="default">{pattern.title}</StatusTag>
          <Text variant="microcopy">{PATTERN.about(pattern.repName, pattern.quarter)}</Text>
        </Flex>
        <Text>{pattern.sentence}</Text>
        {pattern.nextStep === '' ? null : <Text>{pattern.nextStep}</Text>}
        <Numbers facts={pattern.facts} />
        <Lines title={PATTERN.customers} lines={pattern.customers} />
        <Lines title={PATTERN.guide} lines={pattern.guide} />
        {pattern.canOpen ? (
          <Flex direction="row">
            <LoadingButton variant="secondary" loading={write.busy} onClick={open}>
              {PATTERN.open}
            </LoadingButton>
          </Flex>
        ) : null}
        <WriteFailed failure={write.failure} />
      </Flex>
    </Tile>
  );
}

/** Patterns of the reader: rare, neutral, below the day's work. */
export function Patterns({
  patterns,
  send,
  onChanged,
}: {
  patterns: PatternView[];
  send: Send;
  onChanged: () => void;
}) {
  return (
    <>
      {patterns.map((pattern) => (
        <Pattern key={pattern.patternId} pattern={pattern} send={send} onChanged={onChanged} />
      ))}
    </>
  );
}
