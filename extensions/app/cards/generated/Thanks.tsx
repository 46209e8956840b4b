// Copied from extension-kit/Thanks.tsx, by `npm run generate`. Do not edit.
import { Flex, Heading, Text } from '@hubspot/ui-extensions';
import type { KudosView } from './contract-types.ts';
import { quoted } from './wording.ts';
import { THANKS } from './wording-people.ts';

/** One thank you: whom it is for where that is somebody else, the customer's words, and who said them. */
function Kudos({ kudos, today, locale }: { kudos: KudosView; today: string; locale: string }) {
  return (
    <Flex direction="column" gap="flush">
      {kudos.mine ? null : <Text format={{ fontWeight: 'demibold' }}>{THANKS.forName(kudos.toName)}</Text>}
      <Text format={{ italic: true }}>{quoted(kudos.words)}</Text>
      <Text variant="microcopy">
        {THANKS.from(kudos.respondentName, kudos.companyName, kudos.givenOn, today, locale)}
      </Text>
    </Flex>
  );
}

/** Thanks in customers' words; nothing where there are none. */
export function Thanks({ thanks, today, locale }: { thanks: KudosView[]; today: string; locale: string }) {
  if (thanks.length === 0) return null;
  return (
    <Flex direction="column" gap="sm">
      <Heading>{thanks.every(({ mine }) => mine) ? THANKS.forYou : THANKS.title}</Heading>
      {thanks.map((kudos) => (
        <Kudos key={kudos.kudosId} kudos={kudos} today={today} locale={locale} />
      ))}
    </Flex>
  );
}
