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

interface Walk {
  readonly calls: CallView[];
  readonly index: number;
  readonly all: number;
}

/** Those that were known, and after them those that are due besides and were not yet in the list. */
function withFurther(known: CallView[], calls: CallView[]): CallView[] {
  const ids = new Set(known.map(({ touchId }) => touchId));
  return [...known, ...calls.filter(({ touchId }) => !ids.has(touchId))];
}

/** The calls as they were when the panel was opened, and what has come to the list since. */
function useWalk({ calls, dueTotal, onClosed }: Pick<Props, 'calls' | 'dueTotal' | 'onClosed'>) {
  const [begun, setBegun] = useState<Walk | null>(null);
  const walk = begun === null ? null : { ...begun, calls: withFurther(begun.calls, calls) };
  return {
    walk,
    open: () => {
      setBegun({ calls, index: 0, all: dueTotal });
    },
    next: () => {
      if (walk === null) return;
      const index = walk.index + 1;
      setBegun({ ...walk, index });
      // The last one that is known: those that were made are off the list now, and others take their place on it.
      if (index === walk.calls.length - 1 && walk.calls.length < walk.all) onClosed();
    },
    close: () => {
      setBegun(null);
      onClosed();
    },
  };
}

function placeText({ calls, index, all }: Walk, isHandled: boolean, locale: string): string {
  const next = calls[index + 1];
  const total = Math.max(all, calls.length);
  if (next !== undefined || !isHandled) return HOME.place(index, total, next?.companyName);
  return total > calls.length ? HOME.lastShown(calls.length, total, locale) : HOME.lastOne;
}

interface PanelProps {
  walk: Walk | null;
  host: Host;
  onOpen: () => void;
  onNext: () => void;
  onClose: () => void;
}

/** One customer after the other in one panel, without a page load between them. */
function CallPanel({ walk, host, onOpen, onNext, onClose }: PanelProps) {
  const [handled, setHandled] = useState<CallView | null>(null);
  const call = walk?.calls[walk.index];
  const hasNext = walk !== null && walk.index + 1 < walk.calls.length;
  return (
    <Button
      variant="primary"
      onClick={onOpen}
      overlay={
        <Panel id={PANEL} title={call?.companyName ?? HOME.title} width="md" onClose={onClose}>
          <PanelBody>
            {call === undefined ? null : (
              <CompanyCard
                key={call.companyId}
                companyId={call.companyId}
                host={host}
                onHandled={() => {
                  setHandled(call);
                }}
              />
            )}
          </PanelBody>
          <PanelFooter>
            <Flex direction="row" gap="sm" align="center" wrap="wrap">
              {hasNext ? (
                <Button variant="secondary" onClick={onNext}>
                  {HOME.next}
                </Button>
              ) : null}
              <Text variant="microcopy">
                {walk === null ? '' : placeText(walk, handled === call, host.locale)}
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
  const { walk, open, next, close } = useWalk({ calls, dueTotal, onClosed });
  return (
    <Flex direction="column" gap="sm">
      <Heading>{HOME.calls(dueTotal)}</Heading>
      {first === undefined && walk === null ? (
        <Text>{HOME.noCalls}</Text>
      ) : (
        <Tile compact>
          <Flex direction="row" justify="between" align="center" gap="md">
            {first === undefined ? (
              <Text>{HOME.noCalls}</Text>
            ) : (
              <Row call={first} today={today} locale={host.locale} />
            )}
            {/* Stays while it is open: the page behind it is read again, and the last call is off the list once it was made. */}
            <CallPanel walk={walk} host={host} onOpen={open} onNext={next} onClose={close} />
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
