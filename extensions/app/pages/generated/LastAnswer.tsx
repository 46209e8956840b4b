// Copied from extension-kit/LastAnswer.tsx, by `npm run generate`. Do not edit.
import { Accordion, Flex, List, Text } from '@hubspot/ui-extensions';
import type { AnswerView, ManagerView } from './contract-types.ts';
import { formatPastDay } from './dates.ts';
import { EarlierAnswers } from './EarlierAnswers.tsx';
import { Noted } from './Noted.tsx';
import { MANAGER, PROMISE_STATE_LABELS, quoted } from './wording.ts';

/** One past answer: who said what, and when. */
export function Answer({ answer, today, locale }: { answer: AnswerView; today: string; locale: string }) {
  return (
    <Flex direction="column" gap="xs">
      <Text variant="microcopy">
        {MANAGER.saidOn(answer.respondentName, answer.happenedOn, today, locale)}
      </Text>
      <Text format={{ italic: true }}>{quoted(answer.words)}</Text>
      <Noted answer={answer} />
    </Flex>
  );
}

/** Only what was done about it can have helped. */
function issueText(title: string, state: string | null): string {
  const issue = MANAGER.issueFromThen(title, state);
  return state === 'closed' ? `${issue} ${MANAGER.askIfItHelped}` : issue;
}

/** What was promised and said before, folded; the title carries the count. */
export function LastAnswer({ view, locale }: { view: ManagerView; locale: string }) {
  const { lastAnswer, openPromises } = view;
  if (lastAnswer === null && openPromises.length === 0) return null;
  return (
    <Accordion title={MANAGER.promisesAndAnswer(openPromises.length)} size="sm">
      <Flex direction="column" gap="sm">
        {lastAnswer === null ? null : <Answer answer={lastAnswer} today={view.today} locale={locale} />}
        {lastAnswer?.issueTitle == null ? null : (
          <Text>{issueText(lastAnswer.issueTitle, lastAnswer.issueState)}</Text>
        )}
        {openPromises.length === 0 ? null : (
          <List variant="unordered-styled">
            {openPromises.map((promise) => (
              <Text key={promise.promiseId}>
                {[
                  promise.what,
                  promise.ownerName,
                  formatPastDay(promise.dueOn, view.today, locale),
                  ...(promise.settled ? [PROMISE_STATE_LABELS[promise.state]] : []),
                ].join(' · ')}
              </Text>
            ))}
          </List>
        )}
        {view.earlierAnswers.length < 2 ? null : <EarlierAnswers view={view} locale={locale} />}
      </Flex>
    </Accordion>
  );
}
