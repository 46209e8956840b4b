// Copied from extension-kit/LastAnswer.tsx, by `npm run generate`. Do not edit.
import { Accordion, Flex, List, Text } from '@hubspot/ui-extensions';
import type { AnswerView, ManagerView } from './contract-types.ts';
import { formatShortDay } from './dates.ts';
import { EarlierAnswers } from './EarlierAnswers.tsx';
import { MANAGER, quoted } from './wording.ts';

/** One past answer: who said what, and when. */
export function Answer({ answer, locale }: { answer: AnswerView; locale: string }) {
  return (
    <Flex direction="column" gap="xs">
      <Text variant="microcopy">{MANAGER.saidOn(answer.respondentName, answer.happenedOn, locale)}</Text>
      <Text format={{ italic: true }}>{quoted(answer.words)}</Text>
    </Flex>
  );
}

/** What was promised and said before, folded; the title carries the count. */
export function LastAnswer({ view, locale }: { view: ManagerView; locale: string }) {
  const { lastAnswer, openPromises } = view;
  if (lastAnswer === null && openPromises.length === 0) return null;
  return (
    <Accordion title={MANAGER.promisesAndAnswer(openPromises.length)} size="sm">
      <Flex direction="column" gap="sm">
        {lastAnswer === null ? null : <Answer answer={lastAnswer} locale={locale} />}
        {lastAnswer?.issueTitle == null ? null : (
          <Text>{`${MANAGER.issueFromThen(lastAnswer.issueTitle, lastAnswer.issueState)} ${MANAGER.askIfItHelped}`}</Text>
        )}
        {openPromises.length === 0 ? null : (
          <List variant="unordered-styled">
            {openPromises.map((promise) => (
              <Text key={promise.promiseId}>
                {`${promise.what} · ${promise.ownerName} · ${formatShortDay(promise.dueOn, locale)}`}
              </Text>
            ))}
          </List>
        )}
        {view.earlierAnswers.length < 2 ? null : <EarlierAnswers view={view} locale={locale} />}
      </Flex>
    </Accordion>
  );
}
