import { Button, Flex, Heading, Link, LoadingButton, Text, Tile } from '@hubspot/ui-extensions';
import type { Send } from './generated/backend.ts';
import type { AttentionView, ManagerHome as Home } from './generated/contract-types.ts';
import { WriteFailed } from './generated/LoadStates.tsx';
import { useWrite } from './generated/use-write.ts';
import { HOME } from './generated/wording-pages.ts';

interface Props {
  home: Home;
  locale: string;
  send: Send;
  onChanged: () => void;
}

function Attention({ item, send, onChanged }: { item: AttentionView; send: Send; onChanged: () => void }) {
  const write = useWrite();
  const choose = async (choice: AttentionView['choices'][number]): Promise<void> => {
    const reply = await write.run((submissionId) =>
      send('resolveTouch', { id: item.touchId }, { submissionId, choice }),
    );
    if (reply !== null) onChanged();
  };
  return (
    <Tile compact>
      <Flex direction="column" gap="xs">
        <Link href={{ url: item.companyUrl, external: true }}>{item.companyName}</Link>
        <Text>{item.explanation}</Text>
        <Flex direction="row" gap="sm" wrap="wrap">
          {item.choices.map((choice) => (
            <Button
              key={choice}
              variant="secondary"
              size="xs"
              disabled={write.busy}
              onClick={() => choose(choice)}
            >
              {HOME.choices[choice]}
            </Button>
          ))}
        </Flex>
        <WriteFailed failure={write.failure} />
      </Flex>
    </Tile>
  );
}

type RetryProps = Pick<Props, 'locale' | 'send' | 'onChanged'> & { retry: Home['retries'][number] };

/** After an outage: one press for all that wait for the same plain reason. */
function Retry({ retry: { kind, tasks }, locale, send, onChanged }: RetryProps) {
  const write = useWrite();
  const number = tasks.toLocaleString(locale);
  const retryAll = async (): Promise<void> => {
    const reply = await write.run((submissionId) => send('retryTouches', {}, { submissionId, kind }));
    if (reply !== null) onChanged();
  };
  return (
    <Tile compact>
      <Flex direction="column" gap="xs">
        <Text>{HOME.retries[kind](number)}</Text>
        <Flex direction="row">
          <LoadingButton variant="secondary" size="xs" loading={write.busy} onClick={retryAll}>
            {HOME.retryAll(number)}
          </LoadingButton>
        </Flex>
        <WriteFailed failure={write.failure} />
      </Flex>
    </Tile>
  );
}

/** What waits for a person: first what can be tried again at once, then each customer. Nothing where nothing waits. */
export function AttentionList({ home, locale, send, onChanged }: Props) {
  const { attention, attentionTotal, retries } = home;
  if (attention.length === 0) return null;
  return (
    <>
      <Heading>{HOME.attention}</Heading>
      {retries.map((retry) => (
        <Retry key={retry.kind} retry={retry} locale={locale} send={send} onChanged={onChanged} />
      ))}
      <Text variant="microcopy">{HOME.attentionHint}</Text>
      {attentionTotal > attention.length ? (
        <Text variant="microcopy">{HOME.shownOf(attention.length, attentionTotal, locale)}</Text>
      ) : null}
      {attention.map((item) => (
        <Attention key={item.touchId} item={item} send={send} onChanged={onChanged} />
      ))}
    </>
  );
}
