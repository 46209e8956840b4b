import {
  Accordion,
  Flex,
  Heading,
  LoadingButton,
  Statistics,
  StatisticsItem,
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
  Text,
} from '@hubspot/ui-extensions';
import { AttentionList } from './AttentionList.tsx';
import { CallList } from './CallList.tsx';
import { Charts } from './Charts.tsx';
import type { Send } from './generated/backend.ts';
import type { ManagerHome as Home } from './generated/contract-types.ts';
import type { Host } from './generated/host.ts';
import { WriteFailed } from './generated/LoadStates.tsx';
import { PromiseList } from './generated/Promises.tsx';
import { RunProgress } from './generated/RunProgress.tsx';
import { useWrite } from './generated/use-write.ts';
import { HOME } from './generated/wording-pages.ts';
import { WaitingReplies } from './WaitingReplies.tsx';
import { FAILURES, MANAGER, quoted } from './generated/wording.ts';

interface Props {
  home: Home;
  today: string;
  host: Host;
  send: Send;
  onChanged: () => void;
}

function Numbers({ home }: { home: Home }) {
  const { quarter, promiseCounts, keptByMe } = home;
  return (
    <Statistics>
      <StatisticsItem label={HOME.heardFrom} number={HOME.of(quarter.heardFrom, quarter.accounts)} />
      <StatisticsItem label={HOME.promisesDue} number={promiseCounts.due} />
      <StatisticsItem label={HOME.keptByYou} number={HOME.of(keptByMe.kept, keptByMe.total)} />
    </Statistics>
  );
}

/** How many were reached, and on time, while there are too few for a rate; below the charts once there are enough. */
function SoFar({ home, locale }: { home: Home; locale: string }) {
  const { accounts, attempted, heardFrom, onTime } = home.quarter;
  const hasRate = (kind: 'reached' | 'onTime') => home.charts.rates.some((rate) => rate.kind === kind);
  const lines = [
    ...(attempted === 0 || hasRate('reached') ? [] : [HOME.reachedSoFar(heardFrom, attempted, locale)]),
    ...(heardFrom === 0 || hasRate('onTime') ? [] : [HOME.onTimeSoFar(onTime, heardFrom, locale)]),
  ];
  return accounts === 0 || lines.length === 0 ? null : <Text variant="microcopy">{lines.join(' ')}</Text>;
}

function Run({ home, send, onChanged }: Omit<Props, 'host' | 'today'>) {
  const write = useWrite();
  const plan = async (): Promise<void> => {
    const reply = await write.run((submissionId) => send('planNow', {}, { submissionId }));
    if (reply !== null) onChanged();
  };
  return (
    <Accordion title={`${HOME.run(home.quarter.name)}: ${HOME.runStates[home.run.state]}`} size="sm">
      <Flex direction="column" gap="sm">
        <Text>{HOME.runCounts(home.run)}</Text>
        {home.run.message === '' ? null : <Text variant="microcopy">{home.run.message}</Text>}
        <Flex direction="row">
          <LoadingButton variant="secondary" loading={write.busy} onClick={plan}>
            {HOME.planNow}
          </LoadingButton>
        </Flex>
        <WriteFailed failure={write.failure} title={FAILURES.planTitle} />
      </Flex>
    </Accordion>
  );
}

function Team({ team }: { team: Home['team'] }) {
  if (team.length === 0) return null;
  return (
    <Accordion title={HOME.team} size="sm">
      <Table density="condensed">
        <TableHead>
          <TableRow>
            <TableHeader width="min">{HOME.teamName}</TableHeader>
            <TableHeader width="min">{HOME.teamCheckIns}</TableHeader>
            <TableHeader>{HOME.teamNote}</TableHeader>
          </TableRow>
        </TableHead>
        <TableBody>
          {team.map((rep) => (
            <TableRow key={rep.ownerId}>
              <TableCell width="min">{rep.name}</TableCell>
              <TableCell width="min">{rep.checkIns}</TableCell>
              <TableCell>{rep.note}</TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Accordion>
  );
}

/** The manager's page: today's calls first, three numbers, then what needs a decision and what customers say. */
export function ManagerHome({ home, today, host, send, onChanged }: Props) {
  const { locale } = host;
  return (
    <Flex direction="column" gap="md">
      <CallList calls={home.today} dueTotal={home.dueTotal} today={today} host={host} onClosed={onChanged} />
      <Numbers home={home} />
      <SoFar home={home} locale={locale} />
      <RunProgress run={home.run} locale={locale} reload={onChanged} />
      <WaitingReplies replies={home.repliesWaiting} locale={locale} send={send} onClosed={onChanged} />
      <AttentionList home={home} locale={locale} send={send} onChanged={onChanged} />
      <PromiseList
        heading={HOME.openPromises}
        promises={home.promisesDue}
        locale={locale}
        today={today}
        withCustomer
        note={
          home.promiseCounts.open > home.promisesDue.length
            ? HOME.shownOf(home.promisesDue.length, home.promiseCounts.open, locale)
            : null
        }
        label={MANAGER.markKept}
        primary={false}
        send={send}
        onSettled={onChanged}
      />
      <Heading>{HOME.quotes}</Heading>
      {home.quotes.length === 0 ? <Text>{HOME.noQuotes}</Text> : null}
      {home.quotes.map((quote) => (
        <Flex key={quote.checkInId} direction="column" gap="flush">
          <Text format={{ italic: true }}>{quoted(quote.words)}</Text>
          <Text variant="microcopy">
            {HOME.saidBy(quote.respondentName, quote.companyName, quote.happenedOn, today, locale)}
          </Text>
        </Flex>
      ))}
      <Charts charts={home.charts} quarter={home.quarter} locale={locale} />
      <Run home={home} send={send} onChanged={onChanged} />
      <Team team={home.team} />
    </Flex>
  );
}
