// Copied from extension-kit/OpenFindings.tsx, by `npm run generate`. Do not edit.
import { Button, Flex, Text } from '@hubspot/ui-extensions';
import { useState } from 'react';
import type { Send } from './backend.ts';
import type { ManagerView } from './contract-types.ts';
import { FindingReveal } from './FindingReveal.tsx';
import { FINDING } from './wording.ts';

type Open = ManagerView['findings'][number];

interface Props {
  view: ManagerView;
  locale: string;
  send: Send;
}

/** One of them: which talk it is about. What the log says of it is read only by whoever asks for it. */
function OpenFinding({ finding, view, locale, send }: Props & { finding: Open }) {
  const [isShown, setShown] = useState(false);
  const { findingId, respondentName, askedOn, decideBy } = finding;
  // Once it is read, the finding below says what became of the reply.
  const waits = decideBy !== null && !isShown;
  return (
    <Flex direction="column" gap="xs">
      <Text variant={waits ? 'bodytext' : 'microcopy'}>
        {waits
          ? FINDING.waits(respondentName, askedOn, decideBy, view.today, locale)
          : `${FINDING.title}: ${FINDING.about(respondentName, askedOn, view.today, locale)}`}
      </Text>
      {isShown ? (
        <FindingReveal findingId={findingId} send={send} locale={locale} />
      ) : (
        <Flex direction="row">
          <Button
            variant={waits ? 'secondary' : 'transparent'}
            size="xs"
            onClick={() => {
              setShown(true);
            }}
          >
            {waits ? FINDING.readReply : FINDING.show}
          </Button>
        </Flex>
      )}
    </Flex>
  );
}

/** The reader's other findings at this company that are not over: a reply to decide, or a window that is still open. */
export function OpenFindings({ besides, ...props }: Props & { besides: string | null }) {
  const others = props.view.findings.filter(({ findingId }) => findingId !== besides);
  return others.map((finding) => <OpenFinding key={finding.findingId} finding={finding} {...props} />);
}
