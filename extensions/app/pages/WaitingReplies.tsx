import { Button, Flex, Heading, Panel, PanelBody, Text } from '@hubspot/ui-extensions';
import { useState } from 'react';
import type { Send } from './generated/backend.ts';
import type { ManagerHome } from './generated/contract-types.ts';
import { FindingReveal } from './generated/FindingReveal.tsx';
import { HOME } from './generated/wording-pages.ts';
import { useHeldRow } from './use-held-row.ts';

type Reply = ManagerHome['repliesWaiting'][number];

interface Props {
  locale: string;
  send: Send;
  onClosed: () => void;
}

/** The finding itself in a panel, also where somebody else calls this customer by now. It is read when it is opened, not before. */
function ReadReply({
  reply,
  locale,
  send,
  onOpened,
  onClosed,
}: Props & { reply: Reply; onOpened: () => void }) {
  const [opened, setOpened] = useState(false);
  return (
    <Button
      variant="secondary"
      size="xs"
      onClick={() => {
        setOpened(true);
        onOpened();
      }}
      overlay={
        <Panel id={`reply-${reply.findingId}`} title={reply.companyName} width="md" onClose={onClosed}>
          <PanelBody>
            {opened ? <FindingReveal findingId={reply.findingId} send={send} locale={locale} /> : null}
          </PanelBody>
        </Panel>
      }
    >
      {HOME.readReply}
    </Button>
  );
}

/** Replies that the reader has to decide, the soonest day first; nothing where there are none. */
export function WaitingReplies({ replies, ...props }: Props & { replies: Reply[] }) {
  const { rows, hold, letGo } = useHeldRow(replies, ({ findingId }) => findingId);
  if (rows.length === 0) return null;
  return (
    <Flex direction="column" gap="sm">
      <Heading>{HOME.repliesWaiting}</Heading>
      {rows.map((reply) => (
        <Flex key={reply.findingId} direction="row" justify="between" align="center" gap="sm">
          <Text>{HOME.replyWaits(reply.repName, reply.companyName, reply.decideBy, props.locale)}</Text>
          <ReadReply
            reply={reply}
            {...props}
            onOpened={() => {
              hold(reply);
            }}
            onClosed={() => {
              letGo();
              props.onClosed();
            }}
          />
        </Flex>
      ))}
      <Text variant="microcopy">{HOME.replyWaitsHint}</Text>
    </Flex>
  );
}
