// Copied from extension-kit/FindingDetails.tsx, by `npm run generate`. Do not edit.
import {
  Accordion,
  DescriptionList,
  DescriptionListItem,
  Flex,
  List,
  StatusTag,
  Text,
} from '@hubspot/ui-extensions';
import type { FindingView } from './contract-types.ts';
import { formatShortDay } from './dates.ts';
import { MethodPanel } from './MethodPanel.tsx';
import { FINDING } from './wording.ts';

type Line = FindingView['logSays'][number];

function describe(line: Line, locale: string): string {
  const parts = [line.what, formatShortDay(line.on, locale), line.withWhom, line.evidence];
  const text = parts.filter((part) => part !== null && part !== '').join(' · ');
  return line.counted ? text : `${text} (${FINDING.notCounted})`;
}

/** Both sides' facts in the same form, how likely such an answer is, and what was left out. */
function HowWeCompared({ finding, locale }: { finding: FindingView; locale: string }) {
  const { sentence, reason, logSays, customerSaid, notConsidered, chance, whoSees } = finding;
  return (
    <Accordion title={FINDING.how} size="sm">
      <DescriptionList direction="column">
        {sentence.startsWith(reason) ? null : (
          <DescriptionListItem label={FINDING.why}>
            <Text>{reason}</Text>
          </DescriptionListItem>
        )}
        <DescriptionListItem label={FINDING.customerSaid}>
          <Text>{customerSaid.join(' · ')}</Text>
        </DescriptionListItem>
        <DescriptionListItem label={FINDING.logSays}>
          {logSays.length === 0 ? (
            <Text>{FINDING.nothingLogged}</Text>
          ) : (
            <List variant="unordered-styled">
              {logSays.map((line) => (
                <Text key={line.activityId}>{describe(line, locale)}</Text>
              ))}
            </List>
          )}
        </DescriptionListItem>
        {chance === null ? null : (
          <DescriptionListItem label={FINDING.chance}>
            <Text>{chance}</Text>
          </DescriptionListItem>
        )}
        {notConsidered.length === 0 ? null : (
          <DescriptionListItem label={FINDING.notConsidered}>
            <List variant="unordered-styled">
              {notConsidered.map((kind) => (
                <Text key={kind}>{kind}</Text>
              ))}
            </List>
          </DescriptionListItem>
        )}
        <DescriptionListItem label={FINDING.whoSees}>
          <Text>{whoSees}</Text>
        </DescriptionListItem>
      </DescriptionList>
      <MethodPanel id={finding.findingId} />
    </Accordion>
  );
}

/** What the rep said about it, what became of that, and whom a rep can turn to where it was not accepted. */
function Reply({ reply, isForRep }: { reply: FindingView['replies'][number]; isForRep: boolean }) {
  const { label, sentence, state, decisionReason } = reply;
  const decision = FINDING.decisions[state](decisionReason);
  return (
    <Flex direction="column" gap="flush">
      <Text>{`${FINDING.replied}: ${label}${sentence === '' ? '' : ` · ${sentence}`}`}</Text>
      {decision === null ? null : <Text variant="microcopy">{decision}</Text>}
      {isForRep && state === 'refused' ? <Text variant="microcopy">{FINDING.askAuditor}</Text> : null}
    </Flex>
  );
}

/** A finding for a reader: neutral label, one sentence, the reason, and the comparison folded. Never red. */
export function FindingDetails({
  finding,
  locale,
  isForRep = false,
}: {
  finding: FindingView;
  locale: string;
  isForRep?: boolean;
}) {
  return (
    <Flex direction="column" gap="xs">
      <Flex direction="row">
        <StatusTag variant="default">{finding.label}</StatusTag>
      </Flex>
      <Text>{finding.sentence}</Text>
      {finding.nextStep === '' || finding.replies.length > 0 ? null : <Text>{finding.nextStep}</Text>}
      {finding.replies.map((reply) => (
        <Reply key={reply.replyId} reply={reply} isForRep={isForRep} />
      ))}
      <HowWeCompared finding={finding} locale={locale} />
    </Flex>
  );
}
