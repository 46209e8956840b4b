import { DescriptionList, DescriptionListItem, Flex, Text } from '@hubspot/ui-extensions';
import type { ProgramView } from './generated/contract-types.ts';
import { USAGE } from './generated/wording-method.ts';

function Counts({ title, counts }: { title: string; counts: { name: string; records: number }[] }) {
  if (counts.length === 0) return null;
  return (
    <Flex direction="column" gap="xs">
      <Text variant="microcopy">{title}</Text>
      <DescriptionList direction="row">
        {counts.map(({ name, records }) => (
          <DescriptionListItem key={name} label={name}>
            <Text>{USAGE.records(records)}</Text>
          </DescriptionListItem>
        ))}
      </DescriptionList>
    </Flex>
  );
}

/** What the account's log really uses of sources and outcomes, so that the choices above meet it. */
export function LogUsage({ usage }: { usage: ProgramView['usage'] }) {
  const sources = usage.sources.map(({ label, detail, records }) => ({
    name: detail === '' ? label : `${label} · ${detail}`,
    records,
  }));
  const outcomes = usage.dispositions.map(({ label, records }) => ({ name: label, records }));
  return (
    <Flex direction="column" gap="sm">
      <Text format={{ fontWeight: 'demibold' }}>{USAGE.title}</Text>
      <Text variant="microcopy">{usage.note}</Text>
      <Counts title={USAGE.sources} counts={sources} />
      <Counts title={USAGE.outcomes} counts={outcomes} />
    </Flex>
  );
}
