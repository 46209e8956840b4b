import { Alert, Flex, Link, List, LoadingButton, StatusTag, Text } from '@hubspot/ui-extensions';
import { appLinks } from './generated/app-links.ts';
import type { ProgramView } from './generated/contract-types.ts';
import { WriteFailed } from './generated/LoadStates.tsx';
import { RunProgress } from './generated/RunProgress.tsx';
import type { Resource } from './generated/use-resource.ts';
import { useWrite } from './generated/use-write.ts';
import { SETTINGS } from './generated/wording-pages.ts';
import { FAILURES } from './generated/wording.ts';
import { NoCustomers } from './WhoSteps.tsx';

interface Props {
  program: ProgramView;
  resource: Resource<ProgramView>;
  locale: string;
  primary: boolean;
  appId: number | string | undefined;
}

/** What the app may do in plain words; HubSpot's name of the permission is for whoever looks it up. */
function Scopes({ scopes }: { scopes: ProgramView['scopes'] }) {
  return (
    <Flex direction="column" gap="xs">
      <Text format={{ fontWeight: 'demibold' }}>{SETTINGS.permissions}</Text>
      {scopes.map(({ scope, why, granted }) => (
        <Flex key={scope} direction="column" gap="flush">
          <Text>{granted ? why : `${why} (${SETTINGS.notGranted})`}</Text>
          <Text variant="microcopy">{scope}</Text>
        </Flex>
      ))}
    </Flex>
  );
}

/** What would be written, before anything is. */
function DryRun({ dryRun, locale }: Pick<ProgramView, 'dryRun'> & Pick<Props, 'locale'>) {
  return (
    <>
      <Flex direction="row">
        <StatusTag variant="default">{SETTINGS.nothingWritten}</StatusTag>
      </Flex>
      <Text>{dryRun.state === 'reading' ? SETTINGS.reading : SETTINGS.tasks(dryRun, locale)}</Text>
      <Text>{SETTINGS.cycleDays(dryRun, locale)}</Text>
      {dryRun.firstDueOn === null ? null : <Text>{SETTINGS.firstDue(dryRun.firstDueOn, locale)}</Text>}
    </>
  );
}

/** Where the card goes, step by step, with the way to HubSpot's page for it. */
function PlaceCard({ program, appId }: Pick<Props, 'program' | 'appId'>) {
  const links = appLinks(program.appsUrl, appId);
  return (
    <Flex direction="column" gap="xs">
      <Text format={{ fontWeight: 'demibold' }}>{SETTINGS.placeCard}</Text>
      <List variant="ordered-styled">
        {SETTINGS.placeCardSteps.map((line) => (
          <Text key={line}>{line}</Text>
        ))}
      </List>
      {links === null ? null : <Link href={links.cards}>{SETTINGS.openCards}</Link>}
    </Flex>
  );
}

/** Step 5: what would be written, what the app may do, where the card goes, and the start. */
export function LookBeforeStart({ program, resource, locale, primary, appId }: Props) {
  const { dryRun, started } = program;
  const write = useWrite();
  const start = async (): Promise<void> => {
    const reply = await write.run((submissionId) => resource.send('startProgram', {}, { submissionId }));
    if (reply !== null) resource.replace(reply.program);
  };
  return (
    <Flex direction="column" gap="md">
      {started ? (
        <>
          <Alert title={SETTINGS.started} variant="success">
            {program.run.message}
          </Alert>
          <RunProgress run={program.run} locale={locale} reload={resource.reload} />
        </>
      ) : (
        <Flex direction="column" gap="sm">
          <DryRun dryRun={dryRun} locale={locale} />
          <NoCustomers dryRun={dryRun} />
        </Flex>
      )}
      <Scopes scopes={program.scopes} />
      <PlaceCard program={program} appId={appId} />
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
