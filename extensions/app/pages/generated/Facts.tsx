// Copied from extension-kit/Facts.tsx, by `npm run generate`. Do not edit.
import { DescriptionList, DescriptionListItem, Text } from '@hubspot/ui-extensions';

/** Facts with their labels, in HubSpot's list for them. */
export function Facts({
  facts,
  direction,
}: {
  facts: readonly { readonly label: string; readonly value: string }[];
  direction: 'row' | 'column';
}) {
  return (
    <DescriptionList direction={direction}>
      {facts.map(({ label, value }) => (
        <DescriptionListItem key={label} label={label}>
          <Text>{value}</Text>
        </DescriptionListItem>
      ))}
    </DescriptionList>
  );
}
