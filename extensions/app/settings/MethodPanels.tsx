import { Accordion, DescriptionList, DescriptionListItem, Flex, Text } from '@hubspot/ui-extensions';
import type { MethodPanel, ProgramView } from './generated/contract-types.ts';
import { SETTINGS } from './generated/wording-pages.ts';

function Facts({ title, panel }: { title: string; panel: MethodPanel }) {
  return (
    <Accordion title={title} size="sm">
      <Flex direction="column" gap="sm">
        <Text>{panel.note}</Text>
        {panel.facts.length === 0 ? null : (
          <DescriptionList direction="column">
            {panel.facts.map(({ label, value }) => (
              <DescriptionListItem key={label} label={label}>
                <Text>{value}</Text>
              </DescriptionListItem>
            ))}
          </DescriptionList>
        )}
      </Flex>
    </Accordion>
  );
}

/** Below the steps, closed: what the team's calls can find, and what was measured of customers' memory. */
export function MethodPanels({ program }: { program: ProgramView }) {
  return (
    <>
      <Facts title={SETTINGS.planner} panel={program.planner} />
      <Facts title={SETTINGS.recall} panel={program.recall} />
    </>
  );
}
