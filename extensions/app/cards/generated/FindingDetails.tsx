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
import { MethodPanel } from './MethodPanel.tsx';
import { FINDING, recordText } from './wording.ts';

function describe(line: FindingView['logSays'][number], locale: string): string {
  const text = [recordText(line, locale), line.evidence].filter((part) => part !== '').join(' · ');
  return line.counted ? text : `${text} (${FINDING.notCounted})`;
}

/** Both sides' facts in the same form, how likely such an answer is, and what was left out. */
function HowWeCompared({ finding, locale }: { finding: FindingView; locale: string }) {
  const { sentence, reason, logSays, logHeldBack, bothSides, customerMarks, notConsidered, chance, whoSees } =
    finding;
  return (
    <Accordion title={FINDING.how} size="sm">
      <DescriptionList direction="column">
        {sentence.startsWith(reason) ? null : (
          <DescriptionListItem label={FINDING.why}>
            <Text>{reason}</Text>
          </DescriptionListItem>
        )}
        {bothSides.map(({ label, log, customer }) => (
          <DescriptionListItem key={label} label={label}>
            <Flex direction="column" gap="flush">
              <Text>{FINDING.inLog(log)}</Text>
              <Text>{FINDING.inMemory(customer)}</Text>
            </Flex>
          </DescriptionListItem>
        ))}
        {customerMarks.length === 0 ? null : (
          <DescriptionListItem label={FINDING.marks}>
            <Text>{customerMarks.join(' · ')}</Text>
          </DescriptionListItem>
        )}
        <DescriptionListItem label={FINDING.logSays}>
          {logSays.length === 0 ? (
            <Text>{logHeldBack ?? FINDING.nothingLogged}</Text>
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

/** What the rep said about it, and what became of that. */
function Reply({ reply, locale }: { reply: FindingView['replies'][number]; locale: string }) {
  const { label, record, sentence, state, decisionReason } = reply;
  const decision = FINDING.decisions[state](decisionReason);
  const said = [label, record === null ? '' : recordText(record, locale), sentence];
  return (
    <Flex direction="column" gap="flush">
      <Text>{`${FINDING.replied}: ${said.filter((part) => part !== '').join(' · ')}`}</Text>
      {decision === null ? null : <Text variant="microcopy">{decision}</Text>}
    </Flex>
  );
}

/** A finding for a reader: neutral label, one sentence, the reason, and the comparison folded. Never red. */
export function FindingDetails({
  finding,
  locale,
  today,
}: {
  finding: FindingView;
  locale: string;
  /** Given for the rep, who also reads which talk it is about. */
  today?: string;
}) {
  const asked =
    today === undefined ? '' : FINDING.asked(finding.respondentName, finding.askedOn, today, locale);
  return (
    <Flex direction="column" gap="xs">
      <Flex direction="row" gap="sm" align="center" wrap="wrap">
        <StatusTag variant="default">{finding.label}</StatusTag>
        {asked === '' ? null : <Text variant="microcopy">{asked}</Text>}
      </Flex>
      <Text>{finding.sentence}</Text>
      {finding.nextStep === '' || finding.replies.length > 0 ? null : <Text>{finding.nextStep}</Text>}
      {finding.replies.map((reply) => (
        <Reply key={reply.replyId} reply={reply} locale={locale} />
      ))}
      <HowWeCompared finding={finding} locale={locale} />
    </Flex>
  );
}
