import { Accordion, Flex, List, Text } from '@hubspot/ui-extensions';
import type { ProgramView } from './generated/contract-types.ts';
import { formatInstant } from './generated/dates.ts';
import { SETTINGS } from './generated/wording-pages.ts';

interface Entry {
  /** Its day, or its instant: both sort as text. */
  at: string;
  title: string;
  lines: string[];
}

type Program = Pick<ProgramView, 'history' | 'recallHistory'>;

function savedBy({ history }: Program, locale: string): Entry[] {
  return history.map(({ version, savedAt, savedByName, changes }) => ({
    at: savedAt,
    title: SETTINGS.savedBy(version, savedByName, formatInstant(savedAt, locale)),
    lines: changes.length === 0 ? [SETTINGS.nothingChanged] : changes,
  }));
}

function measured({ recallHistory }: Program, locale: string): Entry[] {
  return recallHistory.map(({ since, changes }) => ({
    at: since,
    title: SETTINGS.measuredSince(since, locale),
    lines: changes,
  }));
}

function Entries({ entries }: { entries: Entry[] }) {
  return (
    <Flex direction="column" gap="md">
      {entries.map(({ at, title, lines }) => (
        <Flex key={`${at} ${title}`} direction="column" gap="xs">
          <Text variant="microcopy">{title}</Text>
          <List variant="unordered-styled">
            {lines.map((line) => (
              <Text key={line}>{line}</Text>
            ))}
          </List>
        </Flex>
      ))}
    </Flex>
  );
}

/** Every version of the rules, and what the account's answers changed of them: who or what, when, and from what to what. */
export function History({ program, locale }: { program: Program; locale: string }) {
  const entries = [...savedBy(program, locale), ...measured(program, locale)];
  if (entries.length === 0) return null;
  entries.sort((one, other) => other.at.localeCompare(one.at));
  return (
    <Accordion title={SETTINGS.history} size="sm">
      <Entries entries={entries} />
    </Accordion>
  );
}

/** Beside what memory is weighed by now: since when, and what it was before. */
export function RecallHistory({ program, locale }: { program: Program; locale: string }) {
  const entries = measured(program, locale);
  if (entries.length === 0) return null;
  return (
    <>
      <Text format={{ fontWeight: 'demibold' }}>{SETTINGS.recallChanged}</Text>
      <Entries entries={entries} />
    </>
  );
}
