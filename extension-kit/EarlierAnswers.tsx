import { Button, Divider, Flex, Panel, PanelBody, Text } from '@hubspot/ui-extensions';
import { Fragment } from 'react';
import type { ManagerView } from './contract-types.ts';
import { formatFullDay } from './dates.ts';
import { Noted } from './Noted.tsx';
import { MANAGER, quoted } from './wording.ts';

type Earlier = ManagerView['earlierAnswers'][number];

function Moment({ answer, locale }: { answer: Earlier; locale: string }) {
  return (
    <Flex direction="column" gap="xs">
      <Text format={{ fontWeight: 'demibold' }}>{formatFullDay(answer.happenedOn, locale)}</Text>
      <Text variant="microcopy">
        {MANAGER.whoSpoke(answer.callerName, answer.respondentName, answer.repName)}
      </Text>
      <Text format={{ italic: true }}>{quoted(answer.words)}</Text>
      <Noted answer={answer} />
    </Flex>
  );
}

/** Every earlier answer of the account, newest first, whoever called and whoever looked after it then. */
export function EarlierAnswers({ view, locale }: { view: ManagerView; locale: string }) {
  if (view.earlierAnswers.length === 0) return null;
  const title = MANAGER.earlier(view.earlierAnswers.length);
  return (
    <Button
      variant="transparent"
      size="xs"
      overlay={
        <Panel id={`earlier-${view.company.companyId}`} title={title} width="sm">
          <PanelBody>
            <Flex direction="column" gap="md">
              {view.earlierAnswers.map((answer, index) => (
                <Fragment key={answer.checkInId}>
                  {index === 0 ? null : <Divider />}
                  <Moment answer={answer} locale={locale} />
                </Fragment>
              ))}
            </Flex>
          </PanelBody>
        </Panel>
      }
    >
      {title}
    </Button>
  );
}
