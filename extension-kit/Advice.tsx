import { Flex, Heading, List, Text } from '@hubspot/ui-extensions';

/** Advice that came with a customer's words, line by line; nothing where there is none. */
export function Advice({ title, lines }: { title: string; lines: string[] }) {
  if (lines.length === 0) return null;
  return (
    <Flex direction="column" gap="xs">
      <Heading>{title}</Heading>
      <List variant="unordered-styled">
        {lines.map((line, place) => (
          <Text key={`${String(place)} ${line}`}>{line}</Text>
        ))}
      </List>
    </Flex>
  );
}
