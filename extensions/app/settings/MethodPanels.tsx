import { Accordion, Flex, Text } from '@hubspot/ui-extensions';
import type { ReactNode } from 'react';
import type { MethodPanel, ProgramView } from './generated/contract-types.ts';
import { Facts } from './generated/Facts.tsx';
import { SETTINGS } from './generated/wording-pages.ts';
import { RecallHistory } from './History.tsx';

function Panel({ title, panel, children }: { title: string; panel: MethodPanel; children?: ReactNode }) {
  return (
    <Accordion title={title} size="sm">
      <Flex direction="column" gap="sm">
        <Text>{panel.note}</Text>
        {panel.facts.length === 0 ? null : <Facts facts={panel.facts} direction="column" />}
        {children}
      </Flex>
    </Accordion>
  );
}

/** Below the steps, closed: what the team's calls can find, and what was measured of customers' memory. */
export function MethodPanels({ program, locale }: { program: ProgramView; locale: string }) {
  return (
    <>
      <Panel title={SETTINGS.planner} panel={program.planner} />
      <Panel title={SETTINGS.recall} panel={program.recall}>
        <RecallHistory program={program} locale={locale} />
      </Panel>
    </>
  );
}
