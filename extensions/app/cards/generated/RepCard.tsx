// Copied from extension-kit/RepCard.tsx, by `npm run generate`. Do not edit.
import {
  Accordion,
  Button,
  DescriptionList,
  DescriptionListItem,
  Flex,
  Heading,
  StatusTag,
  Text,
  Tile,
} from '@hubspot/ui-extensions';
import { Acknowledge } from './Acknowledge.tsx';
import { Advice } from './Advice.tsx';
import { AskAuditor } from './AskAuditor.tsx';
import { isAskedAnew, waitsForReply } from './asked-anew.ts';
import type { Send } from './backend.ts';
import type { FeedbackView, FindingView, RepView } from './contract-types.ts';
import { FindingDetails } from './FindingDetails.tsx';
import type { Host } from './host.ts';
import { PromiseList } from './Promises.tsx';
import { ReplyPanel, replyPanelId } from './ReplyPanel.tsx';
import { Thanks } from './Thanks.tsx';
import { FINDING, PROMISES, quoted, REP } from './wording.ts';
import { ADVICE } from './wording-people.ts';

interface Props {
  view: RepView;
  host: Host;
  send: Send;
  onChanged: () => void;
}

function Status({ view, locale }: { view: RepView; locale: string }) {
  const newest = view.feedback[0];
  const label =
    newest === undefined
      ? REP.noWords
      : newest.isNew
        ? REP.newWords(newest.happenedOn, view.today, locale)
        : REP.lastWords(newest.happenedOn, view.today, locale);
  return (
    <Flex direction="row">
      <StatusTag variant={newest?.isNew === true ? 'info' : 'default'}>{label}</StatusTag>
    </Flex>
  );
}

/** What the customer said: the praise first where the manager marked it, else the whole; then the caller's advice. */
function Words({ feedback, today, locale }: { feedback: FeedbackView; today: string; locale: string }) {
  const { liked, said, advice, respondentName, callerName, happenedOn } = feedback;
  return (
    <Flex direction="column" gap="xs">
      {liked === null ? null : (
        <>
          <Heading>{REP.liked(respondentName)}</Heading>
          <Text format={{ italic: true }}>{quoted(liked)}</Text>
        </>
      )}
      <Heading>{liked === null ? REP.said(respondentName) : REP.help}</Heading>
      <Text format={{ italic: true }}>{quoted(said)}</Text>
      <Text variant="microcopy">{REP.askedBy(callerName, happenedOn, today, locale)}</Text>
      <Advice title={ADVICE.from(callerName)} lines={advice} />
    </Flex>
  );
}

function foldTitle(finding: FindingView, today: string, locale: string): string {
  const asked = FINDING.asked(finding.respondentName, finding.askedOn, today, locale);
  return [`${FINDING.title}: ${finding.label}`, asked].filter((part) => part !== '').join(' · ');
}

function Finding({ finding, primary, props }: { finding: FindingView; primary: boolean; props: Props }) {
  const { view, host, send, onChanged } = props;
  const details = (
    <>
      <FindingDetails finding={finding} locale={host.locale} today={view.today} />
      <AskAuditor finding={finding} send={send} onAsked={onChanged} />
    </>
  );
  if (isFolded(finding)) {
    return (
      <Accordion title={foldTitle(finding, view.today, host.locale)} size="sm">
        {details}
      </Accordion>
    );
  }
  if (!finding.canReply) return details;
  return (
    <Tile>
      <Flex direction="column" gap="sm">
        {details}
        {isAskedAnew(view, finding) ? <Text>{REP.askedAnew}</Text> : null}
        <Flex direction="row">
          <Button
            variant={primary ? 'primary' : 'secondary'}
            overlay={
              <ReplyPanel
                finding={finding}
                kinds={view.replyKinds}
                host={host}
                send={send}
                onReplied={() => {
                  host.closeOverlay(replyPanelId(finding.findingId));
                  onChanged();
                }}
              />
            }
          >
            {REP.reply}
          </Button>
        </Flex>
      </Flex>
    </Tile>
  );
}

const isFolded = (finding: FindingView): boolean =>
  finding.verdict === 'UNVERIFIED' && finding.replies.length === 0;

/** Credit first, then what waits for a reply; what was not compared stands folded at the end. */
function inOrder(findings: FindingView[]): FindingView[] {
  const place = (finding: FindingView): number => (isFolded(finding) ? Infinity : finding.severity);
  return [...findings].sort((one, other) => (place(one) === place(other) ? 0 : place(one) - place(other)));
}

function GateLine({ view, locale }: { view: RepView; locale: string }) {
  const { state, opensOn } = view.gate;
  if (state === 'waiting' && opensOn !== null)
    return <Text variant="microcopy">{REP.waiting(opensOn, locale)}</Text>;
  if (state === 'listeningOnly') return <Text variant="microcopy">{REP.listening}</Text>;
  return null;
}

/** The card of the rep: the customer's words, praise first, what is promised, and the right of reply. */
export function RepCard(props: Props) {
  const { view, host, send, onChanged } = props;
  const { feedback, findings, gate, visibility } = view;
  const [newest, ...earlier] = feedback;
  const mustRead = gate.state === 'needsAcknowledgement';
  const firstToAnswer = mustRead
    ? undefined
    : inOrder(findings).find((finding) => waitsForReply(view, finding));
  return (
    <Flex direction="column" gap="md">
      <Status view={view} locale={host.locale} />
      <Acknowledge gate={gate} send={send} onDone={onChanged} />
      {newest === undefined ? (
        <Text>{REP.noWordsYet}</Text>
      ) : (
        <Words feedback={newest} today={view.today} locale={host.locale} />
      )}
      <Thanks thanks={view.thanks} today={view.today} locale={host.locale} />
      <PromiseList
        heading={REP.yourPromises}
        promises={view.promises}
        locale={host.locale}
        today={view.today}
        withOwner={false}
        label={PROMISES.markKept}
        primary={!mustRead && firstToAnswer === undefined}
        send={send}
        onSettled={onChanged}
      />
      {inOrder(findings).map((finding) => (
        <Finding
          key={finding.findingId}
          finding={finding}
          primary={finding === firstToAnswer}
          props={props}
        />
      ))}
      {earlier.length === 0 ? null : (
        <Accordion title={REP.earlier(earlier.length)} size="sm">
          <Flex direction="column" gap="md">
            {earlier.map((words) => (
              <Words key={words.checkInId} feedback={words} today={view.today} locale={host.locale} />
            ))}
          </Flex>
        </Accordion>
      )}
      <GateLine view={view} locale={host.locale} />
      <Accordion title={REP.whoSees} size="sm">
        <DescriptionList direction="column">
          {visibility.map((line) => (
            <DescriptionListItem key={line.label} label={line.label}>
              <Text>{line.text}</Text>
            </DescriptionListItem>
          ))}
        </DescriptionList>
      </Accordion>
    </Flex>
  );
}
