import { Accordion, Flex, Text } from '@hubspot/ui-extensions';
import type { MethodPanel, ProgramView } from './generated/contract-types.ts';
import { SETTINGS } from './generated/wording-pages.ts';
import { Facts } from './generated/Facts.tsx';

function Panel({ title, panel }: { title: string; panel: MethodPanel }) {
  return (
    <Accordion title={title} size="sm">
      <Flex direction="column" gap="sm">
        <Text>{panel.note}</Text>
        {panel.facts.length === 0 ? null : <Facts facts={panel.facts} direction="column" />}
      </Flex>
    </Accordion>
  );
}

/** Below the steps, closed: what the team's calls can find, and what was measured of customers' memory. */
export function MethodPanels({ program }: { program: ProgramView }) {
  return (
    <>
      <Panel title={SETTINGS.planner} panel={program.planner} />
      <Panel title={SETTINGS.recall} panel={program.recall} />
    </>
  );
}
