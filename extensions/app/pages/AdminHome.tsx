import { DescriptionList, DescriptionListItem, Flex, Heading, StatusTag, Text } from '@hubspot/ui-extensions';
import type { AdminHome as Home } from './generated/contract-types.ts';
import { HOME } from './generated/wording-pages.ts';

/** The admin's part: what is left to set up, and once that is done how the app is doing. */
export function AdminHome({ home }: { home: Home }) {
  const isSetUp = home.checklist.every((item) => item.done);
  return (
    <Flex direction="column" gap="sm">
      {isSetUp ? null : <Heading>{HOME.checklist}</Heading>}
      {isSetUp
        ? null
        : home.checklist.map((item) => (
            <Flex key={item.key} direction="row" gap="sm" align="center">
              <StatusTag variant={item.done ? 'success' : 'default'}>
                {item.done ? HOME.done : HOME.toDo}
              </StatusTag>
              <Text>{item.done || item.hint === '' ? item.label : `${item.label}: ${item.hint}`}</Text>
            </Flex>
          ))}
      {!isSetUp || home.health.length === 0 ? null : (
        <>
          <Heading>{HOME.health}</Heading>
          <DescriptionList direction="row">
            {home.health.map((line) => (
              <DescriptionListItem key={line.label} label={line.label}>
                <Text>{line.value}</Text>
              </DescriptionListItem>
            ))}
          </DescriptionList>
        </>
      )}
    </Flex>
  );
}
