import {
  Button,
  Flex,
  Heading,
  Link,
  Panel,
  PanelBody,
  PanelFooter,
  Text,
  Tile,
} from '@hubspot/ui-extensions';
import { useState } from 'react';
import { CompanyCard } from './generated/CompanyCard.tsx';
import type { CallView } from './generated/contract-types.ts';
import type { Host } from './generated/host.ts';
import { HOME } from './generated/wording-pages.ts';

interface Props {
  calls: CallView[];
  /** All calls that are due; the list holds the first of them. */
  dueTotal: number;
  today: string;
  host: Host;
  onClosed: () => void;
}

const PANEL = 'calls-of-today';
const SHOWN_ROWS = 2;

/** One customer after the other in one panel, without a page load between them. */
function CallPanel({ calls, host, onClosed }: Pick<Props, 'calls' | 'host' | 'onClosed'>) {
  const [queue, setQueue] = useState<CallView[] | null>(null);
  const [index, setIndex] = useState(0);
  const [isHandled, setIsHandled] = useState(false);
  const call = queue?.[index];
  const next = queue?.[index + 1];
  const open = (): void => {
    // The list shrinks while calls are made; the panel walks through it as it was when it was opened.
    setQueue(calls);
    setIndex(0);
    setIsHandled(false);
  };
  return (
    <Button
      variant="primary"
      onClick={open}
      overlay={
        <Panel id={PANEL} title={call?.companyName ?? HOME.title} width="md" onClose={onClosed}>
          <PanelBody>
            {call === undefined ? null : (
              <CompanyCard
                key={call.companyId}
                companyId={call.companyId}
                host={host}
                onHandled={() => {
                  setIsHandled(true);
                }}
              />
            )}
          </PanelBody>
          <PanelFooter>
            <Flex direction="row" gap="sm" align="center" wrap="wrap">
              {next === undefined ? null : (
                <Button
                  variant="secondary"
                  onClick={() => {
                    setIndex(index + 1);
                    setIsHandled(false);
                  }}
                >
                  {HOME.next}
                </Button>
              )}
              <Text variant="microcopy">
                {next === undefined && isHandled
                  ? HOME.lastOne
                  : HOME.place(index, queue?.length ?? 0, next?.companyName)}
              </Text>
              {call === undefined ? null : (
                <Link href={{ url: call.companyUrl, external: true }}>{HOME.record}</Link>
              )}
            </Flex>
          </PanelFooter>
        </Panel>
      }
    >
      {HOME.start}
    </Button>
  );
}

function Row({ call, today, locale }: { call: CallView; today: string; locale: string }) {
  return (
    <Flex direction="column" gap="flush">
      <Text format={{ fontWeight: 'demibold' }}>{call.companyName}</Text>
      <Text variant="microcopy">
        {[call.contactName, call.phone, call.why, HOME.due(call.dueOn, today, locale)]
          .filter(Boolean)
          .join(' · ')}
      </Text>
    </Flex>
  );
}

/** The calls of today: the first one large with its button, two more below. */
export function CallList({ calls, dueTotal, today, host, onClosed }: Props) {
  const [first, ...rest] = calls;
  const hidden = dueTotal - 1 - SHOWN_ROWS;
  return (
    <Flex direction="column" gap="sm">
      <Heading>{HOME.calls(dueTotal)}</Heading>
      {first === undefined ? (
        <Text>{HOME.noCalls}</Text>
      ) : (
        <Tile compact>
          <Flex direction="row" justify="between" align="center" gap="md">
            <Row call={first} today={today} locale={host.locale} />
            <CallPanel calls={calls} host={host} onClosed={onClosed} />
          </Flex>
        </Tile>
      )}
      {rest.slice(0, SHOWN_ROWS).map((call) => (
        <Tile key={call.touchId} compact>
          <Row call={call} today={today} locale={host.locale} />
        </Tile>
      ))}
      {hidden > 0 ? <Text variant="microcopy">{HOME.more(hidden)}</Text> : null}
    </Flex>
  );
}
