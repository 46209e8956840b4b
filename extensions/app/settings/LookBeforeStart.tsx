import {
  Alert,
  DescriptionList,
  DescriptionListItem,
  Flex,
  LoadingButton,
  StatusTag,
  Text,
} from '@hubspot/ui-extensions';
import type { ProgramView } from './generated/contract-types.ts';
import { WriteFailed } from './generated/LoadStates.tsx';
import { RunProgress } from './generated/RunProgress.tsx';
import type { Resource } from './generated/use-resource.ts';
import { useWrite } from './generated/use-write.ts';
import { SETTINGS } from './generated/wording-pages.ts';
import { FAILURES } from './generated/wording.ts';

interface Props {
  program: ProgramView;
  resource: Resource<ProgramView>;
  locale: string;
  primary: boolean;
}

function Scopes({ scopes }: { scopes: ProgramView['scopes'] }) {
  return (
    <DescriptionList direction="column">
      {scopes.map(({ scope, why, granted }) => (
        <DescriptionListItem key={scope} label={scope}>
          <Text>{granted ? why : `${why} (${SETTINGS.notGranted})`}</Text>
        </DescriptionListItem>
      ))}
    </DescriptionList>
  );
}

/** Step 5: what would be written, what the app may do, where the card goes, and the start. */
export function LookBeforeStart({ program, resource, locale, primary }: Props) {
  const { dryRun, started } = program;
  const write = useWrite();
  const start = async (): Promise<void> => {
    const reply = await write.run((submissionId) => resource.send('startProgram', {}, { submissionId }));
    if (reply !== null) resource.replace(reply.program);
  };
  return (
    <Flex direction="column" gap="sm">
      {started ? (
        <>
          <Alert title={SETTINGS.started} variant="success" />
          <RunProgress run={program.run} locale={locale} reload={resource.reload} />
        </>
      ) : (
        <Flex direction="row">
          <StatusTag variant="default">{SETTINGS.nothingWritten}</StatusTag>
        </Flex>
      )}
      <Text>{dryRun.state === 'reading' ? SETTINGS.reading : SETTINGS.tasks(dryRun)}</Text>
      <Text>{SETTINGS.cycleDays(dryRun, locale)}</Text>
      {dryRun.firstDueOn === null ? null : <Text>{SETTINGS.firstDue(dryRun.firstDueOn, locale)}</Text>}
      <Text format={{ fontWeight: 'demibold' }}>{SETTINGS.permissions}</Text>
      <Scopes scopes={program.scopes} />
      <Text>{SETTINGS.placeCard}</Text>
      <WriteFailed failure={write.failure} title={FAILURES.startTitle} />
      {started || program.settings.openness !== null ? null : (
        <Text variant="microcopy">{SETTINGS.chooseFirst}</Text>
      )}
      {started ? null : (
        <Flex direction="row">
          <LoadingButton
            variant={primary ? 'primary' : 'secondary'}
            loading={write.busy}
            disabled={dryRun.state === 'reading' || program.settings.openness === null}
            onClick={start}
          >
            {SETTINGS.start}
          </LoadingButton>
        </Flex>
      )}
    </Flex>
  );
}
