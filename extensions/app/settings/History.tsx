import { Accordion, Flex, List, Text } from '@hubspot/ui-extensions';
import type { ProgramView } from './generated/contract-types.ts';
import { formatInstant } from './generated/dates.ts';
import { SETTINGS } from './generated/wording-pages.ts';

/** Every version of the rules: who saved it, when, and what it changed from what to what. */
export function History({ history, locale }: { history: ProgramView['history']; locale: string }) {
  if (history.length === 0) return null;
  return (
    <Accordion title={SETTINGS.history} size="sm">
      <Flex direction="column" gap="md">
        {history.map(({ version, savedAt, savedByName, changes }) => (
          <Flex key={version} direction="column" gap="xs">
            <Text variant="microcopy">
              {SETTINGS.savedBy(version, savedByName, formatInstant(savedAt, locale))}
            </Text>
            <List variant="unordered-styled">
              {(changes.length === 0 ? [SETTINGS.nothingChanged] : changes).map((line) => (
                <Text key={line}>{line}</Text>
              ))}
            </List>
          </Flex>
        ))}
      </Flex>
    </Accordion>
  );
}
