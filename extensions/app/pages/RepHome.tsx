import { Accordion, Button, Flex, Heading, List, StatusTag, Text, Tile } from '@hubspot/ui-extensions';
import type { ReactNode } from 'react';
import { CompanyPanel } from './CompanyPanel.tsx';
import { Acknowledge } from './generated/Acknowledge.tsx';
import type { Send } from './generated/backend.ts';
import type { HomeView, RepHome as Home } from './generated/contract-types.ts';
import type { Host } from './generated/host.ts';
import { Leave } from './generated/Leave.tsx';
import { PromiseList } from './generated/Promises.tsx';
import { HYGIENE } from './generated/wording-method.ts';
import { GATE, HOME } from './generated/wording-pages.ts';
import { PROMISES, quoted } from './generated/wording.ts';
import { Facts } from './generated/Facts.tsx';
import { Thanks } from './generated/Thanks.tsx';
import { useHeldRow } from './use-held-row.ts';

const NEWEST_WORDS = 3;

interface Props {
  home: Home;
  thanks: HomeView['thanks'];
  host: Host;
  today: string;
  /** False where the page already has its one primary button. */
  primary: boolean;
  /** False where they stand in the manager's part already. */
  withPromises: boolean;
  send: Send;
  onChanged: () => void;
  /** What else waits for the rep. */
  children: ReactNode;
}

function Words({ words, today, host }: { words: Home['words'][number]; today: string; host: Host }) {
  const { liked } = words;
  return (
    <Tile compact>
      <Flex direction="column" gap="xs">
        {words.isNew ? (
          <Flex direction="row">
            <StatusTag variant="info">{HOME.newWords}</StatusTag>
          </Flex>
        ) : null}
        {liked === null ? null : <Text format={{ italic: true }}>{quoted(liked)}</Text>}
        <Text format={{ italic: true }}>{quoted(words.words)}</Text>
        <Text variant="microcopy">
          {HOME.saidBy(words.respondentName, words.companyName, words.happenedOn, today, host.locale)}
        </Text>
        {liked === null ? null : (
          <Flex direction="row">
            <Button
              variant="transparent"
              size="xs"
              onClick={() => {
                host.copy(`${quoted(liked)} ${words.respondentName}, ${words.companyName}`);
              }}
            >
              {HOME.copy}
            </Button>
          </Flex>
        )}
      </Flex>
    </Tile>
  );
}

/** The newest words open, so that what waits below them is seen; earlier ones folded. */
function AllWords({ home, today, host }: Pick<Props, 'home' | 'today' | 'host'>) {
  const listOf = (some: Home['words']) =>
    some.map((words) => <Words key={words.checkInId} words={words} today={today} host={host} />);
  const older = home.words.slice(NEWEST_WORDS);
  return (
    <>
      {home.words.length === 0 ? <Text>{HOME.noWords}</Text> : null}
      {listOf(home.words.slice(0, NEWEST_WORDS))}
      {older.length === 0 ? null : (
        <Accordion title={HOME.olderWords(older.length)} size="sm">
          <Flex direction="column" gap="sm">
            {listOf(older)}
          </Flex>
        </Accordion>
      )}
    </>
  );
}

function Waiting({ home, host, onChanged }: Pick<Props, 'home' | 'host' | 'onChanged'>) {
  const { rows, hold, letGo } = useHeldRow(home.waitingForReply, ({ findingId }) => findingId);
  if (rows.length === 0) return null;
  return (
    <>
      <Heading>{HOME.waiting}</Heading>
      {rows.map((item) => (
        <Flex key={item.findingId} direction="row" justify="between" align="center" gap="sm">
          <Text>{HOME.replyUntil(item.companyName, item.replyUntil, host.locale)}</Text>
          <CompanyPanel
            companyId={item.companyId}
            companyName={item.companyName}
            label={HOME.open}
            host={host}
            onOpened={() => {
              hold(item);
            }}
            onClosed={() => {
              letGo();
              onChanged();
            }}
          />
        </Flex>
      ))}
    </>
  );
}

/** What would make the rep's own records easier to use: theirs alone to read. */
function Hygiene({ facts }: { facts: Home['hygiene'] }) {
  if (facts.length === 0) return null;
  return (
    <Accordion title={HYGIENE.title} size="sm">
      <Flex direction="column" gap="sm">
        <Text variant="microcopy">{HYGIENE.intro}</Text>
        <Facts facts={facts} direction="row" />
      </Flex>
    </Accordion>
  );
}

/** The rep's page: the good words first, then what they promised and what waits for them. */
export function RepHome({
  home,
  thanks,
  host,
  today,
  primary,
  withPromises,
  send,
  onChanged,
  children,
}: Props) {
  return (
    <Flex direction="column" gap="md">
      <Acknowledge gate={home.gate} primary={primary} send={send} onDone={onChanged} />
      <Heading>{HOME.words}</Heading>
      <AllWords home={home} today={today} host={host} />
      <Thanks thanks={thanks} today={today} locale={host.locale} />
      {withPromises ? (
        <PromiseList
          heading={HOME.yourPromises}
          promises={home.promises}
          locale={host.locale}
          today={today}
          withCustomer
          label={PROMISES.markKept}
          primary={primary && home.gate.state !== 'needsAcknowledgement'}
          send={send}
          onSettled={onChanged}
        />
      ) : null}
      <Waiting home={home} host={host} onChanged={onChanged} />
      {children}
      {home.manager === null ? null : <Text>{HOME.manager(home.manager, host.locale)}</Text>}
      {home.numbers.length === 0 ? null : (
        <Accordion title={HOME.numbers} size="sm">
          <Flex direction="column" gap="xs">
            {home.numbers.map((line) => (
              <Text key={line}>{line}</Text>
            ))}
          </Flex>
        </Accordion>
      )}
      <Hygiene facts={home.hygiene} />
      <Leave
        leave={home.leave}
        reps={[]}
        today={today}
        locale={host.locale}
        send={send}
        onChanged={onChanged}
      />
      {GATE[home.gate.state] === '' ? null : <Text variant="microcopy">{GATE[home.gate.state]}</Text>}
      <Accordion title={HOME.howItWorks} size="sm">
        <List variant="unordered-styled">
          {home.howItWorks.map((line) => (
            <Text key={line}>{line}</Text>
          ))}
        </List>
      </Accordion>
    </Flex>
  );
}
