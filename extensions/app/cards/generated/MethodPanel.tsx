// Copied from extension-kit/MethodPanel.tsx, by `npm run generate`. Do not edit.
import { Button, Flex, Heading, List, Panel, PanelBody, Text } from '@hubspot/ui-extensions';
import { useState } from 'react';
import type { MethodSection } from './contract-types.ts';
import { Loading } from './LoadStates.tsx';
import { useMethod } from './use-resource.ts';
import { METHOD } from './wording-method.ts';
import { Facts } from './Facts.tsx';

function Section({ section }: { section: MethodSection }) {
  const { title, lines, facts } = section;
  return (
    <Flex direction="column" gap="xs">
      <Heading>{title}</Heading>
      {lines.length === 0 ? null : (
        <List variant="unordered-styled">
          {lines.map((line) => (
            <Text key={line}>{line}</Text>
          ))}
        </List>
      )}
      {facts.length === 0 ? null : <Facts facts={facts} direction="column" />}
    </Flex>
  );
}

function MethodText() {
  const { loaded } = useMethod();
  if (loaded.status === 'loading') return <Loading />;
  if (loaded.status === 'failed') return <Text>{loaded.failure.message}</Text>;
  return (
    <Flex direction="column" gap="md">
      {loaded.value.sections.map((section) => (
        <Section key={section.title} section={section} />
      ))}
    </Flex>
  );
}

/** A quiet button that opens the whole method in a panel; read when it is first opened, not before. */
export function MethodPanel({ id }: { id: string }) {
  const [opened, setOpened] = useState(false);
  return (
    <Flex direction="row">
      <Button
        variant="transparent"
        size="xs"
        onClick={() => {
          setOpened(true);
        }}
        overlay={
          <Panel id={`method-${id}`} title={METHOD.title} width="md">
            <PanelBody>{opened ? <MethodText /> : null}</PanelBody>
          </Panel>
        }
      >
        {METHOD.open}
      </Button>
    </Flex>
  );
}
